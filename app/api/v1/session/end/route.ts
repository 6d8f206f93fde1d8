import { endSession } from "@/lib/server/keys/session";

export function POST(request: Request): Response {
  return endSession(request);
}
