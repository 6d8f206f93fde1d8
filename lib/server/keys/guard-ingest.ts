import type { Problem } from "../../contract/problem.ts";
import { readEnv } from "../env.ts";
import type { Answer } from "../ingest/answer.ts";
import { countAnswer } from "../metrics.ts";
import { processWide } from "../process-wide.ts";
import { admit, type KeyRefusal, refusedKey } from "./admit.ts";
import { bearerOf } from "./key-text.ts";
import { TokenBuckets } from "./token-buckets.ts";
import type { Visit } from "./visit.ts";

const buckets = () =>
  processWide("key-buckets", () => {
    const { UNSTUCK_KEY_RATE, UNSTUCK_KEY_BURST } = readEnv();
    return new TokenBuckets(UNSTUCK_KEY_RATE, UNSTUCK_KEY_BURST);
  });

/**
 * Lets a post of events or beats in, or turns it away before its body is read. A request pays for one event as it
 * comes, and for the others once they were counted.
 */
export async function guardIngest(visit: Visit, accept: () => Promise<Answer>): Promise<Answer> {
  // A browser sends a plain text anywhere without asking: any page could write into the log of a server on this machine.
  if (visit.isCrossSite && bearerOf(visit.authorization) === undefined) {
    countAnswer(403);
    const error = "This was sent by a page of another site. Events come from programs.";
    return { status: 403, body: { error, problems: [] } satisfies Problem };
  }
  const admission = await admit(visit, "ingest");
  if (!admission.ok) return turnedAway(admission);
  const id = admission.key?.id;
  if (id === undefined) return accept();
  const wait = buckets().take(id, performance.now());
  if (wait > 0) return turnedAway(refusedKey("rate", "ingest", wait));
  const answer = await accept();
  buckets().charge(id, (answer.weight ?? 1) - 1, performance.now());
  return answer;
}

function turnedAway({ status, problem, headers }: KeyRefusal): Answer {
  countAnswer(status);
  return { status, body: problem, headers };
}
