import { NO_CURSOR } from "@/lib/contract/message-query";
import { splitNames } from "@/lib/contract/name-list";
import { runQuery } from "@/lib/contract/runs";
import { isRunCursor, listRuns } from "@/lib/server/queries/run-list";
import { json, parameters, refuse, responding } from "@/lib/server/respond";

export function GET(request: Request): Promise<Response> {
  return responding(async () => {
    const { state = "", rule = "", pipeline = "", source = "", limit, ...rest } = parameters(request);
    const query = runQuery.parse({
      ...rest,
      state: splitNames(state),
      rule: splitNames(rule),
      pipeline: splitNames(pipeline),
      source: splitNames(source),
      ...(limit !== undefined && { limit: Number(limit) }),
    });
    if (query.cursor !== undefined && !isRunCursor(query.cursor))
      return refuse(400, "The request is not understood.", [{ path: "cursor", reason: NO_CURSOR }]);
    return json(await listRuns(query));
  });
}
