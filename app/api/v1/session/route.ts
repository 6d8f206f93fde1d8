import { beginSession } from "@/lib/server/keys/session";
import { responding } from "@/lib/server/respond";

export function POST(request: Request): Promise<Response> {
  return responding(() => beginSession(request));
}
