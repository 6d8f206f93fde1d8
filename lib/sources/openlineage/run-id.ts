import { storableText } from "../../base/storable-text.ts";
import { isUuid } from "../../base/uuid.ts";

/** The longest run id that is accepted, in characters. The standard wants a UUID, which has 36. */
export const LONGEST_RUN_ID = 512;

/**
 * The one form of a run id, so that every way in names the same attempt: trimmed, and in lower case where it is a UUID
 * (a UUID has no case; other ids do). Undefined where the text cannot be an id: empty or longer than LONGEST_RUN_ID.
 */
export function normaliseRunId(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > LONGEST_RUN_ID) return undefined;
  return isUuid(trimmed) ? trimmed.toLowerCase() : storableText(trimmed);
}
