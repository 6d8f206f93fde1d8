/** Puts the marks of a timeline's rows on a canvas. Where they lie is told by lib/drawing. */
import type { Palette } from "@/components/ui/canvas-looks";
import type {
  BarLook,
  BarMark,
  BeatsMark,
  GapMark,
  PointMark,
  TimelineMark,
  Tone,
} from "@/lib/drawing/timeline-marks";

export interface Looks {
  readonly palette: Palette;
  /** Whether depth of colour is lost, so that every bar needs an edge. */
  readonly forced: boolean;
  /** The page's own, at its 11 px and 10.5 px. */
  readonly fonts: Readonly<Record<"bar" | "bold" | "small", string>>;
  /** Pixels of the screen to a pixel of the page. */
  readonly ratio: number;
}

type Context = CanvasRenderingContext2D;

const RADIUS = 3;
/** A beat's tick and how far apart they stand, as in components/ui/heartbeat-strip.tsx. */
const TICK = 1.5;
const PITCH = 3.2;

/** `x` and `y`: where the row begins. */
export function paintMarks(
  context: Context,
  marks: readonly TimelineMark[],
  x: number,
  y: number,
  looks: Looks,
): void {
  for (const mark of marks) {
    const placed = { ...mark, x: mark.x + x, y: mark.y + y };
    switch (placed.kind) {
      case "bar":
        paintBar(context, placed, looks);
        break;
      case "beats":
        paintBeats(context, placed, looks);
        break;
      case "gap":
        paintGap(context, placed, looks);
        break;
      default:
        paintPoint(context, placed, looks);
    }
  }
}

function colourOf(tone: Tone, palette: Palette): string {
  return palette[tone === "quiet" ? "wait" : tone];
}

/** How deep a look's colour is. */
const DEPTH: Readonly<Record<BarLook, number>> = {
  flat: 0.25,
  dashed: 0,
  solid: 0.85,
  half: 0.4,
  faint: 0.15,
  pale: 0.3,
  hatched: 0.08,
  framed: 0.08,
  rule: 1,
};
const EDGED: ReadonlySet<BarLook> = new Set(["dashed", "half", "framed"]);
/** These hide what is behind them. */
const OPAQUE: ReadonlySet<BarLook> = new Set(["dashed", "hatched", "framed"]);

function paintBar(context: Context, mark: BarMark, looks: Looks): void {
  const { palette, forced, ratio } = looks;
  const { look, tone, words } = mark;
  const [x, y] = [snap(mark.x, ratio), snap(mark.y, ratio)];
  const width = Math.max(1, snap(mark.x + mark.width, ratio) - x);
  const { height } = mark;
  const colour = colourOf(tone, palette);
  const radius = Math.min(RADIUS, width / 2, height / 2);
  context.beginPath();
  if (look === "rule") context.rect(x, y, width, height);
  else context.roundRect(x, y, width, height, radius);
  if (OPAQUE.has(look)) {
    context.fillStyle = palette.panel;
    context.fill();
  }
  // What is deep only by its colour is drawn as an edge where the reader's palette knows no shades.
  const depth = forced && DEPTH[look] < 0.5 ? 0 : DEPTH[look] * (tone === "quiet" ? 0.6 : 1);
  context.fillStyle = colour;
  context.globalAlpha = depth;
  if (depth > 0) context.fill();
  context.globalAlpha = 1;
  if (look === "hatched" || look === "framed") hatch(context, x, y, width, height, colour);
  if (EDGED.has(look) || (forced && look !== "rule" && look !== "hatched")) {
    context.beginPath();
    context.roundRect(x + 0.5, y + 0.5, Math.max(0, width - 1), height - 1, Math.max(0, radius - 0.5));
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.setLineDash(look === "dashed" ? [3, 2] : []);
    context.stroke();
    context.setLineDash([]);
  }
  if (words) {
    const framed = look === "framed";
    const text = look === "pale" ? palette.text : framed ? colour : palette.muted;
    context.font = framed ? looks.fonts.bold : looks.fonts.bar;
    const pad = framed ? FRAMED_PAD : PAD;
    wordsOn(context, words, {
      x: x + pad,
      y: y + height / 2,
      room: width - 2 * pad,
      colour: text,
      plate: framed ? palette.panel : undefined,
    });
  }
}

const PAD = 6;
/** What is judged often begins where something was written: its words leave room for that mark. */
const FRAMED_PAD = 11;
const HATCH_PITCH = 6 * Math.SQRT2;

