/** What clients do on bad days, as messages in the order of their arrival, and what has then happened in truth. */
import { type Json, type Named, Voice } from "./events/parts.ts";

/** What happened: an attempt that ended so, or is still open. Times in ms. */
export interface Truth {
  readonly runId: string;
  readonly state: "COMPLETED" | "FAILED" | "open";
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface Scenario {
  readonly name: string;
  readonly arrives: string;
  readonly messages: readonly Json[];
  readonly truth: readonly Truth[];
  /** The answer must be that the run will not end by itself, asked so many ms later. */
  readonly stuckAfter?: number;
}

const voice = new Voice("integration/airflow");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The scenarios, with new runs each time: `runId` gives another one whenever it is asked. They end at `now`, ms. */
export function scenarios(now: number, runId: () => string): Scenario[] {
  const at = { start: now - 10 * SECOND, running: now - 6 * SECOND, end: now - 2 * SECOND, later: now };
  const attempt = (name: string): Named => ({ runId: runId(), job: { namespace: "bad-days", name } });
  const tell = (of: Named, type: string, when: number, parent?: Named): Json =>
    voice.event({
      type,
      at: when,
      of,
      run: parent ? { parent: voice.parent(parent, parent) } : {},
      jobFacets: { jobType: voice.jobType("AIRFLOW", "TASK") },
      outputs: type === "START" ? [] : [written(of.job.name)],
    });
  const ended = (of: Named, state: Truth["state"]): Truth => ({
    runId: of.runId,
    state,
    startedAt: at.start,
    endedAt: at.end,
  });
  const open = (of: Named): Truth => ({ runId: of.runId, state: "open", startedAt: at.start, endedAt: null });

  const plain = attempt("in_order");
  const late = attempt("late_start");
  const twice = attempt("sent_again");
  const other = attempt("other_after_end");
  const silent = attempt("missing_end");
  const both = attempt("two_ends");
  const parent = attempt("flow");
  const child = attempt("flow.step");
  return [
    {
      name: "in order",
      arrives: "START, RUNNING, COMPLETE",
      messages: [
        tell(plain, "START", at.start),
        tell(plain, "RUNNING", at.running),
        tell(plain, "COMPLETE", at.end),
      ],
      truth: [ended(plain, "COMPLETED")],
    },
    {
      name: "late START",
      arrives: "COMPLETE, then the START from before it",
      messages: [tell(late, "COMPLETE", at.end), tell(late, "START", at.start)],
      truth: [ended(late, "COMPLETED")],
    },
    {
      name: "duplicates",
      arrives: "START, COMPLETE, and both again as after a time-out, COMPLETE first",
      messages: ["START", "COMPLETE", "COMPLETE", "START"].map((type) =>
        tell(twice, type, type === "START" ? at.start : at.end),
      ),
      truth: [ended(twice, "COMPLETED")],
    },
    {
      name: "OTHER after COMPLETE",
      arrives: "START, COMPLETE, OTHER",
      messages: [
        tell(other, "START", at.start),
        tell(other, "COMPLETE", at.end),
        tell(other, "OTHER", at.later),
      ],
      truth: [ended(other, "COMPLETED")],
    },
    {
      name: "missing end",
      arrives: "START, RUNNING with all that it writes, then nothing; asked 10 min later",
      messages: [tell(silent, "START", at.start), tell(silent, "RUNNING", at.running)],
      truth: [open(silent)],
      stuckAfter: 10 * MINUTE,
    },
    {
      name: "two ends",
      arrives: "START, COMPLETE, then a FAIL from before it",
      messages: [
        tell(both, "START", at.start),
        tell(both, "COMPLETE", at.end),
        tell(both, "FAIL", at.running),
      ],
      truth: [ended(both, "COMPLETED")],
    },
    {
      name: "child before parent",
      arrives: "the child's START and COMPLETE, then the parent's START",
      messages: [
        tell(child, "START", at.start, parent),
        tell(child, "COMPLETE", at.end, parent),
        tell(parent, "START", at.start),
      ],
      truth: [ended(child, "COMPLETED"), open(parent)],
    },
  ];
}

function written(name: string): Json {
  return {
    namespace: "s3://shop-lake",
    name: `mart/${name}`,
    outputFacets: {
      outputStatistics: voice.facet(
        "1-0-2/OutputStatisticsOutputDatasetFacet#/$defs/OutputStatisticsOutputDatasetFacet",
        {
          rowCount: 7,
          size: 512,
        },
      ),
    },
  };
}
