/** What is drawn of a row of a timeline: from its times and a scale to marks in pixels. Knows neither canvas nor colour. */
import { stretchOf, type TimeScale, toX } from "./time-scale.ts";
import { clipParts } from "./time-window.ts";

/** Height of a row, px. */
export const ROW = 44;

/** What a mark is about, in the design's words for colours. */
export type Tone = "ok" | "run" | "stuck" | "suspect" | "slow" | "reuse" | "wait" | "quiet" | "text";

/** From when to when, in ms. */
interface Span {
  readonly from: number;
  readonly to: number;
}

export interface PhaseTime extends Span {
  readonly what: "phase";
  readonly phase: "waiting" | "preparing" | "running" | "finalizing";
  readonly why: string | null;
}
export interface GapTime extends Span {
  readonly what: "gap";
  /** How long it was, in a few words. */
  readonly words: string;
}
export interface OutputTime {
  readonly what: "output";
  readonly name: string;
  readonly at: number;
  readonly written: boolean;
}
export interface LogTime {
  readonly what: "log";
  readonly at: number;
}
export interface CacheTime {
  readonly what: "cache";
  readonly at: number;
  readonly status: string;
}
/** Ready, but not started. */
export interface WaitTime extends Span {
  readonly what: "wait";
}
/** Said of it once, or said still. */
export interface SaidTime extends Span {
  readonly what: "said";
}

/** What can be pointed at. */
export type Told = PhaseTime | GapTime | OutputTime | LogTime | CacheTime | WaitTime | SaidTime;

export interface AttemptTimes {
  readonly tone: Tone;
  readonly phases: readonly PhaseTime[];
  /** The life line: parts from 0 to 1 along it. */
  readonly strip: (Span & { readonly parts: readonly StripPart[] }) | undefined;
  readonly gaps: readonly GapTime[];
  readonly outputs: readonly OutputTime[];
  readonly logs: readonly LogTime[];
  readonly cache: CacheTime | undefined;
}
interface StripPart extends Span {
  readonly kind: "beat" | "gap" | "dim";
}
interface WordedSpan extends Span {
  readonly words: string;
}

