import { type Frame, isFar, paint } from "@/components/graph/far-paint";
import { holdsRect, type Viewport, visibleRect } from "@/lib/drawing/bounds";
import type { Rect } from "@/lib/drawing/graph-shape";

/** Beyond the window on each side, as a part of it: so far one can draw before it is painted again. */
const MARGIN = 0.5;
/** What was painted at one zoom serves others while they move, within this factor. */
const STRETCH = 1.8;

/**
 * Far away thousands of nodes are in view, more than can be painted in every frame of a gesture. While it lasts, what was
 * painted once is moved and stretched; at rest all is painted as it is.
 */
export class FarScene {
  #canvas: HTMLCanvasElement | undefined;
  #of: Frame | undefined;
  /** What it shows, on the graph's plane. */
  #shown: Rect = { x: 0, y: 0, width: 0, height: 0 };

  draw(context: CanvasRenderingContext2D, frame: Frame, bounds: Rect): void {
    if (!frame.moving || !isFar(frame.view)) {
      paint(context, frame);
      return;
    }
    if (!this.#serves(frame, bounds)) this.#paint(frame);
    const { palette, view, width, height, ratio } = frame;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = palette.bg;
    context.fillRect(0, 0, width, height);
    if (!this.#canvas) return;
    const { x, y, width: w, height: h } = this.#shown;
    context.drawImage(
      this.#canvas,
      x * view.zoom + view.x,
      y * view.zoom + view.y,
      w * view.zoom,
      h * view.zoom,
    );
  }

  #serves(frame: Frame, bounds: Rect): boolean {
    const of = this.#of;
    if (
      !of ||
      of.picture !== frame.picture ||
      of.own !== frame.own ||
      of.lit !== frame.lit ||
      of.palette !== frame.palette
    )
      return false;
    if (of.width !== frame.width || of.height !== frame.height || of.ratio !== frame.ratio) return false;
    const stretch = frame.view.zoom / of.view.zoom;
    if (stretch > STRETCH || stretch < 1 / STRETCH) return false;
    return isIn(this.#shown, common(visibleRect(frame.view, frame.width, frame.height), bounds));
  }

  #paint(frame: Frame): void {
    const { view, width, height, ratio } = frame;
    this.#canvas ??= document.createElement("canvas");
    const wide = width * (1 + 2 * MARGIN);
    const tall = height * (1 + 2 * MARGIN);
    const [w, h] = [Math.round(wide * ratio), Math.round(tall * ratio)];
    if (this.#canvas.width !== w) this.#canvas.width = w;
    if (this.#canvas.height !== h) this.#canvas.height = h;
    const context = this.#canvas.getContext("2d", { alpha: false });
    if (!context) return;
    const shifted: Viewport = { zoom: view.zoom, x: view.x + width * MARGIN, y: view.y + height * MARGIN };
    const larger = { ...frame, view: shifted, width: wide, height: tall };
    paint(context, larger);
    this.#of = frame;
    this.#shown = visibleRect(shifted, wide, tall);
  }
}

function common(a: Rect, b: Rect): Rect {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  return {
    ...{ x, y },
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y),
  };
}

/** Where there is nothing, nothing is missing. */
function isIn(outer: Rect, inner: Rect): boolean {
  return inner.width === 0 || inner.height === 0 || holdsRect(outer, inner);
}
