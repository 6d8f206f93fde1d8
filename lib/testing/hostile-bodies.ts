/** Bodies that hurt, for each of the doors that producers post to, for fast-check. */
import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { DEEP, example, hostile, mutated, NUMBERS, nested, raw, TIMES, written } from "./hostile-json.ts";

/** A body as it goes over the wire. */
export interface HostileBody {
  readonly bytes: Buffer;
  readonly encoding?: string;
  readonly type?: string;
}

/** What inflates to so many bytes, from a thousandth of them or less. */
const BOMB_BYTES = 64 * 1024 ** 2;
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
const blanks = Buffer.alloc(BOMB_BYTES, " ");
const BOMBS: readonly HostileBody[] = [
  { bytes: gzipSync(blanks), encoding: "gzip" },
  { bytes: deflateSync(blanks), encoding: "deflate" },
  { bytes: brotliCompressSync(blanks, quick), encoding: "br" },
  { bytes: gzipSync(gzipSync(blanks)), encoding: "gzip" },
  { bytes: gzipSync(Buffer.from(nested(5_000_000, "[", "]"))), encoding: "gzip" },
  { bytes: gzipSync(Buffer.alloc(BOMB_BYTES, "x")), encoding: "gzip", type: "application/x-ndjson" },
];

const beat = fc.record(
  {
    runId: fc.oneof(fc.constantFrom("b1", "b2", "\ud800", "a\0b", "__proto__", "constructor", " "), hostile),
    at: fc.oneof(fc.constantFrom(...TIMES), hostile),
    interval: fc.oneof(fc.constantFrom(10, ...NUMBERS.map(raw)), hostile),
    sequence: fc.constantFrom(1, ...NUMBERS.map(raw)),
    progress: fc.oneof(fc.record({ done: fc.constantFrom(1, ...NUMBERS.map(raw)), unit: hostile }), hostile),
    cpuSeconds: fc.constantFrom(1, ...NUMBERS.map(raw)),
  },
  { requiredKeys: ["runId"] },
);

/** Those of one request: bad in every part, far away in time, or good beside what nobody reads. */
const beats = fc.oneof(
  fc.array(beat, { maxLength: 5 }),
  fc.array(
    fc.record({
      runId: fc.constantFrom("b1", "b2", "\ud800", "a\0b", "__proto__"),
      at: fc.constantFrom(...TIMES),
    }),
  ),
  fc.array(
    fc.record(
      {
        runId: fc.constantFrom("b1", "toString"),
        cpuSeconds: fc.constantFrom(1, raw("1e308"), raw("-0")),
        x: hostile,
      },
      { requiredKeys: ["runId"] },
    ),
    { minLength: 1 },
  ),
);

/** One value that may stand where an event or a list of beats is expected. */
const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: mutated.map(written) },
  { weight: 2, arbitrary: beats.map((all) => written({ beats: all })) },
  { weight: 2, arbitrary: hostile.map(written) },
  fc.constantFrom(
    ...[
      '{"beats":[{"runId":"twice","runId":7}]}',
      '{"__proto__":{"beats":[]},"constructor":{"prototype":{"a":1}}}',
    ],
    ...["null", "[]", "{}", "-0", "1e999", '"\\ud800"', '"\\u0000"', `{"run":${"9".repeat(400)}}`],
    ...[nested(DEEP, "[", "]"), nested(DEEP, '{"run":', "}"), `"${"x".repeat(300_000)}"`],
  ),
);

/** Text that is nearly JSON, in one value or several. */
const text: fc.Arbitrary<string> = fc.oneof(
  value,
  fc.array(value, { maxLength: 6 }).map((all) => `[${all.join(",")}]`),
  fc.array(value, { maxLength: 6 }).map((all) => all.join("\n")),
  example.map((one) => `[${one},${one}]`),
);

const bytes: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 4, arbitrary: text.map((whole) => Buffer.from(whole)) },
  fc.tuple(text, fc.double({ min: 0, max: 1, noNaN: true })).map(([whole, part]) => {
    const all = Buffer.from(whole);
    return all.subarray(0, Math.floor(all.length * part));
  }),
  fc.tuple(text, fc.array(fc.tuple(fc.nat(5_000), fc.nat(255)), { maxLength: 4 })).map(([whole, changes]) => {
    const all = Buffer.from(`${whole} `);
    for (const [at, byte] of changes) all[at % all.length] = byte;
    return all;
  }),
  text.map((whole) => Buffer.from(whole, "utf16le")),
  text.map((whole) => Buffer.from(`\ufeff${whole}`)),
  fc.uint8Array({ maxLength: 200 }).map((some) => Buffer.from(some)),
);

const type = fc.option(fc.constantFrom("application/json", "application/x-ndjson", "text/plain", "x"), {
  nil: undefined,
});

/** Any of them, in any encoding, said rightly or not. */
export const hostileBody: fc.Arbitrary<HostileBody> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ bytes, type }) },
  {
    weight: 20,
    arbitrary: fc
      .tuple(bytes, type, fc.double({ min: 0, max: 2, noNaN: true }))
      .map(([plain, said, part]) => {
        const packed = gzipSync(plain);
        return { bytes: packed.subarray(0, Math.ceil(packed.length * part)), encoding: "gzip", type: said };
      }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      bytes,
      type,
      encoding: fc.constantFrom("gzip", "br", "deflate", "zip", "gzip, gzip", ""),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom(...BOMBS) },
) as fc.Arbitrary<HostileBody>;
