import { runCommand } from "../lib/server/command.ts";
import { generateClient } from "../lib/server/generate-client.ts";

await runCommand(async () => {
  const outcome = await generateClient({ force: process.argv.includes("--force") });
  console.log(outcome === "generated" ? "Made the database client." : "The database client is current.");
});
