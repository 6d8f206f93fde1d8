import { readReceipts } from "@/lib/server/queries/receipts";
import { json, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(_request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const receipts = await readReceipts(runId);
    return receipts ? json(receipts) : refuse(404, `No event has named a run ${runId}.`);
  });
}
