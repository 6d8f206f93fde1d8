import { Readable } from "node:stream";
import { expect, it, vi } from "vitest";
import { acceptLineage } from "./accept.ts";
import { acceptBatch } from "./accept-batch.ts";

// Nobody listens there.
process.env["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/none";

const event = (runId: string) => ({
  eventType: "START",
  eventTime: "2026-01-31T09:30:00Z",
  run: { runId },
  job: { namespace: "test", name: "away" },
});
const body = (value: unknown) => ({ stream: Readable.from([JSON.stringify(value)]), encoding: undefined });

it("while the store is away every producer is asked to come again, and the operator is told once", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const single = await Promise.all(["a", "b", "c"].map((id) => acceptLineage(body(event(id)))));
  expect(single.map(({ status, headers }) => [status, headers])).toEqual(
    Array(3).fill([503, { "Retry-After": "1" }]),
  );
  const events = Array.from({ length: 1_200 }, (_, i) => event(`${i}`));
  const batch = await acceptBatch({ ...body(events), type: undefined });
  expect([batch.status, batch.headers]).toEqual([503, { "Retry-After": "1" }]);
  expect(told).toHaveBeenCalledOnce();
  expect(told).toHaveBeenCalledWith(
    expect.stringMatching(/^events and beats cannot be stored: the store cannot be reached: .*ECONNREFUSED/),
  );
  told.mockRestore();
});
