import { now } from "@/lib/server/clock";
import { database } from "@/lib/server/database";
import { keyRing } from "@/lib/server/keys/admit";
import { whyNotChangeKeys } from "@/lib/server/keys/change-keys";
import { revokeKey } from "@/lib/server/queries/revoke-key";
import { json, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ keyId: string }> };

export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const why = whyNotChangeKeys(request);
    if (why !== undefined) return refuse(403, why);
    const { keyId } = await params;
    const key = await revokeKey(database(), keyId, now());
    if (!key) return refuse(404, "There is no such key.");
    keyRing().forget();
    return json({ key });
  });
}
