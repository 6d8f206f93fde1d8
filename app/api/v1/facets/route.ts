import { readRunFacets } from "@/lib/server/queries/run-facets";
import { json, responding } from "@/lib/server/respond";

export function GET(): Promise<Response> {
  return responding(async () => json(await readRunFacets()));
}
