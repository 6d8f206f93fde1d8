import { isOpen, keysAreRequired, needsKey } from "./admit.ts";
import { isCrossSite, isFromThisMachine, isLoopbackHost, type Visit, visitOf } from "./visit.ts";

/** Whether a visit may make and revoke keys: a key that reads, or sends, must not make others. */
function mayChangeKeys(visit: Visit): boolean {
  return !needsKey(visit);
}

/** Why a request may not make or revoke keys; undefined where it may. */
export function whyNotChangeKeys(request: Request): string | undefined {
  return whyNotChange(
    request,
    "Keys are made and revoked on the server itself: npm run unstuck -- key --help",
  );
}

/** Why a request may not set thresholds; undefined where it may. A key that reads must not change what others read. */
export function whyNotChangePolicy(request: Request): string | undefined {
  return whyNotChange(
    request,
    "Thresholds are set on the server itself, or behind a proxy that asks who is there (UNSTUCK_OPEN=1).",
  );
}

function whyNotChange(request: Request, elsewhere: string): string | undefined {
  return whyNotKeepForOthers(request) ?? (mayChangeKeys(visitOf(request)) ? undefined : elsewhere);
}

/**
 * Why a request may not leave anything here for others, be it only what any reader may leave; undefined where it may.
 * It must be one of our own pages that asks.
 */
export function whyNotKeepForOthers(request: Request): string | undefined {
  if (isCrossSite(request.headers))
    return "This was asked by a page of another site. Open our own page for it.";
  const visit = visitOf(request);
  // Another site's name may be made to lead to this machine: its page then asks us as if it were ours.
  const isOurs = isOpen() || !isFromThisMachine(visit) || isLoopbackHost(visit.host);
  return isOurs ? undefined : "Open this page under a name of this machine, such as http://localhost.";
}

/** What a page says of keys: whether they are asked for here, and whether its reader may change them. Without a visit Next runs alone. */
export function keyRules(visit: Visit | undefined): { required: boolean; changeable: boolean } {
  return { required: keysAreRequired(), changeable: visit === undefined ? isOpen() : mayChangeKeys(visit) };
}
