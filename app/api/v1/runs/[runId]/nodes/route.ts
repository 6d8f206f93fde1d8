import { readNode } from "@/lib/server/queries/node";
import { json, parameters, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

/** The key is a parameter, not a part of the path: keys hold slashes. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const { key, baseline } = parameters(request);
    if (key === undefined)
      return refuse(400, "Which node?", [{ path: "key", reason: "the node's key is missing" }]);
    const node = await readNode(runId, key, { ...readAsOf(request), baseline });
    if (!node) return refuse(404, `No run ${runId} with a node ${key} is known.`);
    if (baseline !== undefined && !node.attempts[0]?.cache?.baseline?.chosen)
      return refuse(400, `${baseline} is no earlier execution of ${key}.`, [
        { path: "baseline", reason: "none of the node's earlier executions whose key's parts are known" },
      ]);
    return json(node);
  });
}
