import { expect, test } from "vitest";
import { addCounts, inWords, playwrightCounts, vitestCounts } from "./counts.ts";

test("the reports of both runners add up", () => {
  const vitest = vitestCounts({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
  const playwright = playwrightCounts({ stats: { expected: 3, unexpected: 2, flaky: 1, skipped: 0 } });
  expect(addCounts(vitest, playwright)).toEqual({ passed: 11, failed: 3, skipped: 3 });
});

test("a report that was never written counts nothing", () => {
  const nothing = { passed: 0, failed: 0, skipped: 0 };
  expect(vitestCounts({})).toEqual(nothing);
  expect(playwrightCounts({})).toEqual(nothing);
});

test("the last line names skipped tests only where there are any", () => {
  expect(inWords({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
  expect(inWords({ passed: 12, failed: 1, skipped: 3 })).toBe("12 passed, 1 failed, 3 skipped");
});
