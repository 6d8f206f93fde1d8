import { readDiagnosis } from "@/lib/server/queries/diagnosis";
import { jsonText, readAsOf, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const diagnosis = await readDiagnosis(runId, readAsOf(request));
    return diagnosis === null ? refuse(404, `No event has named a run ${runId}.`) : jsonText(diagnosis);
  });
}
