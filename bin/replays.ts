/** `npm run replays`: replays every scenario and prints what was expected against what was given. */
import { runCommand } from "../lib/server/command.ts";
import { scenarios } from "../replays/all.ts";
import { rowOf, tableOf } from "../replays/table.ts";

await runCommand(async () => {
  const rows = scenarios.map((scenario) => rowOf(scenario));
  console.log(tableOf(rows));
  process.exitCode = rows.some(({ faults }) => faults.length > 0) ? 1 : 0;
});
