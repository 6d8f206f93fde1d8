import { readRulePage } from "@/lib/server/queries/rules";
import { json, refuse, responding } from "@/lib/server/respond";

type Context = { params: Promise<{ ruleId: string }> };

export function GET(_request: Request, { params }: Context): Promise<Response> {
  return responding(async () => {
    const { ruleId } = await params;
    const page = await readRulePage(ruleId);
    return page ? json(page) : refuse(404, `There is no rule ${ruleId}.`);
  });
}
