import { readRecord } from "@/lib/server/queries/record";
import { json, parameters, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

/** The key is a parameter, not a part of the path: keys hold slashes. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const { key } = parameters(request);
    if (key === undefined)
      return refuse(400, "Which node?", [{ path: "key", reason: "the node's key is missing" }]);
    const record = await readRecord(runId, key, readAsOf(request));
    return record ? json(record) : refuse(404, `No run ${runId} with a node ${key} is known.`);
  });
}
