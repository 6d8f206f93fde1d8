import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Instant, plus } from "../../base/instant.ts";
import { foldMessages } from "../../testing/fold-messages.ts";
import { accepted, openLog } from "../../testing/open-log.ts";
import { testDatabase } from "../../testing/postgres.ts";
import { copyOf, tries, wireTrees } from "../../testing/wire-trees.ts";
import { prepareJobs } from "../background.ts";
import { findRunId } from "./load-run.ts";
import { loadRunAsOf } from "./load-run-as-of.ts";

const { url } = await testDatabase();
const log = openLog(url);
beforeAll(() => prepareJobs(url));
afterAll(() => log.close());

const BEGAN = Date.UTC(2026, 0, 31, 9) as Instant;
let copies = 0;

it("gives at each instant the runs that were known then, whatever came later", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(wireTrees({ size: 5 }), async (tree) => {
      copies += 1;
      // One every 7 s, so that some come before what they tell of, by clocks that are wrong, and some long after.
      const messages = accepted(
        copyOf(tree, copies).map(({ json }, i) => ({ json, receivedAt: plus(BEGAN, i * 7_000) })),
      );
      await log.append(messages);
      const all = [...foldMessages(messages).runOf.keys()];
      for (const [i, { receivedAt }] of messages.entries()) {
        const known = foldMessages(messages.slice(0, i + 1));
        for (const id of all) {
          const today = (await findRunId(log.db, id)) ?? id;
          const root = known.runOf.get(id);
          const run = root === undefined ? undefined : known.runs.get(root);
          expect(await loadRunAsOf(log.db, today, receivedAt, id)).toEqual(run);
        }
      }
    }),
    tries(12),
  );
});
