import { diagnosisToWire } from "@/lib/contract/diagnosis";
import { judgeNamed } from "@/lib/server/queries/run";
import { json, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const found = await judgeNamed(runId, readAsOf(request).at);
    if (!found) return refuse(404, `No event has named a run ${runId}.`);
    return json(diagnosisToWire(found.judged.diagnosis));
  });
}
