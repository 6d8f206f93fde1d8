/** A server that only reads what it gets and says that it did: how fast posts could be if nothing were done with them. */
import { createServer } from "node:http";

const server = createServer((request, response) => {
  let size = 0;
  request.on("data", (part: Buffer) => {
    size += part.length;
  });
  request.on("end", () => {
    response.writeHead(201, { "Content-Type": "application/json; charset=utf-8" });
    response.end(size < 0 ? "" : "{}");
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(address !== null && typeof address === "object" ? address.port : address);
});
process.stdin.resume().on("close", () => process.exit(0));
