import { pipelineListQuery } from "@/lib/contract/pipelines";
import { listPipelines } from "@/lib/server/queries/pipeline-list";
import { json, parameters, responding } from "@/lib/server/respond";

export function GET(request: Request): Promise<Response> {
  return responding(async () => {
    const { q } = pipelineListQuery.parse(parameters(request));
    return json(await listPipelines(q));
  });
}
