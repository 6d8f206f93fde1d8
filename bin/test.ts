import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../lib/server/command.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { buildPages } from "../lib/server/next-build.ts";
import { addCounts, type Counts, inWords, playwrightCounts, vitestCounts } from "../lib/testing/counts.ts";
import { runProgram } from "../lib/testing/run-program.ts";

/** A step succeeds with true. Where it ran tests, it leaves a report of them at the given path. */
interface Step {
  name: string;
  run: (report: string) => Promise<boolean>;
  counts?: (report: unknown) => Counts;
}

const STEPS: readonly Step[] = [
  { name: "lint", run: () => succeeds("biome", ["ci", "--error-on-warnings"]) },
  {
    name: "types",
    run: async () =>
      (await succeeds("next", ["typegen"])) &&
      (await succeeds("tsc", ["--noEmit", "-p", "tsconfig.check.json"])),
  },
  { name: "knip", run: () => succeeds("knip", []) },
  { name: "unit", run: (report) => vitest("unit", report), counts: vitestCounts },
  { name: "db", run: (report) => vitest("db", report), counts: vitestCounts },
  { name: "build", run: async () => Boolean(await buildPages(() => {})) },
  {
    name: "browser",
    run: (report) =>
      succeeds("node", ["bin/e2e.ts", "--reporter=list,json"], { PLAYWRIGHT_JSON_OUTPUT_NAME: report }),
    counts: playwrightCounts,
  },
];

await runCommand(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    throw new Error(
      `There is no step "${unknown}". The steps: ${STEPS.map((step) => step.name).join(", ")}.`,
    );
  }
  await generateClient();
  const folder = await mkdtemp(join(tmpdir(), "unstuck-reports-"));
  const total = await runSteps(
    STEPS.filter((step) => wanted.length === 0 || wanted.includes(step.name)),
    folder,
  ).finally(() => rm(folder, { recursive: true, force: true }));
  console.log(inWords(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
});

/** Runs the steps in order up to the first that fails, and counts the tests of all that ran. */
async function runSteps(steps: readonly Step[], folder: string): Promise<Counts> {
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, run, counts } of steps) {
    const began = performance.now();
    console.log(`\n== ${name}`);
    const report = join(folder, `${name}.json`);
    const passed = await run(report).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return false;
    });
    if (counts) total = addCounts(total, counts(await readReport(report)));
    console.log(
      `== ${name} ${passed ? "passed" : "FAILED"} after ${((performance.now() - began) / 1000).toFixed(1)} s`,
    );
    if (!passed) {
      console.log(`\nStopped at the first step that failed: ${name}. Run it alone with: npm test -- ${name}`);
      // A step can fail without a failing test: a wrong type, or a file that does not load.
      return { ...total, failed: Math.max(1, total.failed) };
    }
  }
  return total;
}

function vitest(project: string, report: string): Promise<boolean> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return succeeds("vitest", ["run", "--project", project, ...reporters]);
}

async function succeeds(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  return (await runProgram(program, args, env)) === 0;
}

async function readReport(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch(() => "{}");
  return JSON.parse(text);
}