/** A row's times, oldest first. */
export interface RowTimes {
  readonly waited: WaitTime | undefined;
  readonly attempts: readonly AttemptTimes[];
  /** As far as it is on the critical path. */
  readonly critical: Span | undefined;
  readonly said: readonly SaidTime[];
  /** What is judged now, since when. */
  readonly judged: (WordedSpan & { readonly tone: Tone }) | undefined;
  /** What it waits for, and since when. */
  readonly held: WordedSpan | undefined;
  /** Of a folded group: from the first start to the last end. */
  readonly summed: (WordedSpan & { readonly tone: Tone }) | undefined;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * How a stretch looks, so that none needs its colour to be told: flat (waits), dashed (prepares), solid (works), half (ends),
 * faint (is held), pale (a group), hatched (was judged), framed (is judged), rule (critical).
 */
export type BarLook = "flat" | "dashed" | "solid" | "half" | "faint" | "pale" | "hatched" | "framed" | "rule";

export interface BarMark extends Box {
  readonly kind: "bar";
  readonly look: BarLook;
  readonly tone: Tone;
  /** Written on it as far as there is room. */
  readonly words?: string;
  readonly told?: Told;
}
export interface BeatsMark extends Box {
  readonly kind: "beats";
  readonly dim: boolean;
}
export interface GapMark extends Box {
  readonly kind: "gap";
  /** Where there is room for them. */
  readonly words?: string;
  readonly told?: Told;
}
export interface PointMark extends Box {
  readonly kind: "written" | "declared" | "log" | "hit" | "missed";
  readonly told: Told;
}
export type TimelineMark = BarMark | BeatsMark | GapMark | PointMark;

const BAR = { y: 12, height: 14 };
const UNDER = { y: 27, height: 2 };
const ABOVE = { y: 5, height: 4 };
const STRIP = { y: 30, height: 6 };
/** The middle of the outputs, of the log's dots, and of what the cache said. */
const OUTPUT_Y = 19;
const LOG_Y = 40;
const CACHE_Y = 6;
/** Half the width of each. */
const OUTPUT = 6;
const LOG = 1.2;
const CACHE = 3.2;
/** Wide enough for the words of a silence, px. */
const WORDY = 84;

const LOOKS = { waiting: "flat", preparing: "dashed", running: "solid", finalizing: "half" } as const;

/** The marks of a row, in the order in which they are drawn. What is out of sight is left out. */
export function marksOf(row: RowTimes, scale: TimeScale): TimelineMark[] {
  const marks: TimelineMark[] = [];
  const bar = (
    span: Span | undefined,
    place: typeof BAR,
    look: Omit<BarMark, "kind" | keyof Box | "told">,
    told?: Told,
  ) => {
    const at = span && stretchOf(scale, span.from, span.to);
    if (at)
      marks.push({ kind: "bar", x: at.left, width: at.width, ...place, ...look, ...(told && { told }) });
  };
  const { waited, attempts, critical, said, judged, held, summed } = row;
  bar(waited, BAR, { look: "flat", tone: "wait" }, waited);
  for (const { tone, phases, strip, gaps } of attempts) {
    for (const phase of phases) {
      const flat = phase.phase === "waiting";
      bar(phase, BAR, { look: LOOKS[phase.phase], tone: flat ? "wait" : tone }, phase);
    }
    if (strip) marks.push(...lifeLine(strip, gaps, scale));
  }
  bar(critical, UNDER, { look: "rule", tone: "text" });
  for (const one of said) bar(one, ABOVE, { look: "hatched", tone: "stuck" }, one);
  bar(judged, BAR, { look: "framed", tone: judged?.tone ?? "stuck", words: judged?.words ?? "" });
  bar(held, BAR, { look: "faint", tone: "wait", words: held?.words ?? "" });
  bar(summed, BAR, { look: "pale", tone: summed?.tone ?? "run", words: summed?.words ?? "" });
  marks.push(...points(attempts, scale));
  return marks;
}

type Strip = NonNullable<AttemptTimes["strip"]>;

/** Ticks for beats, a thin line for a silence with its length in words. */
function lifeLine(strip: Strip, gaps: readonly GapTime[], scale: TimeScale): TimelineMark[] {
  const clipped = clipParts(strip.parts, strip, scale);
  const place = clipped && stretchOf(scale, clipped.bar.from, clipped.bar.to);
  if (!clipped || !place) return [];
  const beats = clipped.parts.flatMap(({ from, to, kind }): BeatsMark[] =>
    kind === "gap"
      ? []
      : [
          {
            kind: "beats",
            x: place.left + from * place.width,
            width: (to - from) * place.width,
            ...STRIP,
            dim: kind === "dim",
          },
        ],
  );
  const silences = gaps.flatMap((gap): GapMark[] => {
    const at = gap.to > gap.from ? stretchOf(scale, gap.from, gap.to) : undefined;
    const words = at && at.width > WORDY && { words: gap.words };
    return at ? [{ kind: "gap", x: at.left, width: at.width, ...STRIP, ...words, told: gap }] : [];
  });
  return [...beats, ...silences];
}

/** What happened at an instant. What was written lies over what was only declared. */
function points(attempts: readonly AttemptTimes[], scale: TimeScale): PointMark[] {
  const found: PointMark[] = [];
  const point = (kind: PointMark["kind"], told: OutputTime | LogTime | CacheTime, y: number, r: number) => {
    const x = toX(scale, told.at);
    if (x < 0 || x > scale.width) return;
    found.push({ kind, x: x - r, y: y - r, width: 2 * r, height: 2 * r, told });
  };
  for (const { logs } of attempts) for (const log of logs) point("log", log, LOG_Y, LOG);
  for (const { cache } of attempts) {
    if (cache) point(cache.status === "HIT" ? "hit" : "missed", cache, CACHE_Y, CACHE);
  }
  for (const written of [false, true]) {
    for (const { outputs } of attempts) {
      for (const output of outputs) {
        if (output.written === written) point(written ? "written" : "declared", output, OUTPUT_Y, OUTPUT);
      }
    }
  }
  return found;
}

/** A hand is no needle, px. */
const SLACK = 3;

/** What lies uppermost at a point of the row, of all that can be pointed at. */
export function toldAt(marks: readonly TimelineMark[], x: number, y: number): Told | undefined {
  const found = marks.findLast(
    (mark) =>
      "told" in mark &&
      mark.told !== undefined &&
      x >= mark.x - SLACK &&
      x <= mark.x + mark.width + SLACK &&
      y >= mark.y - SLACK &&
      y <= mark.y + mark.height + SLACK,
  );
  return found && "told" in found ? found.told : undefined;
}
