import { z } from "zod";

const PROBLEMS: Readonly<Record<string, string>> = {
  missing: "Nothing was pasted.",
  malformed: "This is no key of Unstuck's, or not the whole of one: unstuck_read_ and 43 more characters.",
  unknown: "This server does not know this key. Was it made on another one?",
  revoked: "This key was revoked. Ask for a new one.",
  scope: "This key may only send events. To look you need one with the scope read.",
  session: "You were signed out: the key that you signed in with was revoked, or is not known here any more.",
  away: "The key could not be looked up: the database does not answer. Try again in a moment.",
};

const schema = z.object({
  next: z.string().optional().catch(undefined),
  why: z.string().optional().catch(undefined),
});

/** Where to go on to, unchecked, and what was wrong with the key before. */
export function readSignIn(params: Record<string, string | string[] | undefined>): {
  next: string | undefined;
  problem: string | undefined;
} {
  const { next, why } = schema.parse(params);
  return { next, problem: why !== undefined && Object.hasOwn(PROBLEMS, why) ? PROBLEMS[why] : undefined };
}
