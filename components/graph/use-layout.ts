"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { layoutAtOnce, layoutInTime } from "@/components/graph/layout-client";
import type { Coordinates, GraphShape, Point } from "@/lib/drawing/graph-shape";
import { keepPlaces } from "@/lib/drawing/keep-places";
import { layerLayout } from "@/lib/drawing/layer-layout";

/** From this size on columns are shown until Graphviz has answered: it may take seconds. */
const INTERIM_FROM = 400;

export interface Layout {
  readonly key: string;
  readonly shape: GraphShape;
  readonly at: ReadonlyMap<string, Point>;
  /** What was there before stands where it stood: the view need not follow. */
  readonly isKept: boolean;
}

/** A shape's places as they were laid out. */
interface LaidOut {
  readonly key: string;
  readonly shape: GraphShape;
  readonly coordinates: Coordinates;
  /** Until a better one is there. */
  readonly isInterim: boolean;
}

interface Shown {
  readonly of: LaidOut;
  readonly picture: string;
  readonly layout: Layout;
}

/** What is shown next: where only the run has changed, and not what one wants to see of it, nothing moves. */
function nextShown(of: LaidOut, picture: string, before: Shown | undefined): Shown {
  if (before && before.of === of) return { ...before, picture };
  const { key, shape, coordinates } = of;
  const isSame = before?.picture === picture && !before.of.isInterim && !of.isInterim;
  const kept = isSame ? keepPlaces(before.layout.at, shape, coordinates) : undefined;
  const places = kept ?? coordinates;
  const at = new Map(
    shape.nodes.map((node, i) => [node.id, { x: places[i * 2] ?? 0, y: places[i * 2 + 1] ?? 0 }]),
  );
  return { of, picture, layout: { key, shape, at, isKept: kept !== undefined } };
}

/**
 * The places of a shape's nodes. While a new shape is laid out the last layout stays, so that nothing jumps twice;
 * undefined only before the first. `picture` names what one wants to see: while it is the same, nodes stay where they are.
 */
export function useLayout(
  key: string,
  shape: GraphShape,
  picture: string,
): { layout: Layout | undefined; pending: boolean } {
  const [arrived, setArrived] = useState<LaidOut>();
  const [shown, setShown] = useState<Shown>();
  const busy = useRef(false);
  // The shape is as good as its key: a new object of the same nodes and edges changes nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the shape
  const atOnce = useMemo((): LaidOut | undefined => {
    const coordinates = layoutAtOnce(key, shape);
    return coordinates && { key, shape, coordinates, isInterim: false };
  }, [key]);
  const done = atOnce !== undefined || (arrived?.key === key && !arrived.isInterim);
  const laidOut = atOnce ?? (arrived?.key === key ? arrived : undefined);
  if (laidOut && (shown?.of !== laidOut || shown.picture !== picture))
    setShown(nextShown(laidOut, picture, shown));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the shape; `arrived` asks again for what changed meanwhile
  useEffect(() => {
    if (done || busy.current) return;
    busy.current = true;
    let interim: ReturnType<typeof setTimeout> | undefined;
    // What the server has comes a moment later: columns before it would only jump.
    const onCompute = () => {
      if (shape.nodes.length < INTERIM_FROM || arrived !== undefined) return;
      interim = setTimeout(
        () => setArrived({ key, shape, coordinates: layerLayout(shape), isInterim: true }),
        60,
      );
    };
    void layoutInTime(key, shape, onCompute).then((coordinates) => {
      clearTimeout(interim);
      busy.current = false;
      setArrived({ key, shape, coordinates, isInterim: false });
    });
  }, [key, done, arrived]);

  return { layout: shown?.layout, pending: !done };
}
