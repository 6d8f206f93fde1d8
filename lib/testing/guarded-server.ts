import { afterAll, beforeAll } from "vitest";
import type { KeyScope, MadeKey } from "../contract/keys.ts";
import { prepareJobs } from "../server/background.ts";
import { now } from "../server/clock.ts";
import { database } from "../server/database.ts";
import { eventsFirst, type HttpServer, openHttpServer } from "../server/http.ts";
import { flushAccount } from "../server/ingest/account.ts";
import { answerIngest } from "../server/ingest-http.ts";
import { guardPages } from "../server/keys/guard-pages.ts";
import { settleKeyUses } from "../server/keys/key-uses.ts";
import { createKey } from "../server/queries/create-key.ts";
import { testDatabase } from "./postgres.ts";

/** What a proxy on this machine says for somebody elsewhere. */
export const ELSEWHERE = { "X-Forwarded-For": "203.0.113.9" } as const;

/** Requests to a server with all its doors. */
export interface GuardedServer {
  readonly url: string;
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  make(scope: KeyScope, name?: string): Promise<MadeKey>;
}

/**
 * Serves the ingest paths, and behind the guard of the pages the words "a page", on loopback, as a server whose
 * environment holds `env`. Await it at the top of a `*.db.test.ts`.
 */
export async function guardedServer(env: Readonly<Record<string, string>>): Promise<GuardedServer> {
  const { url } = await testDatabase();
  Object.assign(process.env, { DATABASE_URL: url, ...env });
  let http: HttpServer | undefined;
  beforeAll(async () => {
    await prepareJobs(url);
    http = await openHttpServer("127.0.0.1", 0);
    http.answerWith(
      eventsFirst(
        answerIngest,
        guardPages(async (_, response) => void response.end("a page")),
      ),
    );
  });
  afterAll(async () => {
    await http?.close(0);
    await flushAccount();
    await settleKeyUses();
    await database().$disconnect();
  });
  const address = (path: string) => `http://127.0.0.1:${http?.port}${path}`;
  return {
    url,
    ask: (path, headers = {}) => fetch(address(path), { headers, redirect: "manual" }),
    post: (path, body, headers = {}) =>
      fetch(address(path), {
        method: "POST",
        headers,
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    make: (scope, name = "somebody") => createKey(database(), { name, scope }, now()),
  };
}

export const bearer = (text: string) => ({ Authorization: `Bearer ${text}` });