function hatch(context: Context, x: number, y: number, width: number, height: number, colour: string): void {
  context.save();
  context.clip();
  context.beginPath();
  for (let at = x - height; at < x + width; at += HATCH_PITCH) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.strokeStyle = colour;
  context.globalAlpha = 0.2;
  context.lineWidth = 2;
  context.stroke();
  context.restore();
}

function paintBeats(context: Context, { x, y, width, height, dim }: BeatsMark, { palette }: Looks): void {
  context.beginPath();
  // The strip's height less the round ends of the strokes.
  const [top, bottom] = [y + height * 0.08 + TICK / 2, y + height * 0.92 - TICK / 2];
  for (let at = x + TICK / 2; at < x + width; at += PITCH) {
    context.moveTo(at, top);
    context.lineTo(at, bottom);
  }
  context.strokeStyle = palette.beat;
  context.globalAlpha = dim ? 0.45 : 0.95;
  context.lineWidth = TICK;
  context.lineCap = "round";
  context.stroke();
  context.lineCap = "butt";
  context.globalAlpha = 1;
}

/** A thin line, which leaves room for the words of it. */
function paintGap(context: Context, mark: GapMark, { palette, fonts }: Looks): void {
  const { x, width, words } = mark;
  const y = mark.y + mark.height / 2;
  const middle = x + width / 2;
  context.font = fonts.small;
  const room = words === undefined ? 0 : context.measureText(words).width + 8;
  context.beginPath();
  context.moveTo(x, y);
  if (room > 0) {
    context.lineTo(middle - room / 2, y);
    context.moveTo(middle + room / 2, y);
  }
  context.lineTo(x + width, y);
  context.strokeStyle = palette.stuck;
  context.globalAlpha = 0.7;
  context.lineWidth = 1.2;
  context.stroke();
  context.globalAlpha = 1;
  if (words === undefined) return;
  wordsOn(context, words, { x: middle - room / 2 + 4, y, room, colour: palette.stuck, plate: undefined });
}

function paintPoint(context: Context, { kind, x, y, width }: PointMark, { palette }: Looks): void {
  const r = width / 2;
  const [cx, cy] = [x + r, y + r];
  context.beginPath();
  switch (kind) {
    case "log":
      context.arc(cx, cy, r, 0, 2 * Math.PI);
      context.fillStyle = palette.muted;
      context.fill();
      return;
    case "hit":
    case "missed":
      context.arc(cx, cy, r - 0.6, 0, 2 * Math.PI);
      context.fillStyle = kind === "hit" ? palette.reuse : palette.panel;
      context.strokeStyle = kind === "hit" ? palette.reuse : palette.ghost;
      context.lineWidth = 1.3;
      break;
    case "written":
    case "declared":
      context.moveTo(cx, cy - r);
      context.lineTo(cx + r, cy);
      context.lineTo(cx, cy + r);
      context.lineTo(cx - r, cy);
      context.closePath();
      context.fillStyle = kind === "written" ? palette.ok : palette.panel;
      context.strokeStyle = kind === "written" ? palette.panel : palette.ghost;
      context.lineWidth = 1.6;
  }
  context.fill();
  context.stroke();
}

interface Place {
  readonly x: number;
  /** Their middle. */
  readonly y: number;
  readonly room: number;
  readonly colour: string;
  /** A surface behind them, where they would stand on a pattern that is as strong as they are. */
  readonly plate: string | undefined;
}

/** Words in one line, cut where there is no room for all of them; none where there is room for none. */
function wordsOn(context: Context, words: string, { x, y, room, colour, plate }: Place): void {
  const text = fitted(context, words, room);
  if (text === "") return;
  if (plate !== undefined) {
    // Nothing is read through a hatch.
    context.fillStyle = plate;
    context.globalAlpha = 0.85;
    context.fillRect(x - 3, y - 6, context.measureText(text).width + 6, 12);
    context.globalAlpha = 1;
  }
  context.textBaseline = "middle";
  context.fillStyle = colour;
  // Letters without tails are what the eye takes for the middle.
  context.fillText(text, x, y + 0.5);
}

/** Three letters and the sign of more are the least that says anything. */
const LEAST = 3;

function fitted(context: Context, words: string, room: number): string {
  if (context.measureText(words).width <= room) return words;
  let [fits, not] = [0, words.length];
  while (not - fits > 1) {
    const half = (fits + not) >> 1;
    if (context.measureText(`${words.slice(0, half)}…`).width <= room) fits = half;
    else not = half;
  }
  return fits < LEAST ? "" : `${words.slice(0, fits)}…`;
}

/** On a border between the screen's pixels, so that edges are sharp. */
export function snap(at: number, ratio: number): number {
  return Math.round(at * ratio) / ratio;
}
