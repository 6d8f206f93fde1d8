import { verdictQuery } from "@/lib/contract/message-query";
import { readVerdictHistory } from "@/lib/server/queries/verdict-history";
import { json, parameters, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const { node } = verdictQuery.parse(parameters(request));
    const history = await readVerdictHistory(runId, { node, ...readAsOf(request) });
    return history ? json(history) : refuse(404, `No event has named a run ${runId}.`);
  });
}
