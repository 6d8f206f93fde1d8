import { runCommand } from "../lib/server/command.ts";
import { generateClient } from "../lib/server/generate-client.ts";
import { buildPages } from "../lib/server/next-build.ts";

await runCommand(async () => {
  await generateClient();
  const outcome = await buildPages(() => console.log("Building the pages ..."));
  console.log(outcome === "built" ? "The pages are built." : "The build is current.");
});
