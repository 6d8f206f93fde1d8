import { expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { packPart, unpackPart } from "./packed-part.ts";
import { badArray, type Part, type PartRead, readPart } from "./read-part.ts";
import { unpackBody } from "./stored-body.ts";

const event = (runId: string, more: object = {}) => ({
  eventType: "RUNNING",
  eventTime: "2026-01-31T09:30:00Z",
  run: { runId, facets: { unstuck_heartbeat: { interval: 10 } } },
  job: { namespace: "näme", name: "packed" },
  ...more,
});
const part = (form: Part["form"], text: string | Uint8Array): Part => ({
  form,
  bytes: new Uint8Array(Buffer.from(text)),
  receivedAt: Date.UTC(2026, 0, 31, 10) as Instant,
});

function all(read: PartRead) {
  const events = [];
  for (let next = read.next(); ; next = read.next()) {
    if (next.done) return { events, bad: next.value };
    events.push(next.value);
  }
}

const texts = [
  JSON.stringify(event("a", { filler: "the same again ".repeat(100) })),
  JSON.stringify(event("b"), null, " ").replaceAll("\n", ""),
  JSON.stringify(event("c", { run: {} })),
  "7",
  JSON.stringify({ job: { namespace: "only", name: "a job" }, eventTime: "2026-01-31T09:30:00Z" }),
];

it.each([
  part("lines", `${texts.join("\n\n")}\n{"broken":\r\n${texts[0]}\r`),
  part("array", `[ ${texts.join(" ,\n")} ]`),
  part("lines", ""),
  part("array", "[]"),
])("comes out of another thread as it was read there", (given) => {
  const plain = all(readPart(given));
  const unpacked = all(unpackPart(structuredClone(packPart(given))));
  expect(unpacked.bad).toBeUndefined();
  expect(unpacked.events).toEqual(
    plain.events.map((e) => ("message" in e ? { message: { ...e.message, body: expect.anything() } } : e)),
  );
  const bodies = (events: typeof plain.events) =>
    events.flatMap((e) => ("message" in e ? [unpackBody(e.message.body)] : []));
  expect(bodies(unpacked.events)).toEqual(bodies(plain.events));
});

it("keeps each event of an array as it was written in it", () => {
  const { events } = all(readPart(part("array", `[ ${texts.join(" ,\n")} ]`)));
  const kept = events.flatMap((e) => ("message" in e ? [unpackBody(e.message.body)] : []));
  expect(kept).toEqual([texts[0], texts[1], texts[4]]);
});

it("counts by source what is refused beyond the first thousand", () => {
  const refused = (namespace: string) => JSON.stringify({ job: { namespace }, run: {} });
  const lines = [...Array(1_500).fill(refused("x")), ...Array(3).fill(refused("y")), texts[0]];
  const { events } = all(unpackPart(packPart(part("lines", lines.join("\n")))));
  expect(events.filter((e) => "refusal" in e)).toHaveLength(1_000);
  const counted = new Map<string, number>();
  for (const e of events)
    if ("more" in e) counted.set(e.more.source, (counted.get(e.more.source) ?? 0) + e.more.count);
  expect([...counted]).toEqual([
    ["x", 500],
    ["y", 3],
  ]);
  expect(events.at(-1)).toHaveProperty("message");
});

it("refuses a line that is not UTF-8 alone, and reads on behind it", () => {
  const bytes = Buffer.concat([
    Buffer.from(`${texts[0]}\n`),
    Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    Buffer.from(`\n${texts[1]}`),
  ]);
  for (const read of [readPart, (p: Part) => unpackPart(packPart(p))]) {
    const { events, bad } = all(read(part("lines", bytes)));
    expect(events).toMatchObject([
      { message: {} },
      { refusal: { status: 400, reason: "the line is not UTF-8", body: '"\ufffd"' } },
      { message: {} },
    ]);
    expect(bad).toBeUndefined();
  }
});

it("keeps nothing of an array that is no JSON", () => {
  const broken = part("array", `[${texts[0]},{"a":tru}]`);
  const reason = { status: 400, error: "The body is not JSON.", reason: expect.stringContaining("JSON") };
  expect(all(unpackPart(packPart(broken)))).toEqual({ events: [], bad: expect.objectContaining(reason) });
  expect(badArray(broken.bytes)).toMatchObject(reason);
  expect(badArray(part("array", texts.join(",")).bytes)).toMatchObject({ status: 400 });
  expect(badArray(part("array", "{}").bytes)).toMatchObject({
    status: 422,
    reason: expect.stringContaining("an array of events expected"),
  });
  expect(badArray(part("array", `[${texts}]`).bytes)).toBeUndefined();
});
