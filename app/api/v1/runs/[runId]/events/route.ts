import { listMessages } from "@/lib/server/queries/messages";
import { json, parameters, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const { node, cursor, type } = parameters(request);
    const types = type?.split(",").filter(Boolean);
    const list = await listMessages(runId, { node, cursor, types, ...readAsOf(request) });
    return list ? json(list) : refuse(404, `No event has named a run ${runId}.`);
  });
}
