import { readRun } from "@/lib/server/queries/run";
import { json, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const run = await readRun(runId, readAsOf(request));
    return run ? json(run) : refuse(404, `No event has named a run ${runId}.`);
  });
}
