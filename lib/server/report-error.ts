import { errorWords } from "../base/error-words.ts";
import { withoutKeys } from "./keys/key-text.ts";

/** The one way in which the server tells its operator of what went wrong. Never give it bodies, keys or URLs with passwords. */
export function reportError(
  what: string,
  error: unknown,
  details: Record<string, string | number> = {},
): void {
  const where = error instanceof Error && error.stack ? `\n${error.stack}` : "";
  const more = Object.entries(details).map(([name, value]) => ` ${name}=${value}`);
  // A key that came along after all, in a name or in a driver's message, is cut down to how it begins.
  console.error(withoutKeys(`${what}: ${errorWords(error)}${more.join("")}${where}`));
}
