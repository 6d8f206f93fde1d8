import { readTimeline } from "@/lib/server/queries/timeline";
import { json, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const timeline = await readTimeline(runId, readAsOf(request));
    return timeline ? json(timeline) : refuse(404, `No event has named a run ${runId}.`);
  });
}
