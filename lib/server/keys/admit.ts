import type { KeyScope } from "../../contract/keys.ts";
import type { Problem } from "../../contract/problem.ts";
import { now } from "../clock.ts";
import { isLoopback, readEnv } from "../env.ts";
import { countKeyRefusal } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { loadKeys } from "../queries/load-keys.ts";
import { reportError } from "../report-error.ts";
import { type Key, KeyRing } from "./key-ring.ts";
import { bearerOf, cookieOf, hashOf, isKeyText, looksLikeKey } from "./key-text.ts";
import { noteUse } from "./key-uses.ts";
import { isFromThisMachine, type Visit } from "./visit.ts";

/** The cookie of a browser that signed in. */
export const SESSION_COOKIE = "unstuck_session";

export type RefusalReason =
  | "missing"
  | "malformed"
  | "unknown"
  | "revoked"
  | "scope"
  | "session"
  | "rate"
  | "away";

/** A visit that is let in, with the key that it brought, or is turned away. */
export type Admission = { readonly ok: true; readonly key: Key | null } | KeyRefusal;

export interface KeyRefusal {
  readonly ok: false;
  readonly reason: RefusalReason;
  readonly status: 401 | 403 | 429 | 503;
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether a key is asked for: read once, since a process does not move to another address. */
const policy = () =>
  processWide("key-policy", () => {
    const { HOST, UNSTUCK_OPEN, UNSTUCK_KEYS } = readEnv();
    return { isOpen: UNSTUCK_OPEN, isForThisMachine: isLoopback(HOST) && !UNSTUCK_KEYS };
  });

export const keyRing = () => processWide("key-ring", () => new KeyRing(loadKeys));

/** Whether something before us asks who is there. */
export function isOpen(): boolean {
  return policy().isOpen;
}

/** Whether this server is one that asks for keys. */
export function keysAreRequired(): boolean {
  return !policy().isOpen && !policy().isForThisMachine;
}

/** Whether a visit needs a key. Where Next runs alone, nobody knows on which address it listens: then it does. */
export function needsKey(visit: Visit): boolean {
  if (policy().isOpen) return false;
  if (visit.remoteAddress === undefined) return true;
  return !policy().isForThisMachine && !isFromThisMachine(visit);
}

/**
 * Says whether a visit may do what the scope allows. A key that was sent is looked at wherever it was sent to, needed
 * or not: whoever sends a bad one wants to know.
 */
export async function admit(visit: Visit, scope: KeyScope): Promise<Admission> {
  const bearer = bearerOf(visit.authorization);
  // A proxy that asks who is there may leave us a token of its own.
  if (bearer !== undefined && !(policy().isOpen && !looksLikeKey(bearer))) return checkKey(bearer, scope);
  if (!needsKey(visit)) return { ok: true, key: null };
  const session = cookieOf(visit.cookie, SESSION_COOKIE);
  return session && scope === "read" ? checkSession(session) : refusedKey("missing", scope);
}

/** Looks at a key as it was sent. */
export async function checkKey(text: string, scope: KeyScope): Promise<Admission> {
  if (text === "") return refusedKey("missing", scope);
  if (!isKeyText(text)) return refusedKey("malformed", scope);
  return lookedUp(scope, async () => {
    const key = await keyRing().find(hashOf(text));
    if (!key) return "unknown";
    if (key.revokedAt !== null) return "revoked";
    return key.scope === scope ? key : "scope";
  });
}

function checkSession(session: string): Promise<Admission> {
  return lookedUp("read", async () => {
    const hash = hashOf(session);
    const key = await keyRing().find(hash);
    return key && key.sessionHash === hash && key.revokedAt === null ? key : "session";
  });
}

async function lookedUp(scope: KeyScope, find: () => Promise<Key | RefusalReason>): Promise<Admission> {
  try {
    const found = await find();
    if (typeof found === "string") return refusedKey(found, scope);
    noteUse(found, now());
    return { ok: true, key: found };
  } catch (error) {
    reportError("keys could not be read", error);
    return refusedKey("away", scope);
  }
}

const STATUS: Readonly<Record<RefusalReason, KeyRefusal["status"]>> = {
  missing: 401,
  malformed: 401,
  unknown: 401,
  revoked: 401,
  session: 401,
  scope: 403,
  rate: 429,
  away: 503,
};

const ERROR: Readonly<Record<RefusalReason, (scope: KeyScope) => string>> = {
  missing: (scope) => `This server asks for a key with the scope ${scope}, and none was sent.`,
  malformed: () => "What was sent as a key is none of ours, or not the whole of one.",
  unknown: () => "This key is not known here.",
  revoked: () => "This key was revoked.",
  scope: (scope) =>
    scope === "ingest"
      ? "This key may read, and not send: a key with the scope ingest is needed."
      : "This key may send, and not read: a key with the scope read is needed.",
  session: () => "The session has ended: its key was revoked, or is not known here.",
  rate: () => "This key sends more events than it may.",
  away: () => "Keys cannot be looked up at present: the store does not answer. Send it again.",
};

const HOW = "Authorization: Bearer <key>. Keys are made with: npm run unstuck -- key create <name>";

/** Turns a visit away, and counts it. What was sent is neither kept nor told. */
export function refusedKey(reason: RefusalReason, scope: KeyScope, retryAfter = 1): KeyRefusal {
  countKeyRefusal(reason);
  const status = STATUS[reason];
  const error = ERROR[reason](scope);
  const path = reason === "session" ? "Cookie" : "Authorization";
  const problems =
    status === 401 || status === 403 ? [{ path, reason: reason === "missing" ? HOW : error }] : [];
  return {
    ok: false,
    reason,
    status,
    problem: { error, problems },
    headers: headersOf(reason, scope, retryAfter),
  };
}

function headersOf(reason: RefusalReason, scope: KeyScope, retryAfter: number): Record<string, string> {
  const challenge = 'Bearer realm="unstuck"';
  if (reason === "rate" || reason === "away") return { "Retry-After": String(retryAfter) };
  if (reason === "missing") return { "WWW-Authenticate": challenge };
  if (reason === "scope")
    return { "WWW-Authenticate": `${challenge}, error="insufficient_scope", scope="${scope}"` };
  return { "WWW-Authenticate": `${challenge}, error="invalid_token"` };
}
