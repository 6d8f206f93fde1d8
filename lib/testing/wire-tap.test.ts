import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { tapWire } from "./wire-tap.ts";

const bodies: Buffer[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    bodies.push(Buffer.concat(parts));
    response.writeHead(request.url === "/wrong" ? 422 : 201).end("{}");
  });
});
await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
afterAll(() => server.close());

test("every byte passes as it is, and the heads of all requests and answers are told", async () => {
  const wire = await tapWire(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const body = gzipSync(JSON.stringify({ text: "POST / HTTP/1.1\r\nnot-a: head\r\n\r\n".repeat(50) }));
  const headers = { "Content-Encoding": "gzip", Authorization: "Bearer a:b c" };
  const statuses: number[] = [];
  // One connection, as clients keep it open.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const path of ["/right", "/wrong"]) {
    const asked = request(`${wire.address}${path}`, { method: "POST", headers, agent }).end(body);
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    await once(response.resume(), "end");
    statuses.push(response.statusCode ?? 0);
  }
  expect(statuses).toEqual([201, 422]);
  expect(bodies).toEqual([body, body]);
  expect(wire.answers()).toEqual([201, 422]);
  expect(wire.requests()).toMatchObject([
    {
      method: "POST",
      path: "/right",
      headers: { "content-encoding": "gzip", authorization: "Bearer a:b c" },
    },
    { method: "POST", path: "/wrong" },
  ]);
  await wire.close();
  await expect(fetch(`${wire.address}/right`)).rejects.toThrow("fetch failed");
});
