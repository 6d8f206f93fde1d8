import { readRun } from "@/lib/server/queries/run";
import { atParameter, json, parameters, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const at = atParameter.parse(parameters(request)["at"]);
    const run = await readRun(runId, at === undefined ? {} : { at });
    return run ? json(run) : refuse(404, `No event has named a run ${runId}.`);
  });
}
