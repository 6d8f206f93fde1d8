import { readReadiness } from "@/lib/server/queries/readiness";
import { json } from "@/lib/server/respond";

/** Whether requests can be served: the database answers and is up to date. 503 with the reason where they cannot. */
export async function GET(): Promise<Response> {
  const readiness = await readReadiness();
  return json(readiness, readiness.ready ? 200 : 503, readiness.ready ? {} : { "Retry-After": "1" });
}
