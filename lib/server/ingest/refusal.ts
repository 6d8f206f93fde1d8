import type { Problem } from "../../contract/problem.ts";
import { BODY_KEPT, claimedSource } from "./source-ledger.ts";

/** A larger body is not read again for the sake of its source's name, in UTF-16 code units. */
const READ_AGAIN_UP_TO = 100_000;

/** What of a refused message is told to its sender, and kept for whoever mends it. */
export interface Refusal {
  readonly status: number;
  /** Where it says that it comes from. */
  readonly source: string;
  readonly path: string;
  readonly reason: string;
  /** How it begins. */
  readonly body: string;
}

export interface Refused {
  readonly status: number;
  readonly problems: Problem["problems"];
  /** Said where no problem has a reason of its own. */
  readonly error: string;
  /** As it was received, where it could be read at all. */
  readonly body: string | undefined;
  /** What the body was read as, where the caller knows. */
  readonly json?: unknown;
}

/** Of all that is known of a refused message what is told and kept. */
export function refusalOf({ status, problems, error, body = "", json }: Refused): Refusal {
  const [first] = problems;
  return {
    status,
    source: claimedSource(json ?? readAgain(body)),
    path: first?.path ?? "",
    reason: first?.reason ?? error,
    // One more than is kept, so that it is seen to have been cut, and copied.
    body: body.slice(0, BODY_KEPT + 1),
  };
}

function readAgain(body: string): unknown {
  if (body.length > READ_AGAIN_UP_TO) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
