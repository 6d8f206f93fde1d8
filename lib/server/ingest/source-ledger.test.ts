import { describe, expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { claimedSource, SourceLedger } from "./source-ledger.ts";

const HOUR = 3_600_000;
const at = (hour: number, second = 0) => (hour * HOUR + second * 1000) as Instant;
const refusal = (source: string, n: number) => ({
  ...{ source, at: at(5, n), status: 422, path: "run.runId", reason: `reason ${n}` },
  body: "{}",
});

describe("the ledger of the sources", () => {
  it("counts by source and hour, and forgets what it gave", () => {
    const ledger = new SourceLedger();
    ledger.count("a", at(5, 1), "accepted", 2);
    ledger.count("a", at(5, 3_599), "accepted", 3);
    ledger.count("a", at(6), "duplicate", 1);
    ledger.count("b", at(5), "beats", 7);
    const zero = { accepted: 0, duplicate: 0, noted: 0, refused: 0, beats: 0 };
    expect(ledger.take().hours).toEqual([
      { ...zero, source: "a", hour: 5, accepted: 5 },
      { ...zero, source: "a", hour: 6, duplicate: 1 },
      { ...zero, source: "b", hour: 5, beats: 7 },
    ]);
    expect(ledger.isEmpty).toBe(true);
    expect(ledger.take()).toEqual({ hours: [], refusals: [], notes: [] });
  });

  it("keeps the newest of a flood of refusals, and counts all of them", () => {
    const ledger = new SourceLedger();
    for (let n = 0; n < 5_000; n++) ledger.refuse(refusal("a", n));
    const { hours, refusals } = ledger.take();
    expect(hours.reduce((sum, { refused }) => sum + refused, 0)).toBe(5_000);
    expect(refusals).toHaveLength(1_000);
    expect([refusals[0]?.reason, refusals.at(-1)?.reason]).toEqual(["reason 4000", "reason 4999"]);
  });

  it("counts under unknown what comes of ever new names", () => {
    const ledger = new SourceLedger();
    for (let n = 0; n < 2_000; n++) ledger.count(`source-${n}`, at(5), "refused", 1);
    const { hours } = ledger.take();
    expect(hours).toHaveLength(501);
    expect(hours.find(({ source }) => source === "unknown")?.refused).toBe(1_500);
  });

  it("keeps only the beginning of a body, as Postgres can hold it", () => {
    const ledger = new SourceLedger();
    ledger.refuse({ ...refusal("a", 1), body: `\u0000${"x".repeat(1_998)}😀${"y".repeat(10_000)}` });
    const body = ledger.take().refusals[0]?.body ?? "";
    expect(body).toBe(`\ufffd${"x".repeat(1_998)}\ufffd`);
  });

  it("adds what could not be written to what came meanwhile", () => {
    const ledger = new SourceLedger();
    ledger.refuse(refusal("a", 1));
    const page = ledger.take();
    ledger.refuse(refusal("a", 2));
    ledger.restore(page);
    const { hours, refusals } = ledger.take();
    expect(hours.map(({ refused }) => refused)).toEqual([2]);
    expect(refusals.map(({ reason }) => reason)).toEqual(["reason 1", "reason 2"]);
  });
});

describe("the source that a refused message claims", () => {
  it.each([
    [{ job: { namespace: "airflow-prod" } }, "airflow-prod"],
    [{ dataset: { namespace: "s3://shop" } }, "s3://shop"],
    [{ job: { namespace: 7 } }, "unknown"],
    [{ job: { namespace: " " } }, "unknown"],
    [[{ job: { namespace: "airflow-prod" } }], "unknown"],
    [null, "unknown"],
    ["text", "unknown"],
  ])("of %j is %s", (json, source) => {
    expect(claimedSource(json)).toBe(source);
  });
});
