/**
 * A server of its own that only takes events, for tests that kill it: answers the ingest paths on a free port of
 * this machine with the database of DATABASE_URL, and prints the port as its first line.
 */
import { createServer } from "node:http";
import { answerIngest } from "../server/ingest-http.ts";

const server = createServer((request, response) => {
  void answerIngest(request, response).then((answered) => answered || response.writeHead(404).end());
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(address !== null && typeof address === "object" ? address.port : address);
});
// Whoever started us holds our input: where it dies without a word, we do not stay.
process.stdin.on("close", () => process.exit(0)).resume();
