import { newKey } from "@/lib/contract/keys";
import { now } from "@/lib/server/clock";
import { database } from "@/lib/server/database";
import { keyRing } from "@/lib/server/keys/admit";
import { whyNotChangeKeys } from "@/lib/server/keys/change-keys";
import { visitOf } from "@/lib/server/keys/visit";
import { createKey } from "@/lib/server/queries/create-key";
import { readKeyList } from "@/lib/server/queries/list-keys";
import { json, readJson, refuse, responding } from "@/lib/server/respond";

export function GET(request: Request): Promise<Response> {
  return responding(async () => json(await readKeyList(visitOf(request))));
}

export function POST(request: Request): Promise<Response> {
  return responding(async () => {
    const why = whyNotChangeKeys(request);
    if (why !== undefined) return refuse(403, why);
    // A form of another site can send no JSON.
    if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? ""))
      return refuse(415, "Send it as JSON, with Content-Type: application/json.");
    const body = await readJson(request);
    if (body === undefined) return refuse(400, "The body is not JSON.");
    const made = await createKey(database(), newKey.parse(body), now());
    keyRing().forget();
    return json(made, 201);
  });
}
