import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, plus, toIso } from "../../base/instant.ts";
import type { Json } from "../../testing/lineage.ts";
import { accepted, openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { prepareJobs } from "../background.ts";
import { judgeRun } from "./judge-run.ts";

const { url } = await testDatabase();
const log = openLog(url);
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

const BEGAN = Date.UTC(2026, 0, 31, 9) as Instant;

/** A message of a step that promises a beat every 10 s, received as it was sent. */
function said(source: string, root: string, step: string, second: number, type = "RUNNING") {
  const at = plus(BEGAN, second * 1000);
  const parent: Json = { run: { runId: root }, job: { namespace: source, name: root } };
  return {
    receivedAt: at,
    json: {
      ...{ eventType: type, eventTime: toIso(at), producer: "https://test" },
      run: { runId: step, facets: { parent, unstuck_heartbeat: { interval: 10 } } },
      job: { namespace: source, name: `${root}.${step}` },
    },
  };
}

/** Beats from second 0 to 100, and again from 600 to 700. */
const outage = (source: string, root: string, step: string) => [
  said(source, root, step, 0, "START"),
  ...Array.from({ length: 10 }, (_, i) => said(source, root, step, 10 * (i + 1))),
  ...Array.from({ length: 11 }, (_, i) => said(source, root, step, 600 + 10 * i)),
];

async function asOf(root: string, second: number): Promise<string> {
  const judged = await judgeRun(log.db, root, { at: plus(BEGAN, second * 1000) });
  const rules = judged?.diagnosis.blockers.map((b) => b.verdict?.rule ?? "nothing") ?? [];
  return `${judged?.diagnosis.state}: ${[...new Set(rules)].join(", ")}`;
}

describe("of a past instant it is known", () => {
  it("that the source was dark, though all that fell silent has spoken since", async () => {
    await log.append(accepted(["a", "b"].flatMap((step) => outage("dark", "dark-run", `dark-${step}`))));
    expect(await asOf("dark-run", 50)).toBe("progressing: nothing");
    expect(await asOf("dark-run", 200)).toBe("unknown: dark-source");
    expect(await asOf("dark-run", 650)).toBe("progressing: nothing");
    expect(await asOf("dark-run", 800)).toBe("unknown: dark-source");
  });

  it("the same where others of the source are of other runs, or have ended since", async () => {
    await log.append(
      accepted([
        ...outage("wide", "wide-run-1", "wide-1"),
        ...outage("wide", "wide-run-2", "wide-2"),
        ...outage("ended", "ended-run", "ended-1"),
        ...outage("ended", "ended-run", "ended-2"),
        said("ended", "ended-run", "ended-2", 710, "COMPLETE"),
      ]),
    );
    expect(await asOf("wide-run-1", 200)).toBe("unknown: dark-source");
    expect(await asOf("ended-run", 200)).toBe("unknown: dark-source");
  });

  it("that the source was there, where another attempt of it went on", async () => {
    const goesOn = Array.from({ length: 40 }, (_, i) => said("alive", "alive-run", "alive-2", 10 * i));
    await log.append(accepted([...outage("alive", "alive-run", "alive-1"), ...goesOn]));
    expect(await asOf("alive-run", 200)).toMatch(/^stuck: silent-heartbeat/);
  });
});
