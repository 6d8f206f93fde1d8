/**
 * A server of its own without pages, for tests that kill it or run several: takes events, and tells of changes, on a
 * free port of this machine with the database of DATABASE_URL, and prints the port as its first line. The word
 * `background` behind it starts the background work too. Each line on its input is answered with the bytes that it
 * holds on to, after a full collection.
 */
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { startBackgroundWork } from "../server/background.ts";
import { keepConnections } from "../server/http.ts";
import { answerIngest } from "../server/ingest-http.ts";
import { answerLive } from "../server/live-http.ts";

if (process.argv[2] === "background") await startBackgroundWork();
const server = createServer((request, response) => {
  void answerIngest(request, response)
    .then((answered) => answered || answerLive(request, response))
    .then((answered) => answered || response.writeHead(404).end());
});
keepConnections(server);
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(address !== null && typeof address === "object" ? address.port : address);
});

async function heldBytes(): Promise<number> {
  // What a finished request leaves is let go of over a few turns: sockets, streams, their buffers.
  for (let turn = 0; turn < 5; turn += 1) {
    await sleep(50);
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
createInterface(process.stdin)
  .on("line", () => void heldBytes().then(console.log))
  // Whoever started us holds our input: where it dies without a word, we do not stay.
  .on("close", () => process.exit(0));
