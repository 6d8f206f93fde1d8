import { assertNever } from "../../base/assert-never.ts";
import type { Instant } from "../../base/instant.ts";
import { storableText } from "../../base/storable-text.ts";
import type { Problem } from "../../contract/problem.ts";
import { translate } from "../../sources/openlineage/translate.ts";
import { type Message, readMessage } from "../../sources/openlineage/wire.ts";
import { type Accepted, messageIdOf, stamped } from "./accepted.ts";
import { packBody } from "./stored-body.ts";

/**
 * Reads a JSON value, and the text that it was, as a message that can be appended; where it is none, says where and why.
 * `body` is the text in UTF-8, where that is at hand.
 */
export function acceptMessage(
  json: unknown,
  text: string,
  receivedAt: Instant,
  body?: Uint8Array,
): { ok: true; message: Accepted } | { ok: false; problems: Problem["problems"] } {
  const read = readMessage(json);
  if (!read.ok) return { ok: false, problems: [...read.problems] };
  const { message } = read;
  const id = messageIdOf(json, text);
  const plain = body ?? Buffer.from(text, "utf8");
  const events = stamped(translate(message), id, receivedAt);
  return {
    ok: true,
    message: {
      id,
      source: storableText(message.kind === "dataset" ? message.dataset.namespace : message.job.namespace),
      type: typeOf(message),
      attemptId: message.kind === "run" ? message.run.runId : null,
      occurredAt: message.eventTime,
      receivedAt,
      body: packBody(plain),
      size: plain.length,
      events,
    },
  };
}

function typeOf(message: Message): string {
  switch (message.kind) {
    case "run":
      return message.eventType ?? "OTHER";
    case "job":
      return "JOB";
    case "dataset":
      return "DATASET";
    default:
      return assertNever(message);
  }
}
