"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { layoutAtOnce, layoutInTime } from "@/components/graph/layout-client";
import type { Coordinates, GraphShape, Point } from "@/lib/drawing/graph-shape";
import { layerLayout } from "@/lib/drawing/layer-layout";

/** From this size on columns are shown until Graphviz has answered: it may take seconds. */
const INTERIM_FROM = 400;

export interface Layout {
  readonly key: string;
  readonly shape: GraphShape;
  readonly at: ReadonlyMap<string, Point>;
}

function toLayout(key: string, shape: GraphShape, coordinates: Coordinates): Layout {
  const at = new Map(
    shape.nodes.map((node, i) => [node.id, { x: coordinates[i * 2] ?? 0, y: coordinates[i * 2 + 1] ?? 0 }]),
  );
  return { key, shape, at };
}

/**
 * The places of a shape's nodes. While a new shape is laid out the last layout stays, so that nothing jumps twice;
 * undefined only before the first.
 */
export function useLayout(key: string, shape: GraphShape): { layout: Layout | undefined; pending: boolean } {
  const [arrived, setArrived] = useState<Layout>();
  const busy = useRef(false);
  // The shape is as good as its key: a new object of the same nodes and edges changes nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the shape
  const atOnce = useMemo(() => {
    const coordinates = layoutAtOnce(key, shape);
    return coordinates && toLayout(key, shape, coordinates);
  }, [key]);
  const done = atOnce !== undefined || arrived?.key === key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the shape; `arrived` asks again for what changed meanwhile
  useEffect(() => {
    if (done || busy.current) return;
    busy.current = true;
    let interim: ReturnType<typeof setTimeout> | undefined;
    if (shape.nodes.length >= INTERIM_FROM && arrived === undefined) {
      interim = setTimeout(() => setArrived(toLayout(`interim ${key}`, shape, layerLayout(shape))), 60);
    }
    void layoutInTime(key, shape).then((coordinates) => {
      clearTimeout(interim);
      busy.current = false;
      setArrived(toLayout(key, shape, coordinates));
    });
  }, [key, done, arrived]);

  return { layout: atOnce ?? arrived, pending: !done };
}
