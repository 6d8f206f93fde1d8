import { readComparison } from "@/lib/server/queries/comparison";
import { json, parameters, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ runId: string }> };

export function GET(request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { runId } = await params;
    const { with: other } = parameters(request);
    const found = await readComparison(runId, other);
    if (!("missing" in found)) return json(found);
    if (found.missing === "run") return refuse(404, `No run ${runId} is known.`);
    const reason = "no run of this id is known, or it is the run itself";
    return refuse(404, `There is no run ${other} to compare with.`, [{ path: "with", reason }]);
  });
}
