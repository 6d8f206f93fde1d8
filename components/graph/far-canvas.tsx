"use client";

import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { FarMap } from "@/components/graph/far-map";
import { edgesOf, picture } from "@/components/graph/far-picture";
import { FarScene } from "@/components/graph/far-scene";
import { endFlight, useFlight } from "@/components/graph/flight";
import { neighboursInWords, stepOf } from "@/components/graph/graph-keys";
import type { GraphProps } from "@/components/graph/graph-props";
import { useGlide } from "@/components/graph/motion";
import { judgedWords, nodeState } from "@/components/graph/node-look";
import { focusPanel } from "@/components/graph/panel-focus";
import { usePanZoom } from "@/components/graph/use-pan-zoom";
import { ZoomButtons } from "@/components/graph/zoom-buttons";
import { useLit } from "@/components/run/lit";
import { isShortcut } from "@/components/shortcuts";
import { type Palette, readPalette, watchLooks } from "@/components/ui/canvas-looks";
import { stateWord } from "@/components/ui/state-shape";
import { boundsOf, centredOn, fitRect, openingView, type Viewport, zoomAt } from "@/lib/drawing/bounds";
import { NODE_HEIGHT, NODE_WIDTH } from "@/lib/drawing/graph-shape";

/** The zoom at which what is reached can be read. */
const REACHED_ZOOM = 0.6;

export interface FarCanvasProps extends GraphProps {
  /** A node is pressed, and will be chosen where the press becomes no drag. */
  onPress: (key: string) => void;
}

/** Thousands of nodes: one canvas, which draws only what the zoom lets one see. */
export function FarCanvas({ model, layout, selected, size, onSelect, onPress, onLeave }: FarCanvasProps) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const drawn = useMemo(() => picture(model, layout), [model, layout]);
  const own = useMemo(() => edgesOf(selected, layout), [selected, layout]);
  const litKey = useLit()?.nodeKey;
  const lit = litKey === undefined || !model.nodes.has(litKey) ? undefined : layout.at.get(litKey);
  const bounds = useMemo(() => boundsOf(layout.at.values()), [layout]);
  const [first] = useState(() =>
    openingView(
      bounds,
      selected === undefined ? undefined : layout.at.get(selected),
      size.width,
      size.height,
    ),
  );
  const frameRequest = useRef(0);
  const [scene] = useState(() => new FarScene());
  const palette = useRef<Palette>(undefined);
  const follow = useRef<(view: Viewport) => void>(undefined);

  const draw = useCallback(
    (view: Viewport, moving: boolean) => {
      cancelAnimationFrame(frameRequest.current);
      frameRequest.current = requestAnimationFrame(() => {
        const context = canvas?.getContext("2d", { alpha: false });
        if (!canvas || !context) return;
        const ratio = window.devicePixelRatio || 1;
        const width = Math.round(size.width * ratio);
        const height = Math.round(size.height * ratio);
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        // No theme changes under a moving hand, and to read the colours costs a good part of a frame.
        const colours = (moving ? palette.current : undefined) ?? readPalette(canvas);
        palette.current = colours;
        scene.draw(
          context,
          { picture: drawn, palette: colours, view, ...size, ratio, selected, own, lit, moving },
          bounds,
        );
        follow.current?.(view);
      });
    },
    [canvas, scene, drawn, own, lit, selected, size, bounds],
  );
  const nodeAt = (x: number, y: number): string | undefined => {
    const { view } = panZoom;
    const px = (x - view().x) / view().zoom;
    const py = (y - view().y) / view().zoom;
    const slack = 6 / view().zoom;
    return drawn.nodes.find(
      ({ at }) =>
        px >= at.x - slack &&
        px <= at.x + NODE_WIDTH + slack &&
        py >= at.y - slack &&
        py <= at.y + NODE_HEIGHT + slack,
    )?.id;
  };
  const withNode = (act: (key: string) => void) => (x: number, y: number) => {
    const key = nodeAt(x, y);
    if (key !== undefined) act(key);
  };
  const handlers = { onView: draw, onTap: withNode(onSelect), onPress: withNode(onPress) };
  const panZoom = usePanZoom(canvas, first, handlers);

  // A better layout of the same graph may come; what one looks at then stays where it is.
  const anchor = selected === undefined ? undefined : layout.at.get(selected);
  const anchored = useRef({ layout, anchor });
  useEffect(() => {
    const before = anchored.current;
    anchored.current = { layout, anchor };
    if (before.layout === layout || !before.anchor || !anchor) return;
    const { x, y, zoom } = panZoom.view();
    panZoom.set({
      zoom,
      x: x + (before.anchor.x - anchor.x) * zoom,
      y: y + (before.anchor.y - anchor.y) * zoom,
    });
  }, [layout, anchor, panZoom]);

  useEffect(() => {
    draw(panZoom.view(), false);
    const unwatch = watchLooks(() => draw(panZoom.view(), false));
    return () => {
      unwatch();
      cancelAnimationFrame(frameRequest.current);
    };
  }, [draw, panZoom]);

  const glideTo = useGlide(panZoom, size);
  const glide = (id: string) => {
    const point = layout.at.get(id);
    if (!point) return;
    const zoom = Math.max(panZoom.view().zoom, REACHED_ZOOM);
    void glideTo(centredOn(point, zoom, size.width, size.height));
  };

  const flight = useFlight();
  const land = useEffectEvent((key: string) => {
    endFlight();
    glide(key);
    canvas?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (flight !== undefined && canvas && layout.at.has(flight)) land(flight);
  }, [flight, canvas, layout]);

  const onKeyDown = (event: KeyboardEvent) => {
    const from = selected ?? drawn.nodes[0]?.id;
    if (from === undefined) return;
    if (isShortcut(event, "openNode")) {
      onSelect(from);
      focusPanel();
    } else if (isShortcut(event, "leaveNode")) onLeave();
    else {
      const step = stepOf(event, from, model, layout);
      if (!step) return;
      if (step.to !== undefined) {
        onSelect(step.to);
        glide(step.to);
      }
    }
    event.preventDefault();
  };
  const step = selected === undefined ? undefined : model.nodes.get(selected);
  const said = step
    ? [step.key, stateWord(nodeState(step)), judgedWords(step), neighboursInWords(step.key, model, layout)]
        .filter(Boolean)
        .join(", ")
    : "No node selected";

  return (
    <>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the keys are the canvas's own, also where a screen reader would take them */}
      <canvas
        ref={setCanvas}
        tabIndex={0}
        data-lit={lit && litKey}
        role="application"
        aria-roledescription="graph"
        aria-label={`Graph of ${drawn.nodes.length.toLocaleString("en-US")} nodes. Arrow keys walk along the edges; the list of nodes says the same in words.`}
        onKeyDown={onKeyDown}
        className="absolute inset-0 size-full cursor-grab touch-none bg-bg max-lg:touch-pan-y focus-visible:-outline-offset-2 active:cursor-grabbing"
      />
      <p role="status" className="sr-only">
        {said}
      </p>
      <FarMap picture={drawn} {...{ bounds, size, panZoom, follow }} />
      <ZoomButtons
        onZoom={(factor) => panZoom.set(zoomAt(panZoom.view(), size.width / 2, size.height / 2, factor))}
        onFit={() => panZoom.set(fitRect(bounds, size.width, size.height))}
      />
    </>
  );
}
