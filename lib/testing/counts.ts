import { z } from "zod";

/** How many tests ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const count = z.number().int().nonnegative().catch(0);

const vitestReport = z.object({
  numPassedTests: count,
  numFailedTests: count,
  numPendingTests: count,
  numTodoTests: count,
});

const playwrightReport = z.object({
  stats: z
    .object({ expected: count, unexpected: count, flaky: count, skipped: count })
    .catch({ expected: 0, unexpected: 0, flaky: 0, skipped: 0 }),
});

/** The counts of Vitest's JSON report; all 0 where it wrote none. */
export function vitestCounts(report: unknown): Counts {
  const counts = vitestReport.parse(report);
  return {
    passed: counts.numPassedTests,
    failed: counts.numFailedTests,
    skipped: counts.numPendingTests + counts.numTodoTests,
  };
}

/** The counts of Playwright's JSON report; all 0 where it wrote none. A flaky test has passed in the end. */
export function playwrightCounts(report: unknown): Counts {
  const { stats } = playwrightReport.parse(report);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** The sum of two counts. */
export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The line that ends a test run. */
export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}
