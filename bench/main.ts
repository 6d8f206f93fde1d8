/** `npm run bench`: every figure that is claimed for server and pages, measured on this machine. */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { runCommand } from "../lib/server/command.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { machineText } from "./machine.ts";
import { GROUPS, type Group, isMet, type Row, ratioOf } from "./row.ts";
import { beatRows } from "./rows/beats.ts";
import { detectionRows } from "./rows/detection.ts";
import { diagnosisRows, frontierRows } from "./rows/diagnosis.ts";
import { ingestRows } from "./rows/ingest.ts";
import { listRows } from "./rows/list.ts";
import { memoryRows } from "./rows/memory.ts";
import { pageRows } from "./rows/pages.ts";
import { FULL, QUICK, type Sizes } from "./sizes.ts";
import { Stage } from "./stage.ts";
import { tableLines } from "./table.ts";

type Measure = (stage: Stage, sizes: Sizes, at: number) => Promise<Row[]>;

/** Runs begin so long ago, ms, that none of their events is from the future. */
const LONGEST_RUN = 180_000;

const MEASURES: Readonly<Record<Group, Measure>> = {
  ingest: ingestRows,
  beats: beatRows,
  memory: memoryRows,
  diagnosis: diagnosisRows,
  frontier: frontierRows,
  detection: detectionRows,
  list: listRows,
  pages: pageRows,
};

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      profile: { type: "string" },
    },
  });
  const unknown = positionals.find((name) => !GROUPS.some((group) => group === name));
  if (unknown !== undefined)
    throw new Error(`There are no rows called "${unknown}". There are: ${GROUPS.join(", ")}.`);
  const wanted = GROUPS.filter((group) => positionals.length === 0 || positionals.includes(group));
  await generateClient();
  const machine = await machineText();
  console.log(machine);
  const stage = await Stage.open(values.profile);
  const stop = () => void stage.close().then(() => process.exit(1));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const rows: Row[] = [];
  try {
    for (const group of wanted) rows.push(...(await measure(group, stage, values.quick ? QUICK : FULL)));
  } finally {
    await stage.close();
  }
  if (values.json !== undefined) {
    const judged = rows.map((row) => ({ ...row, ratio: ratioOf(row), met: isMet(row) }));
    const report = { machine, at: new Date().toISOString(), quick: values.quick, rows: judged };
    await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
  }
});

async function measure(group: Group, stage: Stage, sizes: Sizes): Promise<Row[]> {
  const began = performance.now();
  const rows = await MEASURES[group](stage, sizes, Date.now() - LONGEST_RUN);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`\n${group} (${seconds} s)\n${tableLines(rows).join("\n")}`);
  return rows;
}
