import { NODE_HEIGHT, NODE_WIDTH, type Point, type Rect } from "./graph-shape.ts";

/** The rectangle around all nodes at these corners. */
export function boundsOf(points: Iterable<Point>): Rect {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + NODE_WIDTH);
    bottom = Math.max(bottom, y + NODE_HEIGHT);
  }
  if (left > right) return { x: 0, y: 0, width: NODE_WIDTH, height: NODE_HEIGHT };
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export interface Viewport {
  /** Where the plane's origin stands on the screen. */
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The viewport that shows all of `rect`, with a margin, never larger than life. */
export function fitRect(rect: Rect, width: number, height: number, margin = 36, maxZoom = 1): Viewport {
  const zoom = Math.min(
    maxZoom,
    Math.max(1, width - 2 * margin) / rect.width,
    Math.max(1, height - 2 * margin) / rect.height,
  );
  return {
    zoom,
    x: (width - rect.width * zoom) / 2 - rect.x * zoom,
    y: (height - rect.height * zoom) / 2 - rect.y * zoom,
  };
}

/** The viewport zoomed by `factor` so that the plane's point under (px, py) stays there. */
export function zoomAt(
  view: Viewport,
  px: number,
  py: number,
  factor: number,
  min = 0.005,
  max = 2,
): Viewport {
  const zoom = Math.min(max, Math.max(min, view.zoom * factor));
  const real = zoom / view.zoom;
  return { zoom, x: px - (px - view.x) * real, y: py - (py - view.y) * real };
}

/** A small map of a plane: its size, and how its points are the plane's. */
export interface SmallMap {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
  /** Along each axis on its own: the map of a long chain is a strip, and not a line. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** The map of a plane, as high as it is wide in the plane's own proportions as far as these leave something to be seen. */
export function smallMap({ x, y, width, height }: Rect, margin = 4): SmallMap {
  const ratio = width / height;
  const across = ratio > 5 ? 240 : Math.min(160, Math.max(56, 100 * ratio));
  const down = Math.min(100, Math.max(36, across / ratio));
  const scaleX = (across - 2 * margin) / width;
  const scaleY = (down - 2 * margin) / height;
  return { width: across, height: down, x: margin - x * scaleX, y: margin - y * scaleY, scaleX, scaleY };
}

/** The part of a map that a view of the plane shows, in the map's pixels, cut at its edges. */
export function frameOn(map: SmallMap, view: Viewport, width: number, height: number): Rect {
  const [sx, sy] = [map.scaleX / view.zoom, map.scaleY / view.zoom];
  const x = clamp(map.x - view.x * sx, 0, map.width - LEAST);
  const y = clamp(map.y - view.y * sy, 0, map.height - LEAST);
  return {
    ...{ x, y },
    width: clamp(map.x + (width - view.x) * sx - x, LEAST, map.width - x),
    height: clamp(map.y + (height - view.y) * sy - y, LEAST, map.height - y),
  };
}

/** The view with the plane's point under a point of the map in its middle. */
export function viewFrom(
  map: SmallMap,
  px: number,
  py: number,
  zoom: number,
  width: number,
  height: number,
): Viewport {
  const x = (px - map.x) / map.scaleX;
  const y = (py - map.y) / map.scaleY;
  return { zoom, x: width / 2 - x * zoom, y: height / 2 - y * zoom };
}

/** A frame is never so small that it is not seen. */
const LEAST = 5;

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

/** Below this zoom no label can be read. */
const READABLE = 0.6;
const OPENING_ZOOM = 0.87;

/** The first look: all of it where it can then be read, else the neighbourhood of one node. */
export function openingView(
  bounds: Rect,
  centre: Point | undefined,
  width: number,
  height: number,
): Viewport {
  const all = fitRect(bounds, width, height);
  if (all.zoom >= READABLE || !centre) return all;
  const zoom = OPENING_ZOOM;
  return {
    zoom,
    x: pan(bounds.x * zoom, bounds.width * zoom, (centre.x + NODE_WIDTH / 2) * zoom, width),
    y: pan(bounds.y * zoom, bounds.height * zoom, (centre.y + NODE_HEIGHT / 2) * zoom, height),
  };
}

/** Along one axis: all of the graph in the middle where it fits, else its point, but never beyond its ends. */
function pan(start: number, length: number, point: number, room: number, margin = 24): number {
  if (length <= room - 2 * margin) return (room - length) / 2 - start;
  return Math.max(room - margin - start - length, Math.min(margin - start, room / 2 - point));
}

/** The part of the plane that is in view. */
export function visibleRect({ x, y, zoom }: Viewport, width: number, height: number): Rect {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

export function holdsRect(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

/** The viewport with a node in its middle. */
export function centredOn({ x, y }: Point, zoom: number, width: number, height: number): Viewport {
  return {
    zoom,
    x: width / 2 - (x + NODE_WIDTH / 2) * zoom,
    y: height / 2 - (y + NODE_HEIGHT / 2) * zoom,
  };
}
