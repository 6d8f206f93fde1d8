import { type LayoutOffer, layoutKept, layoutResource, MOST_LAID_OUT } from "../contract/layouts.ts";
import { request } from "./request.ts";

const path = (name: string) => `/api/v1/layouts/${encodeURIComponent(name)}`;

/** What the server keeps of a layout: its coordinates, that it has none, or nothing that is of use. */
export type AskedLayout = Float64Array | "unknown" | "unanswered";

/** Asks for the layout of so many nodes. Never rejects: whoever asks can do without. */
export async function askForLayout(name: string, size: number): Promise<AskedLayout> {
  try {
    const { coordinates } = await request(path(name), layoutResource);
    if (!coordinates) return "unknown";
    return coordinates.length === 2 * size ? Float64Array.from(coordinates) : "unanswered";
  } catch {
    return "unanswered";
  }
}

/** Leaves a layout for the browsers to come. Never rejects, and says nothing of a refusal: nobody waits for it. */
export async function offerLayout(name: string, offer: LayoutOffer): Promise<void> {
  if (offer.nodes.length > MOST_LAID_OUT || offer.edges.length > MOST_LAID_OUT) return;
  await request(path(name), layoutKept, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(offer),
  }).catch(() => undefined);
}
