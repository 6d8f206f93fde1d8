import { type GraphModel, isThere } from "@/components/graph/graph-model";
import type { Layout } from "@/components/graph/use-layout";
import { isShortcut, type ShortcutName } from "@/components/shortcuts";
import { type Direction, walk } from "@/lib/drawing/walk";

type KeyPress = Parameters<typeof isShortcut>[0];

const WALKS: readonly (readonly [ShortcutName, Direction])[] = [
  ["walkLeft", "left"],
  ["walkRight", "right"],
  ["walkUp", "up"],
  ["walkDown", "down"],
];

/** Where a key leads from a node or bundle: along the edges, or to what holds the run. Undefined where the key is no step. */
export function stepOf(
  event: KeyPress,
  from: string,
  model: GraphModel,
  layout: Layout,
): { readonly to: string | undefined } | undefined {
  const there = (id: string) => isThere(model, id) && layout.at.has(id);
  if (isShortcut(event, "walkHome")) {
    return { to: model.blockers.find(there) ?? layout.shape.nodes.find(({ id }) => there(id))?.id };
  }
  const direction = WALKS.find(([name]) => isShortcut(event, name))?.[1];
  return direction && { to: walk(from, direction, layout.at, layout.shape.edges, there) };
}

/** Names that are read out of a node's neighbours at most. */
const MOST_NAMED = 3;

/** Where a node stands, for those who do not see it: `after load, before evaluate and 4 more`. */
export function neighboursInWords(id: string, model: GraphModel, layout: Layout): string {
  const before: string[] = [];
  const after: string[] = [];
  for (const { from, to } of layout.shape.edges) {
    if (to === id) before.push(nameOf(from, model));
    if (from === id) after.push(nameOf(to, model));
  }
  return [
    before.length > 0 ? `after ${some(before)}` : "needs no other node",
    after.length > 0 ? `before ${some(after)}` : "no node needs it",
  ].join(", ");
}

function nameOf(id: string, model: GraphModel): string {
  const bundle = model.bundles.get(id);
  return bundle ? `${bundle.members.length} folded nodes` : (model.nodes.get(id)?.label ?? id);
}

function some(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  const said = names.slice(0, MOST_NAMED);
  if (rest > 0) return `${said.join(", ")} and ${rest.toLocaleString("en-US")} more`;
  return said.length < 2 ? said.join("") : `${said.slice(0, -1).join(", ")} and ${said.at(-1)}`;
}
