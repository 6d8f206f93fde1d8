import { listSources } from "@/lib/server/queries/sources";
import { json, responding } from "@/lib/server/respond";

export function GET(): Promise<Response> {
  return responding(async () => json(await listSources()));
}
