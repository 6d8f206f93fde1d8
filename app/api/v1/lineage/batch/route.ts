import { acceptBatch } from "@/lib/server/ingest/accept-batch";
import { incoming, toResponse } from "@/lib/server/ingest/web-request";

/** For hosts that run Next without our own server, which answers this path before Next sees it. */
export async function POST(request: Request): Promise<Response> {
  return toResponse(await acceptBatch(incoming(request)));
}
