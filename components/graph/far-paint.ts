import type { Picture } from "@/components/graph/far-picture";
import { colourOf, paintShape } from "@/components/graph/far-shape";
import type { Palette } from "@/components/ui/canvas-looks";
import type { StateName } from "@/components/ui/state-shape";
import type { Viewport } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH, type Point } from "@/lib/drawing/graph-shape";

/** From these zooms on: names can be read, words can be read, edges are bent. */
const NAMES_FROM = 0.32;
const WORDS_FROM = 0.55;
/** While a gesture lasts so many edges of a kind are drawn; all of them at rest. */
const MOVING_EDGES = 800;
const FINE_EDGES = 1_200;
const MANY_EDGES = 1_500;

export interface Frame {
  readonly picture: Picture;
  readonly palette: Palette;
  readonly view: Viewport;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly selected: string | undefined;
  /** The selected node's edges, as in a picture. */
  readonly own: Float32Array;
  /** The node that evidence which is pointed at is about, where it is drawn. */
  readonly lit: Point | undefined;
  readonly moving: boolean;
}

interface Pen {
  readonly colour: string;
  readonly width: number;
  readonly alpha: number;
  readonly dashed?: boolean;
}

/** Too far for names. */
export function isFar({ zoom }: Viewport): boolean {
  return zoom < NAMES_FROM;
}

export function paint(context: CanvasRenderingContext2D, frame: Frame): void {
  const { palette, view, width, height, ratio } = frame;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.bg;
  context.fillRect(0, 0, width, height);
  context.setTransform(ratio * view.zoom, 0, 0, ratio * view.zoom, ratio * view.x, ratio * view.y);
  const { edges } = frame.picture;
  // Thousands of hairlines are a grey wall; they are there, but step back.
  const many = view.zoom < NAMES_FROM && edges.plain.length + edges.held.length > 4 * MANY_EDGES;
  paintEdges(context, frame, edges.plain, { colour: palette.ghost, width: 1, alpha: many ? 0.2 : 0.45 });
  paintEdges(context, frame, edges.held, {
    colour: palette.ghost,
    width: 1,
    alpha: many ? 0.3 : 0.7,
    dashed: true,
  });
  paintEdges(context, frame, edges.warm, {
    colour: palette.suspect,
    width: 1.4,
    alpha: many ? 0.6 : 1,
    dashed: true,
  });
  paintEdges(context, frame, edges.hot, { colour: palette.stuck, width: 1.8, alpha: 1, dashed: true });
  paintEdges(context, frame, frame.own, { colour: palette.text, width: 1.4, alpha: 0.75 });
  if (view.zoom < NAMES_FROM) paintMarks(context, frame);
  else paintCards(context, frame);
  if (frame.lit) paintLit(context, frame.lit, frame);
}

/** A dashed line around a node, as around one that is an element; never so small that it is not found. */
function paintLit(context: CanvasRenderingContext2D, at: Point, { palette, view }: Frame): void {
  const pixel = 1 / view.zoom;
  const far = view.zoom < NAMES_FROM;
  const pad = far ? Math.max(4 * pixel, (14 * pixel - NODE_HEIGHT) / 2) : 6;
  const line = far ? pixel : 1;
  context.strokeStyle = palette.accent;
  context.lineWidth = 2 * line;
  context.setLineDash([5 * line, 3 * line]);
  context.strokeRect(at.x - pad, at.y - pad, NODE_WIDTH + 2 * pad, NODE_HEIGHT + 2 * pad);
  context.setLineDash([]);
}

function seen({ view, width, height }: Frame) {
  return {
    left: -view.x / view.zoom,
    top: -view.y / view.zoom,
    right: (width - view.x) / view.zoom,
    bottom: (height - view.y) / view.zoom,
  };
}

function inside(box: ReturnType<typeof seen>, x: number, y: number): boolean {
  return x >= box.left - NODE_WIDTH && x <= box.right + NODE_WIDTH && y >= box.top && y <= box.bottom;
}

