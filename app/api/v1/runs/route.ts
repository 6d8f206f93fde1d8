import { splitNames } from "@/lib/contract/name-list";
import { runQuery } from "@/lib/contract/runs";
import { listRuns } from "@/lib/server/queries/run-list";
import { json, parameters, responding } from "@/lib/server/respond";

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
    return json(await listRuns(query));
  });
}
