import type { Instant } from "../../base/instant.ts";
import { database } from "../database.ts";

/** Writes when a key was last used, unless another server wrote a later use. */
export async function saveKeyUse(id: string, at: Instant): Promise<void> {
  await database().$executeRaw`
    UPDATE access_key SET last_used_at = ${new Date(at)}
    WHERE id = ${id}::uuid AND (last_used_at IS NULL OR last_used_at < ${new Date(at)})`;
}
