import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { acceptMessage } from "../ingest/accept-message.ts";
import { closeWriter, ingestQueue } from "../ingest/ingest-queue.ts";
import { saveDiagnosis } from "../runs/save-diagnosis.ts";
import { changePolicy, type PolicyChange } from "./change-policy.ts";
import { readOverrides } from "./overrides.ts";
import { readPolicy } from "./policy.ts";
import { readPolicyHistory } from "./policy-history.ts";
import { judgeNamed } from "./run.ts";
import { readVerdictHistory } from "./verdict-history.ts";

const { url } = await testDatabase();
process.env["DATABASE_URL"] = url;
beforeAll(() => prepareJobs(url));
afterAll(async () => {
  await closeWriter();
  await database().$disconnect();
});

const change = (more: Partial<PolicyChange>): Promise<Instant | null> =>
  changePolicy({
    ...{ threshold: "outputStableMs", pipeline: "nightly", node: null, who: "Ada", note: "" },
    ...{ value: 900_000, ...more },
  });

async function say(
  runId: string,
  name: string,
  type: string,
  ago: number,
  outputs: object[] = [],
): Promise<void> {
  const at = (now() - ago * 1000) as Instant;
  const json = {
    ...{ eventType: type, eventTime: toIso(at), run: { runId } },
    ...{ job: { namespace: "test", name }, outputs },
  };
  const read = acceptMessage(json, JSON.stringify(json), at);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await ingestQueue().add([{ message: read.message }]);
}

const written = { namespace: "file", name: "/model", outputFacets: { outputStatistics: { size: 9 } } };

/** A run whose output has been there for five minutes. */
async function lost(runId: string, name: string): Promise<void> {
  await say(runId, name, "START", 600);
  await say(runId, name, "RUNNING", 300, [written]);
}

const rulesOf = async (runId: string, at?: Instant) =>
  (await judgeNamed(runId, at))?.judged.diagnosis.verdicts.map((v) => v.rule);

/** Runs of which a diagnosis is asked for at once, behind what events ask for. */
async function asked(): Promise<string[]> {
  const rows = await database().$queryRaw<{ key: string }[]>`
    SELECT key FROM graphile_worker.jobs WHERE priority = 10 ORDER BY key`;
  return rows.map((row) => row.key.replace("diagnose:", ""));
}

describe("a policy that is set", () => {
  it("holds for the runs that it matches from then on, and asks for their diagnosis", async () => {
    await lost("mine", "nightly");
    await lost("other", "weekly");
    await say("over", "nightly", "START", 500);
    await say("over", "nightly", "COMPLETE", 400);
    for (const id of ["mine", "other", "over"]) await saveDiagnosis(database(), id);
    expect(await rulesOf("mine")).toContain("lost-completion");
    const before = now();
    await change({});
    expect(await asked()).toEqual(["mine"]);
    expect(await rulesOf("mine")).not.toContain("lost-completion");
    expect(await rulesOf("other")).toContain("lost-completion");
    // What was known before it was set was judged without it.
    expect(await rulesOf("mine", (before - 1) as Instant)).toContain("lost-completion");
  });

  it("ends a verdict with the reason that it was set", async () => {
    await saveDiagnosis(database(), "mine");
    const history = await readVerdictHistory("mine", { node: "nightly" });
    const told = history?.changes.map(({ change: what, rule, words }) => [what, rule, words]);
    expect(told).toEqual([
      ["opened", "lost-completion", expect.any(String)],
      ["closed", "lost-completion", "the policy changed: `outputStableMs` is 15m, and was 1m"],
    ]);
    expect((await readVerdictHistory("mine", { node: "elsewhere" }))?.changes).toEqual([]);
    expect(await readVerdictHistory("never heard of")).toBeNull();
  });

  it("is replaced by the next for the same globs, and gone when it is taken away", async () => {
    await change({ value: 120_000, who: "Bob", note: "too long" });
    await change({ node: "train", value: 1_000 });
    expect(
      (await readOverrides(database())).map(({ node, value, who }) => [node, value, who]).sort(),
    ).toEqual([
      [null, 120_000, "Bob"],
      ["train", 1_000, "Ada"],
    ]);
    expect(await change({ value: null, who: "Cleo" })).not.toBeNull();
    expect(await change({ value: null, who: "Cleo" })).toBeNull();
    expect((await readPolicy()).overrides.map((o) => o.node)).toEqual(["train"]);
  });

  it("is told with who changed what, from what to what, newest first", async () => {
    const { changes, nextCursor } = await readPolicyHistory();
    expect(changes.map(({ who, node, before, value, note }) => ({ who, node, before, value, note }))).toEqual(
      [
        { who: "Cleo", node: null, before: 120_000, value: null, note: "" },
        { who: "Ada", node: "train", before: null, value: 1_000, note: "" },
        { who: "Bob", node: null, before: 900_000, value: 120_000, note: "too long" },
        { who: "Ada", node: null, before: null, value: 900_000, note: "" },
      ],
    );
    expect(nextCursor).toBeNull();
    const older = await readPolicyHistory(changes[1]?.id);
    expect(older.changes.map((c) => c.who)).toEqual(["Bob", "Ada"]);
    for (const harm of ["UPDATE policy_change SET who = ''", "DELETE FROM policy_change"])
      await expect(database().$executeRawUnsafe(harm)).rejects.toThrow(/append-only/);
  });
});
