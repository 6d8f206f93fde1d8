import { listCertainties, listRules } from "@/lib/server/queries/rules";
import { json, responding } from "@/lib/server/respond";

export function GET(): Promise<Response> {
  return responding(async () => json({ rules: listRules(), certainties: listCertainties() }));
}
