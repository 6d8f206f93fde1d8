import { messageQuery } from "@/lib/contract/message-query";
import { listMessages } from "@/lib/server/queries/messages";
import { json, parameters, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const { type: listed, ...rest } = parameters(request);
    const given = listed?.split(",").filter(Boolean);
    const { type: types, ...asked } = messageQuery.parse({ ...rest, ...(given?.length && { type: given }) });
    const list = await listMessages(runId, { types, ...asked, ...readAsOf(request) });
    return list ? json(list) : refuse(404, `No event has named a run ${runId}.`);
  });
}
