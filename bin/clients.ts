import { parseArgs } from "node:util";
import { runCommand } from "../lib/server/command.ts";
import { deliver } from "../lib/testing/clients/deliver.ts";
import { ingestKey } from "../lib/testing/clients/ingest-key.ts";
import { type InstalledClient, javaClients, pythonClients } from "../lib/testing/clients/installed.ts";
import { startServer } from "../lib/testing/server-process.ts";

/** The clients' releases that are tried where no others are named. */
const PYTHON = "1.54.0";
const JAVA = "1.55.0";

/** Sends a run through each real client to a production server of its own, and reads it back. */
await runCommand(async () => {
  const { values } = parseArgs({
    options: { python: { type: "string", default: PYTHON }, java: { type: "string", default: JAVA } },
  });
  const installing = [pythonClients(values.python), javaClients(values.java)];
  const clients: InstalledClient[] = [];
  let failed = 0;
  for (const installed of await Promise.allSettled(installing)) {
    if (installed.status === "fulfilled") clients.push(...installed.value);
    else {
      failed += 1;
      console.log(
        `FAILED: ${installed.reason instanceof Error ? installed.reason.message : installed.reason}`,
      );
    }
  }
  if (clients.length > 0) failed += await tryAll(clients);
  console.log(
    failed === 0
      ? `All ${clients.length} clients deliver.`
      : `${failed} failed, ${clients.length} were tried: see above.`,
  );
  process.exitCode = failed === 0 ? 0 : 1;
});

async function tryAll(clients: readonly InstalledClient[]): Promise<number> {
  console.log("Starting a server (the pages are built first where they are not) ...");
  const server = await startServer();
  let failed = 0;
  try {
    const key = await ingestKey(server.dataDir);
    for (const client of clients) {
      const complaints = await deliver(client, { address: server.address, key, now: Date.now() });
      console.log(complaints.length === 0 ? `ok      ${client.name}` : `FAILED  ${client.name}`);
      for (const complaint of complaints) console.log(`        ${complaint.replaceAll("\n", "\n        ")}`);
      if (complaints.length > 0) failed += 1;
    }
  } finally {
    await server.stop();
  }
  return failed;
}
