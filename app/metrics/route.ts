import { readMetrics } from "@/lib/server/metrics";

/** What the process has done so far, in the text format of Prometheus. */
export async function GET(): Promise<Response> {
  const { text, contentType } = await readMetrics();
  return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}
