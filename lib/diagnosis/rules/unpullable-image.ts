import { formatDuration } from "../../base/format.ts";
import { either, tellsOfMachine, tellsOfWait, tellsState } from "../askable.ts";
import { type ComputeReport, newestReport } from "../compute-facts.ts";
import { type Answer, type Bench, defineRule } from "../define-rule.ts";
import { reportEvidence, startEvidence } from "../evidence.ts";
import type { Facts } from "../facts.ts";
import { shellQuote } from "../unblock.ts";
import { code } from "../wording.ts";

type Known = Pick<Facts, "subject" | "clock" | "compute" | "wait" | "told" | "source">;

const WAITS_FOR_IMAGE: ReadonlySet<string> = new Set(["image", "environment"]);
/** Azure ML's word for an environment that is being built, and Argo's and Prefect's for a container to come. */
const PREPARING: ReadonlySet<string> = new Set(["preparing", "containercreating", "podinitializing"]);

export const unpullableImage = defineRule({
  id: "unpullable-image",
  title: "Unpullable image",
  ruleClass: "stuck",
  family: "Compute",
  summary: "Its image or environment is still being built or fetched, or cannot be had at all.",
  beats: {
    "starved-queue": "it has a place: what it lacks is its image",
    "silent-heartbeat": "it has not begun its work: it has no image to run",
    "blocked-upstream": "it is past that: it waits for its image",
  },
  asks: either(tellsOfMachine, tellsOfWait, tellsState),
  needs: ["subject", "clock", "compute", "wait", "told", "source"],
  judge(facts, bench) {
    const { attempt, deadAncestor } = facts.subject;
    if (!attempt?.seen || (attempt.status !== "waiting" && !facts.subject.open)) return undefined;
    const report = newestReport(facts.compute, ["image-pull"]);
    if (!report && !waitsForImage(facts)) return undefined;
    if (deadAncestor) return { not: `${code(deadAncestor.key)}, which is to start it, fell silent` };
    return report ? whenRefused(report, facts, bench) : whenBuilding(facts, bench);
  },
});

function waitsForImage({ wait, told, subject }: Known): boolean {
  if (wait) return WAITS_FOR_IMAGE.has(wait.kind);
  return subject.attempt?.status === "waiting" && PREPARING.has(told.state?.word ?? "");
}

/** The compute layer says that it could not be had. Pulls are tried again and again, so once says little. */
function whenRefused(report: ComputeReport, { subject, compute, clock }: Known, bench: Bench): Answer {
  const { now, policy, changesAt } = bench;
  const workedAt = compute.lastWorkAt;
  const since = report.firstAt;
  if (report.lifeSince || (workedAt !== undefined && workedAt > report.at))
    return { not: "it has begun its work since: the image was there in the end" };
  const from = since + policy.imagePullMs;
  changesAt(from);
  if (now < from) {
    return {
      not: `its image could not be had for only ${formatDuration(now - since)}: pulls are tried again`,
    };
  }
  const what = report.target === undefined ? "Its image" : code(report.target);
  return {
    claim: `${what} could not be had for ${formatDuration(now - since)}, and ${code(subject.node.key)} cannot begin without it`,
    short: "image cannot be had",
    certainty: "likely",
    since,
    evidence: [startEvidence(subject), reportEvidence(report)],
    missing: ["a sign that its work has begun", clock?.note],
    unblock: [
      {
        action: "See that the image exists under that name, and that the machine may fetch it",
        command: report.target === undefined ? null : `docker manifest inspect ${shellQuote(report.target)}`,
        risk: "None: it only looks. Your rights may differ from the machine's.",
      },
    ],
  };
}

function whenBuilding({ subject, wait, told, source, clock }: Known, { now }: Bench): Answer {
  const since = wait?.since ?? told.state?.since ?? now;
  const on = wait?.on === undefined ? "its image or environment" : code(wait.on);
  const eventId = wait?.eventId ?? told.state?.eventId ?? null;
  const word = told.state && !wait ? `: its source says ${code(told.state.as)}` : "";
  return {
    claim: `${code(subject.node.key)} has waited ${formatDuration(now - since)} for ${on} to be built or fetched${word}`,
    short: "waits for its image",
    ruleClass: "waiting",
    certainty: wait && source.state !== "dark" ? "proven" : "likely",
    since,
    evidence: [{ at: since, kind: "wait", text: `It waits for ${on}`, eventId }],
    missing: [
      "how far the build or the download has come",
      source.state === "dark" ? `anything from ${code(source.name)} since: it may have begun unheard` : null,
      clock?.note,
    ],
    unblock: [
      {
        action: "Read the log of the image build, or of the pull",
        command: null,
        risk: "None: it only looks.",
      },
    ],
  };
}
