import { afterAll, beforeAll, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { loadSourceFacts } from "../runs/load-context.ts";
import { acceptMessage } from "./accept-message.ts";

const { url } = await testDatabase();
const log = openLog(url);
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

const BEGAN = Date.UTC(2026, 0, 31, 9);
const BEHIND = 2 * 3_600_000;

/** What a source says whose clock is two hours behind, so many seconds in. */
function said(runId: string, eventType: string, at: number) {
  const receivedAt = (BEGAN + at * 1_000) as Instant;
  const json = {
    ...{ eventType, eventTime: toIso((receivedAt - BEHIND) as Instant) },
    ...{ run: { runId }, job: { namespace: "behind", name: runId } },
  };
  const read = acceptMessage(json, JSON.stringify(json), receivedAt);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.message;
}

it("a clock is known by what is told live, however much begins at once", async () => {
  const skew = async () => {
    const facts = await loadSourceFacts(log.db, ["behind"], (BEGAN + 3_600_000) as Instant);
    return facts.get("behind")?.skewMs;
  };
  for (let i = 0; i < 5; i += 1) {
    await log.append([said(`step ${i}`, "START", i * 60)]);
    await log.append([said(`step ${i}`, "COMPLETE", i * 60 + 30)]);
  }
  expect(await skew()).toBe(-BEHIND);
  for (const lot of [1, 2])
    await log.append(
      Array.from({ length: 60 }, (_, i) => said(`instance ${lot} ${i}`, "START", 400 + i / 100)),
    );
  expect(await skew()).toBe(-BEHIND);
  const { samples } = await log.db.source.findUniqueOrThrow({ where: { name: "behind" } });
  expect(samples).toHaveLength(25);
});
