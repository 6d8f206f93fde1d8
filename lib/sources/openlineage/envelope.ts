import type { Told } from "../../events/event.ts";

/** What is common to all events of one message. */
export interface Envelope {
  readonly source: string;
  readonly attemptId: string;
  readonly occurredAt: Told["occurredAt"];
}
