import { compareHref } from "@/components/compare/compare-words";
import { nodeState } from "@/components/graph/node-look";
import type { Entry } from "@/components/palette/entry";
import type { OpenRun } from "@/components/palette/use-open-run";
import { pipelineHref } from "@/components/pipelines/pipeline-words";
import { type RunAddress, runPageHref, VIEWS } from "@/components/run/run-address";
import type { Go } from "@/components/run/use-run-address";
import { commandHere } from "@/components/runs/run-words";
import { stateWord } from "@/components/ui/state-shape";
import { formatInstant } from "@/lib/base/format";
import { parseInstant, toIso } from "@/lib/base/instant";
import { diagnosisMarkdown } from "@/lib/contract/diagnosis-markdown";

/** The nodes of the open run, what holds it first. */
export function nodeEntries({ runId, run }: OpenRun): Entry[] {
  const blockers = new Map(run.diagnosis.blockers.map(({ nodeKey }, place) => [nodeKey, place]));
  const last = blockers.size;
  return [...run.nodes]
    .sort((a, b) => (blockers.get(a.key) ?? last) - (blockers.get(b.key) ?? last))
    .map((node) => ({
      id: `node:${runId}:${node.key}`,
      kind: "node",
      label: node.key,
      hint: `${stateWord(nodeState(node))}${node.holds > 0 ? `, holds ${node.holds}` : ""}`,
      href: runPageHref(runId, { node: node.key }),
    }));
}

export interface RunActionTools {
  readonly address: RunAddress;
  readonly go: Go;
  readonly copy: (text: string) => void;
  readonly zone: string;
}

/** What can be done on the page of a run. */
export function runActions({ run, present }: OpenRun, { address, go, copy, zone }: RunActionTools): Entry[] {
  const action = (id: string, label: string, act: () => void, words?: string): Entry => ({
    ...{ id: `action:${id}`, kind: "action", label, words, act },
  });
  const { origin } = window.location;
  const markdown = () =>
    diagnosisMarkdown(run.diagnosis, window.location.href, (command) => commandHere(command, origin));
  const held = present?.diagnosis.blockers[0]?.verdict;
  return [
    action("markdown", "Copy the answer as Markdown", () => copy(markdown()), "diagnosis issue chat"),
    ...VIEWS.filter((view) => view !== address.view).map((view) =>
      action(`view-${view}`, `Show the ${view}`, () => go({ view }, "push"), "view switch"),
    ),
    action(
      "table",
      "Show the attempts as a table",
      () => go({ view: "timeline", as: "table" }, "push"),
      "timeline rows copy",
    ),
    action("whole", "Show the whole graph", () => go({ view: "graph", scope: "whole" }), "scope all"),
    action(
      "focus",
      "Show what holds the run only",
      () => go({ view: "graph", scope: "focus" }),
      "focus scope",
    ),
    ...(address.at === undefined
      ? []
      : [action("now", "Go to now", () => go({ at: undefined }), "present time as of")]),
    ...(held
      ? [
          action(
            "held-since",
            `Go to when it was first held, ${formatInstant(held.since, zone)}`,
            () => go({ at: held.since }, "push"),
            `as of past time ${held.rule}`,
          ),
        ]
      : []),
  ];
}

/** The instant that was typed: the page as it was known then. */
export function instantEntry(query: string, go: Go, zone: string): Entry[] {
  const at = parseInstant(query);
  if (at === undefined) return [];
  return [
    {
      ...{ id: "action:as-of", kind: "action", words: query },
      label: `Go to what was known at ${formatInstant(at, zone)}`,
      act: () => go({ at: toIso(at) }, "push"),
    },
  ];
}

/** Where the open run leads to. */
export function runPlaces({ run }: OpenRun): Entry[] {
  const { id, pipeline, namespace } = run.summary;
  return [
    {
      ...{ id: `page:history:${namespace}/${pipeline}`, kind: "page", hint: pipeline },
      ...{ label: "History of this pipeline", href: pipelineHref({ namespace, name: pipeline }) },
    },
    {
      ...{ id: `page:compare:${id}`, kind: "page", hint: pipeline, words: "difference last good" },
      ...{ label: "Compare this run with one before", href: compareHref(id) },
    },
  ];
}
