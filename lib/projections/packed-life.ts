/**
 * The life line of an attempt as the store keeps it: some eighty bytes where JSON takes seven hundred, since all that
 * differs from beat to beat is written again with each.
 */
import { bucketOf, moved } from "../base/bitmap.ts";
import type { Instant } from "../base/instant.ts";
import { Packer, Unpacker } from "../base/packed.ts";
import type { LifeSigns, Progress, Signs } from "./life-signs.ts";
import type { Moment, Register } from "./register.ts";

/** How a packed life line begins. The JSON of earlier versions begins with a brace. */
const PACKED = 1;
const BRACE = 0x7b;

/** The parts in their order; one bit of the second byte for each says whether it is there. */
const PARTS = [
  "firstBeat",
  "lastBeat",
  "intervalMs",
  "progress",
  "cpuSeconds",
  "cpuStep",
  "rssBytes",
  "lastReceivedAt",
] as const;

const HAS_TOTAL = 1;
const HAS_UNIT = 2;

/** How a moment begins that was not written before it: without a message, with a UUID's, with another's. */
const NO_MESSAGE = 0;
const UUID_MESSAGE = 1;
const TEXT_MESSAGE = 2;
/** Greater: one of those before, counted from here. */
const KNOWN = 3;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const packer = new Packer();

export function packLife(life: LifeSigns): Uint8Array {
  packer
    .byte(PACKED)
    .byte(PARTS.reduce((bits, part, i) => bits | (life[part] === undefined ? 0 : 1 << i), 0));
  const moments: Moment[] = [];
  const { firstBeat, lastBeat, intervalMs, progress, cpuSeconds, cpuStep, rssBytes, lastReceivedAt } = life;
  if (firstBeat) packMoment(moments, firstBeat);
  if (lastBeat) packMoment(moments, lastBeat);
  if (intervalMs) packNumber(moments, intervalMs);
  if (progress) packProgress(moments, progress);
  if (cpuSeconds) packNumber(moments, cpuSeconds);
  if (cpuStep) packNumber(moments, cpuStep);
  if (rssBytes) packNumber(moments, rssBytes);
  if (lastReceivedAt !== undefined) packer.whole(lastReceivedAt - (moments.at(-1)?.receivedAt ?? 0));
  return packer.raw(moved(life.beats, -bucketOfFirst(firstBeat))).take();
}

/** The buckets are counted from the first beat on: most sets begin with it. */
function bucketOfFirst(firstBeat: Moment | undefined): number {
  return firstBeat ? bucketOf(firstBeat.at) : 0;
}

/** Several things are told at one moment: it is written once. */
function packMoment(known: Moment[], moment: Moment): void {
  const { at, receivedAt, messageId } = moment;
  const place = known.findIndex(
    (m) => m.at === at && m.receivedAt === receivedAt && m.messageId === messageId,
  );
  if (place >= 0) {
    packer.count(KNOWN + place);
    return;
  }
  const kind = messageId === "" ? NO_MESSAGE : UUID.test(messageId) ? UUID_MESSAGE : TEXT_MESSAGE;
  packer
    .byte(kind)
    .whole(at - (known.at(-1)?.at ?? 0))
    .whole(receivedAt - at);
  if (kind === UUID_MESSAGE) packer.raw(bytesOfUuid(messageId));
  else if (kind === TEXT_MESSAGE) packer.text(messageId);
  known.push(moment);
}

function packNumber(known: Moment[], register: Register<number>): void {
  packMoment(known, register);
  packer.number(register.value);
}

function packProgress(known: Moment[], register: Register<Progress>): void {
  packMoment(known, register);
  const { done, total, unit } = register.value;
  packer.byte((total === undefined ? 0 : HAS_TOTAL) + (unit === undefined ? 0 : HAS_UNIT)).number(done);
  if (total !== undefined) packer.number(total);
  if (unit !== undefined) packer.text(unit);
}

export function unpackLife(attemptId: string, stored: Uint8Array): LifeSigns {
  if (stored[0] === BRACE) return lifeOfJson(attemptId, stored);
  const bytes = new Unpacker(stored);
  const form = bytes.byte();
  if (form !== PACKED)
    throw new Error(`the life line of ${attemptId} has the form ${form}, which nobody wrote`);
  const parts = bytes.byte();
  const has = (part: (typeof PARTS)[number]): boolean => (parts & (1 << PARTS.indexOf(part))) !== 0;
  const moments: Moment[] = [];
  const moment = () => unpackMoment(bytes, moments);
  const number = (): Register<number> => ({ ...moment(), value: bytes.number() });
  // In the order in which they were written.
  const signs: Signs = {
    ...(has("firstBeat") && { firstBeat: moment() }),
    ...(has("lastBeat") && { lastBeat: moment() }),
    ...(has("intervalMs") && { intervalMs: number() }),
    ...(has("progress") && { progress: { ...moment(), value: unpackProgress(bytes) } }),
    ...(has("cpuSeconds") && { cpuSeconds: number() }),
    ...(has("cpuStep") && { cpuStep: number() }),
    ...(has("rssBytes") && { rssBytes: number() }),
    ...(has("lastReceivedAt") && {
      lastReceivedAt: (bytes.whole() + (moments.at(-1)?.receivedAt ?? 0)) as Instant,
    }),
  };
  const beats = moved(stored.subarray(bytes.at), bucketOfFirst(signs.firstBeat));
  return { attemptId, ...signs, beats };
}

function unpackMoment(bytes: Unpacker, known: Moment[]): Moment {
  const kind = bytes.count();
  const told = known[kind - KNOWN];
  if (told) return told;
  const at = (bytes.whole() + (known.at(-1)?.at ?? 0)) as Instant;
  const receivedAt = (at + bytes.whole()) as Instant;
  const messageId =
    kind === UUID_MESSAGE ? uuidOfBytes(bytes.raw(16)) : kind === TEXT_MESSAGE ? bytes.text() : "";
  const moment = { at, receivedAt, messageId };
  known.push(moment);
  return moment;
}

function unpackProgress(bytes: Unpacker): Progress {
  const has = bytes.byte();
  const done = bytes.number();
  return {
    done,
    ...((has & HAS_TOTAL) !== 0 && { total: bytes.number() }),
    ...((has & HAS_UNIT) !== 0 && { unit: bytes.text() }),
  };
}

/** What earlier versions kept, until its attempt beats again; its beats lay apart. */
function lifeOfJson(attemptId: string, stored: Uint8Array): LifeSigns {
  const signs: Signs = JSON.parse(new TextDecoder().decode(stored));
  return { ...signs, attemptId, beats: new Uint8Array(0) };
}

function bytesOfUuid(uuid: string): Uint8Array {
  const hex = uuid.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

function uuidOfBytes(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
