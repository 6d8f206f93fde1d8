/**
 * The small language of the examples in rule pages: one sentence a line, read by people and run by tests.
 *
 *     clock: 2m ahead
 *     plan: ingest -> train
 *     before: train wrote model
 *     0s nightly starts
 *     10s train starts, declares model, beats every 10s
 *     20s..100s train beats every 10s
 *     90s train writes model, modified at -22h
 *     elsewhere score beats every 10s until 300s
 *     at 200s: train
 *
 * The run's name is `nightly`; the last line asks, and names the node that is claimed, or `nothing`.
 */
import type { Original } from "../diagnosis/verdict.ts";
import { cacheStatus } from "../events/event.ts";
import type { AttemptOptions, RunLog, Told } from "./a-run.ts";
import { aRun, type PlanOptions } from "./a-run.ts";

/** What an example asks. */
export interface Example {
  readonly told: Told;
  /** The node that the page says is claimed; undefined where it says that nothing is. */
  readonly claimed: string | undefined;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** `90s`, `1h30m`, `-22h`: in seconds. */
export function readSeconds(text: string): number {
  const match = /^(-?)((?:\d+[smhd])+)$/.exec(text.trim());
  if (!match) throw new Error(`not a time: ${text}`);
  const parts = [...(match[2] ?? "").matchAll(/(\d+)([smhd])/g)];
  const sum = parts.reduce((all, [, count, unit]) => all + Number(count) * (UNITS[unit ?? "s"] ?? 1), 0);
  return match[1] === "-" ? -sum : sum;
}

/** Reads and plays an example. Throws with the line that it does not understand. */
export function readLog(text: string): Example {
  const all = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const skew = all.flatMap((line) => /^clock: (\S+) ahead$/.exec(line)?.[1] ?? [])[0];
  const run = aRun("nightly", skew === undefined ? {} : { skew: readSeconds(skew) });
  const lines = all.filter((line) => !line.startsWith("clock: "));
  let asked: { at: number; claimed: string | undefined } | undefined;
  for (const line of lines) {
    const question = /^at (\S+): (.+)$/.exec(line);
    if (question) {
      const who = question[2]?.trim();
      asked = { at: readSeconds(question[1] ?? ""), claimed: who === "nothing" ? undefined : who };
    } else if (!SENTENCES.some(([pattern, tell]) => play(pattern, tell, line, run))) {
      throw new Error(`not a sentence of this language: ${line}`);
    }
  }
  if (!asked) throw new Error("the log asks nothing: its last line must be `at <time>: <node or nothing>`");
  return { told: run.at(asked.at), claimed: asked.claimed };
}

type Words = Readonly<Record<string, string | undefined>>;
type Tell = (run: RunLog, words: Words) => unknown;

function play(pattern: RegExp, tell: Tell, line: string, run: RunLog): boolean {
  const match = pattern.exec(line);
  if (match) tell(run, match.groups ?? {});
  return match !== null;
}

const list = (text: string | undefined): string[] => (text ?? "").split(/,\s*/).filter((word) => word !== "");
const word = (words: Words, name: string): string => words[name]?.trim() ?? "";
const when = (words: Words): number => readSeconds(word(words, "at"));

const SENTENCES: readonly (readonly [RegExp, Tell])[] = [
  [/^plan: (?<plan>.+?)(?:; silent: (?<silent>.+))?$/, (run, w) => run.plan(word(w, "plan"), silent(w))],
  [
    /^before: (?<who>\S+) wrote (?<what>.+)$/,
    (run, w) => run.past(word(w, "who"), { wrote: list(w["what"]) }),
  ],
  [
    /^before: (?<who>\S+) had (?<what>.+?)(?: and wrote (?<wrote>\S+))?$/,
    (run, w) => run.past(word(w, "who"), { components: pairs(w["what"]), wrote: list(w["wrote"]) }),
  ],
  [
    /^before: (?<who>\S+) took (?<took>\S+(?:, \S+)*)$/,
    (run, w) => {
      for (const took of list(w["took"]))
        run.past(word(w, "who"), { startedAt: -86_400, endedAt: readSeconds(took) - 86_400 });
    },
  ],
  [
    /^before: (?<who>\S+) read columns of (?<what>\S+): (?<columns>.+)$/,
    (run, w) => run.past(word(w, "who"), { columns: { [word(w, "what")]: list(w["columns"]) } }),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) reads columns of (?<what>\S+): (?<columns>.+)$/,
    (run, w) => run.columns(word(w, "who"), "input", word(w, "what"), word(w, "columns"), when(w)),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) checks (?<what>\S+): (?<assertion>\S+) (?<how>passes|fails|warns)$/,
    (run, w) =>
      run.checks(word(w, "who"), word(w, "what"), when(w), {
        assertion: word(w, "assertion"),
        success: w["how"] === "passes",
        ...(w["how"] === "warns" && { severity: "warn" }),
      }),
  ],
  [
    /^elsewhere (?<who>\S+) beats every (?<every>\S+) until (?<until>\S+)$/,
    (run, w) =>
      run.elsewhere(word(w, "who"), {
        every: readSeconds(word(w, "every")),
        last: readSeconds(word(w, "until")),
      }),
  ],
  [
    /^(?<from>\S+)\.\.(?<to>\S+) (?<who>\S+) beats every (?<every>\S+)(?:, at (?<done>\d+) of (?<total>\d+))?$/,
    (run, w) =>
      run.beats(word(w, "who"), {
        from: readSeconds(word(w, "from")),
        to: readSeconds(word(w, "to")),
        every: readSeconds(word(w, "every")),
        ...(w["done"] !== undefined && { progress: { done: Number(w["done"]), total: Number(w["total"]) } }),
      }),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) starts(?<rest>(?:, .+)?)$/,
    (run, w) => {
      const options = startOptions(w["rest"]);
      return word(w, "who") === run.name
        ? run.starts(when(w), options)
        : run.taskStarts(word(w, "who"), when(w), options);
    },
  ],
  [
    /^(?<at>\S+) (?<who>\S+) writes (?<what>[^,\s]+)(?:, modified at (?<modified>\S+))?(?:, written by (?<by>\S+))?$/,
    (run, w) =>
      run.writes(word(w, "who"), word(w, "what"), when(w), {
        ...(w["modified"] !== undefined && { modifiedAt: readSeconds(w["modified"]) }),
        ...(w["by"] !== undefined && { by: w["by"] }),
      }),
  ],
  [/^(?<at>\S+) (?<who>\S+) completes$/, (run, w) => run.completes(word(w, "who"), when(w))],
  [
    /^(?<at>\S+) (?<who>\S+) fails(?:: (?<error>.+))?$/,
    (run, w) => run.fails(word(w, "who"), when(w), w["error"]),
  ],
  [/^(?<at>\S+) (?<who>\S+) waits$/, (run, w) => run.waits(word(w, "who"), when(w))],
  [
    /^(?<at>\S+) (?<who>\S+) waits for (?<kind>\S+)(?: (?<on>[^\s,]+))?(?:, held by (?<by>\S+?))?(?:, until (?<until>\S+))?$/,
    (run, w) =>
      run.waitsFor(word(w, "who"), when(w), {
        kind: word(w, "kind"),
        ...(w["on"] !== undefined && { on: w["on"] }),
        ...(w["by"] !== undefined && { holder: { job: w["by"] } }),
        ...(w["until"] !== undefined && { until: readSeconds(w["until"]) }),
      }),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) of (?<integration>\S+) starts$/,
    (run, w) => run.starts(when(w), { integration: word(w, "integration") }),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) is told to be (?<state>\S+)$/,
    (run, w) => run.tells(word(w, "who"), word(w, "state"), when(w)),
  ],
  [
    /^(?<at>\S+) compute says of (?<who>\S+): (?<kind>\S+)(?: of (?<target>\S+))?$/,
    (run, w) =>
      run.compute(word(w, "who"), word(w, "kind"), when(w), {
        ...(w["target"] !== undefined && { target: w["target"] }),
      }),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) logs: (?<line>.+)$/,
    (run, w) => run.process(word(w, "who"), when(w), { logTail: word(w, "line"), lastLogAt: when(w) }),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) runs on (?<host>\S+)$/,
    (run, w) => run.process(word(w, "who"), when(w), { host: word(w, "host") }),
  ],
  [/^(?<at>\S+) (?<who>\S+) is aborted$/, (run, w) => run.aborts(word(w, "who"), when(w))],
  [
    /^(?<at>\S+) (?<who>\S+) misses the cache with (?<what>.+)$/,
    (run, w) => run.cache(word(w, "who"), "MISS", when(w), pairs(w["what"])),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) has the cache say (?<status>[A-Z_]+)(?: with (?<what>.+?))?(?: of (?<from>\S+))?$/,
    (run, w) =>
      run.cache(word(w, "who"), cacheStatus.parse(w["status"]), when(w), pairs(w["what"]), w["from"]),
  ],
  [
    /^(?<at>\S+) (?<who>\S+) reads (?<what>\S+) in version (?<version>\S+)$/,
    (run, w) => run.reads(word(w, "who"), word(w, "what"), when(w), word(w, "version")),
  ],
  [
    /^original (?<who>\S+) (?<status>open|endless|completed|failed|aborted)(?:, read (?<what>\S+) in version (?<version>\S+))?$/,
    (run, w) =>
      run.original(word(w, "who"), {
        status: word(w, "status") as Original["status"],
        ...(w["what"] !== undefined && { read: { [w["what"]]: word(w, "version") } }),
      }),
  ],
];

function silent(words: Words): PlanOptions {
  return words["silent"] === undefined ? {} : { silent: list(words["silent"]) };
}

function pairs(text: string | undefined): Record<string, string> {
  return Object.fromEntries(list(text).map((pair) => pair.split("=") as [string, string]));
}

function startOptions(rest: string | undefined): AttemptOptions {
  const outputs: string[] = [];
  let options: AttemptOptions = {};
  for (const part of list(rest)) {
    const declares = /^declares (\S+)$/.exec(part)?.[1];
    const promises = /^beats every (\S+)$/.exec(part)?.[1];
    const tries = /^try (\d+) of (\d+)$/.exec(part);
    if (declares) outputs.push(declares);
    else if (promises) options = { ...options, promises: readSeconds(promises) };
    else if (tries) options = { ...options, number: Number(tries[1]), maxAttempts: Number(tries[2]) };
    else if (part === "streaming") options = { ...options, processing: "streaming" };
    else throw new Error(`not a part of a start: ${part}`);
  }
  return outputs.length > 0 ? { ...options, outputs } : options;
}
