import { Stage } from "./stage.ts";
import { FULL } from "./sizes.ts";
import { diagnosisRows } from "./rows/diagnosis.ts";
import { tableLines } from "./table.ts";
import { generateClient } from "../lib/server/generate-client.ts";
await generateClient();
const stage = await Stage.open(process.argv[2]);
try { console.log(tableLines(await diagnosisRows(stage, { ...FULL, diagnosed: [30000], diagnoses: 20, allShapesUpTo: 0 }, Date.now() - 180000)).join("\n")); } finally { await stage.close(); }
