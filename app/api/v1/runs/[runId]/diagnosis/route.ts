import { diagnosisToWire } from "@/lib/contract/diagnosis";
import { judgeNamed } from "@/lib/server/queries/run";
import { atParameter, json, parameters, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const at = atParameter.parse(parameters(request)["at"]);
    const found = await judgeNamed(runId, at);
    if (!found) return refuse(404, `No event has named a run ${runId}.`);
    return json(diagnosisToWire(found.judged.diagnosis));
  });
}
