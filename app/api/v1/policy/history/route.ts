import { pageQuery } from "@/lib/contract/message-query";
import { readPolicyHistory } from "@/lib/server/queries/policy-history";
import { json, parameters, responding } from "@/lib/server/respond";

export function GET(request: Request): Promise<Response> {
  return responding(async () => json(await readPolicyHistory(pageQuery.parse(parameters(request)).cursor)));
}
