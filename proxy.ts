import { NextResponse } from "next/server";
import { guardWeb } from "@/lib/server/keys/guard-pages";

/** For hosts that run Next without our own server, which has looked at each request before Next sees it. */
export default async function proxy(request: Request): Promise<Response> {
  return (await guardWeb(request)) ?? NextResponse.next();
}

// What producers post to is left out: its handlers ask for the key themselves, and its bodies may be large.
export const config = { matcher: "/((?!api/v1/lineage|api/v1/heartbeats|_next/static).*)" };
