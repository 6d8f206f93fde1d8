import { openApiDocument } from "@/lib/contract/openapi";
import { json } from "@/lib/server/respond";

export function GET(): Response {
  return json(openApiDocument());
}
