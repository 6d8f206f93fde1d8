import * as z from "zod/mini";

/** Nodes, and likewise edges: larger shapes are laid out in columns, which need no keeping. */
export const MOST_LAID_OUT = 6_000;
/** Farther from the origin than any layout of so many nodes goes, pixels. */
const FAR = 10_000_000;

const coordinates = z
  .array(z.number().check(z.minimum(-FAR), z.maximum(FAR)))
  .check(
    z.maxLength(2 * MOST_LAID_OUT),
    z.describe("x and y of each node's upper left corner in pixels, in the order of the shape's nodes."),
  );

/** The places of a shape's nodes; null where none are kept. */
export const layoutResource = z.object({ coordinates: z.nullable(coordinates) });

/** A layout with the shape that it is of: its hash must be the one that it is offered under. */
export const layoutOffer = z
  .strictObject({
    nodes: z
      .array(z.strictObject({ id: z.string(), parent: z.nullable(z.string()) }))
      .check(z.minLength(1), z.maxLength(MOST_LAID_OUT)),
    edges: z.array(z.strictObject({ from: z.string(), to: z.string() })).check(z.maxLength(MOST_LAID_OUT)),
    coordinates,
  })
  .check(
    z.refine((offer) => offer.coordinates.length === 2 * offer.nodes.length, {
      path: ["coordinates"],
      message: "must be two numbers for each of the nodes",
    }),
  );

/** Whether this is the layout that is kept: the first one offered is. */
export const layoutKept = z.object({ isFirst: z.boolean() });

export type LayoutOffer = z.infer<typeof layoutOffer>;