function paintEdges(
  context: CanvasRenderingContext2D,
  frame: Frame,
  lines: Float32Array,
  { colour, width, alpha, dashed = false }: Pen,
): void {
  const box = seen(frame);
  const { zoom } = frame.view;
  const near = zoom >= NAMES_FROM;
  const visible: number[] = [];
  for (let i = 0; i < lines.length; i += 4) {
    const x1 = lines[i] ?? 0;
    const y1 = lines[i + 1] ?? 0;
    const x2 = lines[i + 2] ?? 0;
    const y2 = lines[i + 3] ?? 0;
    if (Math.max(x1, x2) < box.left || Math.min(x1, x2) > box.right) continue;
    if (Math.max(y1, y2) < box.top || Math.min(y1, y2) > box.bottom) continue;
    // Near by, a line from nowhere to nowhere says nothing, and of a wide step there are thousands.
    if (near && !inside(box, x1, y1) && !inside(box, x2, y2)) continue;
    visible.push(i);
  }
  if (visible.length === 0) return;
  // Bends and dashes of long lines cost most of a frame.
  const fine = near && !frame.moving && visible.length <= FINE_EDGES;
  const stride = frame.moving ? Math.ceil(visible.length / MOVING_EDGES) : 1;
  context.beginPath();
  for (let v = 0; v < visible.length; v += stride) {
    const i = visible[v] ?? 0;
    const x1 = lines[i] ?? 0;
    const y1 = lines[i + 1] ?? 0;
    const x2 = lines[i + 2] ?? 0;
    const y2 = lines[i + 3] ?? 0;
    context.moveTo(x1, y1);
    if (fine) {
      const bend = Math.max(24, Math.min(80, Math.abs(x2 - x1) / 2));
      context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
    } else context.lineTo(x2, y2);
  }
  context.strokeStyle = colour;
  context.globalAlpha = near ? alpha : alpha * 0.6;
  context.lineWidth = near ? width * 1.3 : width / zoom / 1.5;
  context.setLineDash(dashed && fine ? [4, 4] : []);
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Quiet states first, so that what is loud is never under them. */
const ORDER: readonly StateName[] = [
  "planned",
  "reused",
  "finished",
  "aborted",
  "unknown",
  "waiting",
  "progressing",
  "slow",
  "suspect",
  "failed",
  "stuck",
];
const LOUD: readonly StateName[] = ["slow", "suspect", "failed", "stuck"];
export const MAP_ORDER = ORDER.map((state) => ({ state, loud: LOUD.includes(state) }));

/** Far away a node is a patch of colour; what is loud never gets smaller than an eye can find. */
function paintMarks(context: CanvasRenderingContext2D, frame: Frame): void {
  const { picture, palette, view, selected } = frame;
  const box = seen(frame);
  for (const state of ORDER) {
    const least = (LOUD.includes(state) ? 9 : 1.5) / view.zoom;
    const w = Math.max(NODE_WIDTH, least);
    const h = Math.max(NODE_HEIGHT, least);
    context.globalAlpha = 1;
    const alpha = state === "planned" ? 0.3 : state === "finished" ? 0.55 : 1;
    for (const node of picture.nodes) {
      if (node.state !== state) continue;
      const x = node.at.x + NODE_WIDTH / 2 - w / 2;
      const y = node.at.y + NODE_HEIGHT / 2 - h / 2;
      if (x > box.right || y > box.bottom || x + w < box.left || y + h < box.top) continue;
      if (alpha < 1) {
        // Pale, but no window onto the edges behind.
        context.globalAlpha = 1;
        context.fillStyle = palette.bg;
        context.fillRect(x, y, w, h);
        context.globalAlpha = alpha;
      }
      context.fillStyle = colourOf(state, palette);
      context.fillRect(x, y, w, h);
    }
  }
  context.globalAlpha = 1;
  const node = picture.nodes.find((n) => n.id === selected);
  if (!node) return;
  const pad = 4 / view.zoom;
  context.strokeStyle = palette.text;
  context.lineWidth = 2 / view.zoom;
  context.strokeRect(node.at.x - pad, node.at.y - pad, NODE_WIDTH + 2 * pad, NODE_HEIGHT + 2 * pad);
}

function paintCards(context: CanvasRenderingContext2D, frame: Frame): void {
  const { picture, palette, view, selected } = frame;
  const box = seen(frame);
  context.textBaseline = "middle";
  for (const node of picture.nodes) {
    const { x, y } = node.at;
    if (x > box.right || y > box.bottom || x + NODE_WIDTH < box.left || y + NODE_HEIGHT < box.top) continue;
    const colour = colourOf(node.state, palette);
    const isSelected = node.id === selected;
    const flat = node.state === "planned";
    context.beginPath();
    context.roundRect(x, y, NODE_WIDTH, NODE_HEIGHT, 10);
    context.fillStyle = flat ? palette.bg : palette.raise;
    context.fill();
    context.setLineDash(flat && !isSelected ? [3, 3] : []);
    context.strokeStyle = isSelected ? (LOUD.includes(node.state) ? colour : palette.accent) : palette.line;
    context.lineWidth = isSelected ? 3 : 1;
    context.stroke();
    context.setLineDash([]);
    context.fillStyle = colour;
    paintShape(context, node.state, x + 18, y + 19, palette);
    context.fillStyle = flat ? palette.muted : palette.text;
    context.font = '600 12px "JetBrains Mono Variable", ui-monospace, monospace';
    context.fillText(cut(node.label, 19), x + 33, y + 19);
    if (view.zoom < WORDS_FROM) continue;
    context.fillStyle = LOUD.includes(node.state) ? colour : palette.muted;
    context.font = '11.5px "Inter Variable", system-ui, sans-serif';
    context.fillText(cut(node.words, 30), x + 11, y + 39);
    if (node.holds > 0) {
      context.fillStyle = colour;
      context.font = '650 10.5px "Inter Variable", system-ui, sans-serif';
      context.textAlign = "right";
      context.fillText(`holds ${node.holds.toLocaleString("en-US")}`, x + NODE_WIDTH - 10, y + 52);
      context.textAlign = "left";
    }
  }
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
