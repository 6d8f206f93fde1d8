import { runQuery } from "@/lib/contract/runs";
import { listRuns } from "@/lib/server/queries/run-list";
import { json, parameters, responding } from "@/lib/server/respond";

export function GET(request: Request): Promise<Response> {
  return responding(async () => {
    const { state, rule, pipeline, source, limit, ...rest } = parameters(request);
    const query = runQuery.parse({
      ...rest,
      state: list(state),
      rule: list(rule),
      pipeline: list(pipeline),
      source: list(source),
      ...(limit !== undefined && { limit: Number(limit) }),
    });
    return json(await listRuns(query));
  });
}

function list(text: string | undefined): string[] {
  return text ? text.split(",").filter((part) => part !== "") : [];
}
