"use client";

import { BundleNode } from "@/components/graph/bundle-node";
import { BoxLayer, EdgeLayer } from "@/components/graph/edge-layer";
import type { GraphModel } from "@/components/graph/graph-model";
import { StepNode } from "@/components/graph/step-node";
import type { Layout } from "@/components/graph/use-layout";
import type { Size } from "@/components/graph/use-size";
import { boundsOf, openingView } from "@/lib/drawing/bounds";

export interface StillGraphProps {
  model: GraphModel;
  layout: Layout;
  selected: string | undefined;
  size: Size;
  onSelect: (key: string) => void;
  onOpenBundle: (id: string) => void;
  /** A node or bundle has the focus. */
  onFocus: (id: string) => void;
}

/** The graph as it opens, until what pans and zooms it has been fetched: the same elements in the same places. */
export function StillGraph(props: StillGraphProps) {
  const { model, layout, selected, size, onSelect, onOpenBundle, onFocus } = props;
  const centre = selected === undefined ? undefined : layout.at.get(selected);
  const { x, y, zoom } = openingView(boundsOf(layout.at.values()), centre, size.width, size.height);
  // The one stop of the Tab key: the chosen node, else the first.
  const stop = selected ?? layout.shape.nodes.find(({ id }) => model.nodes.has(id) && layout.at.has(id))?.id;
  return (
    <div className="absolute inset-0 overflow-clip bg-bg">
      <div
        className="absolute top-0 left-0 origin-top-left"
        style={{ transform: `translate(${x}px, ${y}px) scale(${zoom})` }}
      >
        <BoxLayer layout={layout} />
        <EdgeLayer model={model} layout={layout} />
        {layout.shape.nodes.map(({ id }) => {
          const at = layout.at.get(id);
          const step = model.nodes.get(id);
          const bundle = step ? undefined : model.bundles.get(id);
          if (!at || (!step && !bundle)) return null;
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: listens to the focus of the button inside
            <div key={id} className="absolute" style={{ left: at.x, top: at.y }} onFocus={() => onFocus(id)}>
              {step ? (
                <StepNode
                  step={step}
                  holder={model.holders.get(id)}
                  selected={id === selected}
                  stop={id === stop}
                  select={onSelect}
                />
              ) : (
                bundle && <BundleNode bundle={bundle} model={model} open={onOpenBundle} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
