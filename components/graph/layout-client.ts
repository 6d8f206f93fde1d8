"use client";

import { loadLayout, saveLayout } from "@/components/graph/layout-store";
import type { LayoutAnswer, LayoutRequest } from "@/components/graph/layout-worker";
import { chooseLayout } from "@/lib/drawing/choose-layout";
import type { Coordinates, GraphShape } from "@/lib/drawing/graph-shape";
import { layerLayout } from "@/lib/drawing/layer-layout";

/** Longer than ten thousand nodes take on a slow machine. */
const PATIENCE_MS = 60_000;
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

/** From an earlier visit, else by Graphviz, else in plain columns. */
export async function layoutInTime(key: string, shape: GraphShape): Promise<Coordinates> {
  const stored = await loadLayout(key);
  if (stored?.length === shape.nodes.length * 2) {
    remember(key, stored);
    return stored;
  }
  const drawn = await askWorker(shape);
  const coordinates = drawn ?? layerLayout(shape);
  remember(key, coordinates);
  if (drawn) void saveLayout(key, drawn);
  return coordinates;
}
