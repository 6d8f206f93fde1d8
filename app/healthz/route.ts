import { json } from "@/lib/server/respond";

/** The process answers. It says nothing of the database: a restart would not mend that. */
export function GET(): Response {
  return json({ ok: true });
}
