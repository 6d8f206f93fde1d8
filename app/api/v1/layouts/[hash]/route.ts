import { type LayoutOffer, layoutOffer } from "@/lib/contract/layouts";
import { isLayoutName, layoutName } from "@/lib/drawing/layout-name";
import { now } from "@/lib/server/clock";
import { database } from "@/lib/server/database";
import { whyNotKeepForOthers } from "@/lib/server/keys/change-keys";
import { keepLayout } from "@/lib/server/queries/keep-layout";
import { readLayout } from "@/lib/server/queries/read-layout";
import { json, readJson, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ hash: string }> };

/** More than the longest names of the largest shape need, bytes. */
const MOST_BYTES = 2_000_000;
/** The layout of a shape stays as it is; and whoever may not read here may not read it from a cache on the way. */
const FOR_GOOD = "private, max-age=31536000, immutable";

export function GET(_request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { hash } = await params;
    if (!isLayoutName(hash)) return refuse(404, "This is no hash of a shape.");
    const coordinates = await readLayout(database(), hash, now());
    // To have none is the usual answer of a first visit, and no fault that a browser should tell of.
    if (!coordinates) return json({ coordinates: null });
    return json({ coordinates: [...coordinates] }, 200, { "Cache-Control": FOR_GOOD });
  });
}

/** Keeps what a browser has laid out, for the next. A reader may do so: at worst others see an ugly picture. */
export function PUT(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const why = whyNotKeepForOthers(request);
    if (why !== undefined) return refuse(403, why);
    // A form of another site can send no JSON.
    if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
      return refuse(415, "Send it as JSON, with Content-Type: application/json.");
    const body = await readJson(request, MOST_BYTES);
    if (body === undefined) return refuse(400, "The body is no JSON.");
    const offer: LayoutOffer = layoutOffer.parse(body);
    const { hash } = await params;
    const name = layoutName(offer);
    if (name !== hash)
      return refuse(400, "This is the layout of another shape.", [
        { path: "hash", reason: `the hash of the shape that was sent is ${name}` },
      ]);
    return json({
      isFirst: await keepLayout(database(), { name, coordinates: offer.coordinates, at: now() }),
    });
  });
}
