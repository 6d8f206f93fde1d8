import { isSettled, judgedWords, nodeState } from "@/components/graph/node-look";
import { sumWords } from "@/components/timeline/group-sum";
import { cacheWords, gapsOf, logWords, outputWords, progressWords } from "@/components/timeline/row-words";
import {
  factsOf,
  type LineFacts,
  nameOf,
  type RunTimes,
  type TableLine,
} from "@/components/timeline/table-lines";
import { stateWord } from "@/components/ui/state-shape";
import { stateOfWeight } from "@/components/verdicts/verdict-words";
import { formatAge, formatCount, formatDuration, formatDurationExact, toMillis } from "@/lib/base/format";

export interface TableColumn {
  readonly label: string;
  /** Width where the table is seen, px. */
  readonly width: number;
  readonly text: (facts: LineFacts, run: RunTimes) => string;
  /** It speaks of the node, and not of one attempt. */
  readonly ofNode?: true;
}

const TOLD = 3;

/** All that is drawn of a row, each thing in a cell of its own. */
export const COLUMNS: readonly TableColumn[] = [
  {
    label: "Attempt",
    width: 72,
    ofNode: true,
    text: ({ line: { attempt, count } }) => numberWords(attempt?.number, count),
  },
  {
    label: "Status",
    width: 110,
    text: ({ line, time, sum, latest }) =>
      sum ? sumWords(sum) : ((latest ? time?.node.status : line.attempt?.status) ?? ""),
  },
  {
    label: "Started",
    width: 112,
    text: (facts, { say }) => spanned(facts, ({ from }) => say(from), "not started"),
  },
  {
    label: "Ended",
    width: 112,
    text: (facts, { say }) => spanned(facts, ({ to }) => (to === undefined ? "not ended" : say(to)), ""),
  },
  {
    label: "Took",
    width: 112,
    text: (facts, { now }) =>
      spanned(
        facts,
        ({ from, to }) => `${formatDurationExact((to ?? now) - from)}${to === undefined ? " so far" : ""}`,
        "",
      ),
  },
  { label: "Waits", width: 250, text: waitWords },
  { label: "Last heartbeat", width: 178, text: beatWords },
  { label: "Silences", width: 250, text: gapWords },
  {
    label: "Outputs",
    width: 240,
    text: ({ line }, { say }) => (line.attempt && outputWords(line.attempt, say)) ?? "",
  },
  {
    label: "Progress",
    width: 190,
    text: ({ line }, { say }) => (line.attempt && progressWords(line.attempt, say)) ?? "",
  },
  {
    label: "Log",
    width: 150,
    text: ({ line }, { say }) => (line.attempt && logWords(line.attempt, say)) ?? "",
  },
  {
    label: "Cache",
    width: 130,
    text: ({ line }, { say }) => (line.attempt && cacheWords(line.attempt, say)) ?? "",
  },
  { label: "Verdict", width: 280, text: verdictWords, ofNode: true },
  {
    label: "Critical path",
    width: 90,
    text: ({ critical, latest }) => (critical && latest ? "on it" : ""),
    ofNode: true,
  },
];

/** What a cell behind a row that is drawn tells: the row draws all attempts of its node, of which the last are told. */
export function drawnWords({ text, ofNode }: TableColumn, facts: LineFacts, run: RunTimes): string {
  const own = text(facts, run);
  const { line } = facts;
  if (ofNode || line.count < 2) return own;
  const attempts = run.attempts.get(line.row.id) ?? [];
  const parts = attempts.slice(-TOLD).flatMap((attempt) => {
    const isLatest = attempt === attempts.at(-1);
    const words = isLatest ? own : text({ ...facts, latest: false, line: { ...line, attempt } }, run);
    return words === "" ? [] : [`attempt ${attempt.number}: ${words}`];
  });
  return parts.join("; ");
}

function numberWords(number: number | undefined, count: number): string {
  if (number === undefined) return "";
  return count > 1 ? `${number} of ${count}` : String(number);
}

interface Span {
  readonly from: number;
  readonly to: number | undefined;
}

function spanned({ line, time, sum }: LineFacts, words: (span: Span) => string, none: string): string {
  if (sum) {
    const open = sum.running > 0;
    return sum.from === undefined ? none : words({ from: sum.from, to: open ? undefined : sum.to });
  }
  const { attempt } = line;
  const from = attempt ? attempt.startedAt : time?.startedAt;
  if (from === undefined || from === null) return none;
  const to = attempt ? attempt.endedAt : time?.endedAt;
  return words({ from: toMillis(from), to: to === undefined || to === null ? undefined : toMillis(to) });
}

function waitWords({ line, time, latest }: LineFacts, { now, say }: RunTimes): string {
  const { attempt } = line;
  const parts: string[] = [];
  if (time && time.waitedFrom !== undefined && time.startedAt !== undefined && latest) {
    parts.push(
      `ready at ${say(time.waitedFrom)}, waited ${formatDuration(time.startedAt - time.waitedFrom)}`,
    );
  }
  for (const { kind, from, to, why } of attempt?.phases ?? []) {
    if (kind === "running" || kind === "finalizing") continue;
    const took = formatDuration((to === null ? now : toMillis(to)) - toMillis(from));
    parts.push(`${kind} ${took}${why === null ? "" : ` (${why})`}`);
  }
  if (time?.held && latest) parts.push(`for ${time.held.by} since ${say(time.held.since)}`);
  return parts.join("; ");
}

function beatWords({ line: { attempt } }: LineFacts, { now, say }: RunTimes): string {
  if (!attempt || attempt.startedAt === null) return "";
  const at = attempt.lastBeatAt;
  return at === null ? "none" : `${say(at)}, ${formatAge(at, now)}`;
}

function gapWords({ line: { attempt } }: LineFacts, { now, say }: RunTimes): string {
  const gaps = attempt ? gapsOf(attempt, now) : [];
  const told = gaps.slice(-TOLD).map(({ from, to }) => `${formatDuration(to - from)} from ${say(from)}`);
  if (gaps.length > TOLD) told.unshift(`${formatCount(gaps.length)}, the last`);
  return told.join("; ");
}

/** What is said of it, and what was said before. */
function verdictWords({ time, said, latest }: LineFacts, { now, say }: RunTimes): string {
  if (!time || !latest) return "";
  const { node } = time;
  const words = judgedWords(node);
  const parts: string[] = [];
  if (words !== undefined && node.verdict && !isSettled(node.status)) {
    parts.push(`${stateWord(nodeState(node))}: ${words}, since ${say(node.verdict.since)}`);
  }
  for (const { from, to, weight } of said.slice(-TOLD)) {
    const until = to >= now ? "now" : say(to);
    parts.push(`said ${stateWord(stateOfWeight(weight)).toLowerCase()} from ${say(from)} to ${until}`);
  }
  return parts.join("; ");
}

/** All lines, as a spreadsheet takes them: a line each, a tab between two cells. */
export function tableText(lines: readonly TableLine[], run: RunTimes): string {
  // A tab or an end of line in a name would be another cell.
  const plain = (text: string) => text.replaceAll(/\s+/g, " ");
  const head = ["Node", ...COLUMNS.map(({ label }) => label)];
  const rows = lines.map((line) => {
    const facts = factsOf(line, run);
    return [nameOf(facts), ...COLUMNS.map(({ text }) => text(facts, run))];
  });
  return [head, ...rows].map((cells) => cells.map(plain).join("\t")).join("\n");
}
