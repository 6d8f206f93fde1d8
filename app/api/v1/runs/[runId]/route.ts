import { answerRun } from "@/lib/server/queries/run";
import { json, readAsOf, refuse, responding, unchanged } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const answer = await answerRun(runId, readAsOf(request));
    if (!answer) return refuse(404, `No event has named a run ${runId}.`);
    // In a header a name of any letters must be written so.
    const tag = `"${encodeURIComponent(answer.tag)}"`;
    if (request.headers.get("if-none-match") === tag) return unchanged(tag);
    return json(answer.write(), 200, { ETag: tag });
  });
}
