import { BodyError, readBody } from "../ingest/read-body.ts";
import { bodyOf } from "../ingest/web-request.ts";
import { refuse } from "../respond.ts";
import { checkKey, SESSION_COOKIE } from "./admit.ts";
import { sessionOf } from "./key-text.ts";
import { isCrossSite } from "./visit.ts";

/** How long a browser stays signed in, s; less where its key is revoked. */
const STAYS = 30 * 24 * 3_600;

/** The largest form that is read, bytes: anybody may send one. */
const LARGEST_FORM = 10_000;

/** Signs a browser in: a form with a read key, and where to go on to. The key itself is not kept, not even there. */
export async function beginSession(request: Request): Promise<Response> {
  if (isCrossSite(request.headers)) return refuse(403, "This was asked by a page of another site.");
  const form = await readForm(request);
  if (!form) return refuse(413, "This is no form with a key in it: it is too large, or broken off.");
  const key = (form.get("key") ?? "").trim();
  const next = localAddress(form.get("next"));
  const admission = await checkKey(key, "read");
  if (!admission.ok) return goTo(`/sign-in?${new URLSearchParams({ next, why: admission.reason })}`);
  return goTo(next, cookie(request, sessionOf(key), STAYS));
}

async function readForm(request: Request): Promise<URLSearchParams | undefined> {
  try {
    return new URLSearchParams(await readBody(bodyOf(request), undefined, LARGEST_FORM));
  } catch (error) {
    if (error instanceof BodyError) return undefined;
    throw error;
  }
}

/** Has the browser forget its session. */
export function endSession(request: Request): Response {
  if (isCrossSite(request.headers)) return refuse(403, "This was asked by a page of another site.");
  return goTo("/sign-in", cookie(request, "", 0));
}

/** An address of ours to go on to; the home page where it is none, or one of another site. */
export function localAddress(text: string | null | undefined): string {
  // A browser reads a backslash as a slash, and drops tabs and line ends: //elsewhere.example can be written so.
  return text && /^\/(?![/\\])[^\\\s]*$/.test(text) ? text : "/";
}

function goTo(address: string, setCookie?: string): Response {
  const headers = new Headers({ Location: address, "Cache-Control": "no-store" });
  if (setCookie !== undefined) headers.set("Set-Cookie", setCookie);
  return new Response(null, { status: 303, headers });
}

function cookie(request: Request, value: string, maxAge: number): string {
  const protocol = request.headers.get("x-forwarded-proto")?.split(",", 1)[0]?.trim();
  const secure = protocol === "https" ? "; Secure" : "";
  return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}
