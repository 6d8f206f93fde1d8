import { acceptBatch } from "@/lib/server/ingest/accept-batch";
import { answerWeb } from "@/lib/server/ingest/web-request";

/** For hosts that run Next without our own server, which answers this path before Next sees it. */
export function POST(request: Request): Promise<Response> {
  return answerWeb(request, (incoming) => acceptBatch(incoming));
}
