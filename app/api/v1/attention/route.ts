import { readAttention } from "@/lib/server/queries/attention";
import { json, responding } from "@/lib/server/respond";

export function GET(): Promise<Response> {
  return responding(async () => json(await readAttention()));
}
