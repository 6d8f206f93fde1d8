import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll } from "vitest";
import { prepareJobs } from "../server/background.ts";
import { database } from "../server/database.ts";
import { flushAccount } from "../server/ingest/account.ts";
import { answerIngest } from "../server/ingest-http.ts";
import { testDatabase } from "./postgres.ts";

/**
 * Serves the ingest paths on a port and a database of the test file's own, closed when its tests are over. Await it
 * at the top of a `*.db.test.ts`. `maxBodyBytes` is the cap of this server.
 */
export async function ingestServer(maxBodyBytes = 100_000): Promise<{
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  address(): string;
}> {
  const { url } = await testDatabase();
  process.env["DATABASE_URL"] = url;
  process.env["UNSTUCK_MAX_BODY_BYTES"] = String(maxBodyBytes);
  const server = createServer((incoming, response) => {
    void answerIngest(incoming, response).then((answered) => answered || response.writeHead(404).end());
  });
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  beforeAll(async () => {
    await prepareJobs(url);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterAll(async () => {
    server.close();
    await flushAccount();
    await database().$disconnect();
  });
  return {
    address,
    post: (path, body, headers = {}) =>
      fetch(`${address()}${path}`, {
        method: "POST",
        body: (typeof body === "string" || body instanceof Uint8Array
          ? body
          : JSON.stringify(body)) as BodyInit,
        headers,
      }),
  };
}
