/** What each server answers when it is asked how an attempt stands. */
import { runResource } from "../lib/contract/runs.ts";
import type { Truth } from "./marquez-scenarios.ts";

export interface Answer {
  readonly state: Truth["state"] | "unknown";
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** In the server's own words. */
  readonly words: string;
  /** It says that the run will not end by itself, and why. */
  readonly stuck: boolean;
}

export type Ask = (url: string, runId: string, laterMs: number) => Promise<Answer>;

const NOTHING = { state: "unknown", startedAt: null, endedAt: null, stuck: false } as const;
const OURS: Readonly<Record<string, Answer["state"]>> = {
  completed: "COMPLETED",
  reused: "COMPLETED",
  failed: "FAILED",
  running: "open",
  waiting: "open",
};
const THEIRS: Readonly<Record<string, Answer["state"]>> = {
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  RUNNING: "open",
  NEW: "open",
};

/** Asks Unstuck, by the run id of any attempt. */
export const askUnstuck: Ask = async (url, runId, laterMs) => {
  const at = laterMs > 0 ? `?at=${new Date(Date.now() + laterMs).toISOString()}` : "";
  const response = await fetch(`${url}/api/v1/runs/${runId}${at}`);
  const body: unknown = await response.json();
  if (!response.ok) return { ...NOTHING, words: `${response.status}` };
  const run = runResource.parse(body);
  // The root is a run, and a node only where it is alone.
  const node = run.nodes.find(({ key }) => key === run.selectedKey);
  const status = node?.status ?? run.summary.outcome ?? "running";
  const { startedAt, endedAt } = node ?? run.summary;
  const [verdict] = run.diagnosis.verdicts;
  const stuck = run.diagnosis.state === "stuck" && verdict !== undefined;
  return {
    state: OURS[status] ?? "unknown",
    startedAt: instant(startedAt),
    endedAt: instant(endedAt),
    words: stuck ? `stuck: ${verdict.rule}` : status,
    stuck,
  };
};

/** Asks Marquez, which knows nothing of later: it has no notion of a run that will not end. */
export const askMarquez: Ask = async (url, runId) => {
  const response = await fetch(`${url}/api/v1/jobs/runs/${runId}`);
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok || typeof body !== "object" || body === null)
    return { ...NOTHING, words: `${response.status}` };
  const { state, startedAt, endedAt } = body as Readonly<Record<string, unknown>>;
  return {
    state: THEIRS[String(state)] ?? "unknown",
    startedAt: instant(startedAt),
    endedAt: instant(endedAt),
    words: String(state),
    stuck: false,
  };
};

function instant(text: unknown): number | null {
  return typeof text === "string" ? Date.parse(text) : null;
}

/** What of an answer is not as it was in truth, in few words each. */
export function faults(truth: Truth, answer: Answer, mustBeStuck: boolean): string[] {
  return [
    ...(answer.state === truth.state ? [] : [`in truth ${truth.state}`]),
    ...(answer.startedAt === truth.startedAt ? [] : ["wrong start"]),
    ...(answer.endedAt === truth.endedAt ? [] : ["wrong end"]),
    ...(mustBeStuck && !answer.stuck ? ["does not say that it will not end"] : []),
  ];
}
