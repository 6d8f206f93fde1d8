"use client";

import { atRest } from "@/components/graph/at-rest";
import { loadLayout, saveLayout } from "@/components/graph/layout-store";
import type { LayoutAnswer, LayoutRequest } from "@/components/graph/layout-worker";
import { firstAnswer } from "@/lib/client/first-answer";
import { type AskedLayout, askForLayout, offerLayout } from "@/lib/client/layouts";
import type { LayoutOffer } from "@/lib/contract/layouts";
import { chooseLayout } from "@/lib/drawing/choose-layout";
import type { Coordinates, GraphShape } from "@/lib/drawing/graph-shape";
import { layerLayout } from "@/lib/drawing/layer-layout";
import { layoutName } from "@/lib/drawing/layout-name";

/** Longer than ten thousand nodes take on a slow machine. */
const PATIENCE_MS = 60_000;
/** For so long the server may think about what it keeps before we begin ourselves. */
const SOON_MS = 300;
const MOST_IN_MEMORY = 40;

const known = new Map<string, Coordinates>();

function remember(key: string, coordinates: Coordinates): void {
  known.delete(key);
  known.set(key, coordinates);
  for (const oldest of known.keys()) {
    if (known.size <= MOST_IN_MEMORY) break;
    known.delete(oldest);
  }
}

let worker: Worker | undefined;
let nextId = 0;
const waiting = new Map<number, (coordinates: Coordinates | null) => void>();

function theWorker(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL("./layout-worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }: MessageEvent<LayoutAnswer>) => {
    waiting.get(data.id)?.(data.coordinates);
  };
  worker.onerror = stopWorker;
  return worker;
}

/** Whoever waits gets nothing, and the next request a fresh worker. */
function stopWorker(): void {
  worker?.terminate();
  worker = undefined;
  for (const resolve of [...waiting.values()]) resolve(null);
}

function askWorker(shape: GraphShape): Promise<Coordinates | null> {
  return new Promise((resolve) => {
    const id = nextId;
    nextId += 1;
    const timer = setTimeout(stopWorker, PATIENCE_MS);
    waiting.set(id, (coordinates) => {
      clearTimeout(timer);
      waiting.delete(id);
      resolve(coordinates);
    });
    try {
      const request: LayoutRequest = { id, shape };
      theWorker().postMessage(request);
    } catch {
      waiting.get(id)?.(null);
    }
  });
}

/** A layout that needs no waiting, where there is one. */
export function layoutAtOnce(key: string, shape: GraphShape): Coordinates | undefined {
  const found = known.get(key);
  if (found?.length === shape.nodes.length * 2) return found;
  if (chooseLayout(shape) !== "columns") return undefined;
  const coordinates = layerLayout(shape);
  remember(key, coordinates);
  return coordinates;
}

/**
 * From an earlier visit, else as the server keeps it, else by Graphviz, else in plain columns. `onCompute` hears when it has
 * come to Graphviz, which may take seconds.
 */
export async function layoutInTime(
  key: string,
  shape: GraphShape,
  onCompute: () => void,
): Promise<Coordinates> {
  const stored = await loadLayout(key);
  if (stored?.length === shape.nodes.length * 2) {
    remember(key, stored);
    return stored;
  }
  const name = layoutName(shape);
  const asked = askForLayout(name, shape.nodes.length);
  const given = asked.then((answer) => (typeof answer === "string" ? undefined : answer));
  const soon = new Promise((resolve) => setTimeout(resolve, SOON_MS));
  const found = await firstAnswer(given, soon, () => {
    onCompute();
    return draw(name, shape, asked);
  });
  const coordinates = found ?? layerLayout(shape);
  remember(key, coordinates);
  if (found) void saveLayout(key, found);
  return coordinates;
}

/** By Graphviz; and, where the server knows nothing of this shape, for whoever opens it in another browser. */
async function draw(
  name: string,
  shape: GraphShape,
  asked: Promise<AskedLayout>,
): Promise<Coordinates | undefined> {
  const drawn = await askWorker(shape);
  if (!drawn) return undefined;
  void asked.then((answer) => {
    if (answer === "unknown") atRest(() => void offerLayout(name, offerOf(shape, drawn)));
  });
  return drawn;
}

function offerOf({ nodes, edges }: GraphShape, drawn: Coordinates): LayoutOffer {
  return {
    nodes: nodes.map(({ id, parent }) => ({ id, parent })),
    edges: edges.map(({ from, to }) => ({ from, to })),
    coordinates: [...drawn],
  };
}
