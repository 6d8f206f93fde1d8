import type { GraphModel } from "@/components/graph/graph-model";
import type { Layout } from "@/components/graph/use-layout";
import type { Size } from "@/components/graph/use-size";

/** What a graph is drawn from, whoever draws it. */
export interface GraphProps {
  model: GraphModel;
  layout: Layout;
  selected: string | undefined;
  size: Size;
  onSelect: (key: string) => void;
  /** Back to what the page shows by itself. */
  onLeave: () => void;
}

/** The same of one whose nodes are elements. */
export interface NearGraphProps extends GraphProps {
  onOpenBundle: (id: string) => void;
}
