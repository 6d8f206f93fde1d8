import type { Instant } from "../../base/instant.ts";
import type { Event } from "../../events/event.ts";
import { translate } from "../../sources/openlineage/translate.ts";
import { readMessage } from "../../sources/openlineage/wire.ts";
import { reportError } from "../report-error.ts";
import { stamped } from "./accepted.ts";
import { unpackBody } from "./stored-body.ts";

/** A message of the log, as far as its events are made of it. */
export interface Logged {
  readonly id: string;
  readonly received_at: Date;
  readonly body: Uint8Array;
}

/**
 * What a message of the log tells, translated as today: a translator that has learned to read more reads it in old
 * messages too. One that it would refuse today tells nothing, and that is reported.
 */
export function loggedEvents({ id, received_at, body }: Logged): Event[] {
  const read = readMessage(JSON.parse(unpackBody(body)));
  if (read.ok) return stamped(translate(read.message), id, received_at.getTime() as Instant);
  reportError(`message ${id} of the log cannot be read any more`, read.problems);
  return [];
}
