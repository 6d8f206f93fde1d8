import { readPolicy } from "@/lib/server/queries/policy";
import { json, responding } from "@/lib/server/respond";

export function GET(): Promise<Response> {
  return responding(async () => json(await readPolicy()));
}
