import { type AddressInfo, connect, createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { eventsFirst, type HttpServer, openHttpServer, PortError } from "./http.ts";
import { makeKeyText } from "./keys/key-text.ts";

const open: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close(0)));
});

async function start(
  silenceMs?: number,
): Promise<{ http: HttpServer; ask: (path: string) => Promise<Response> }> {
  const http = await openHttpServer("127.0.0.1", 0, silenceMs);
  open.push(http);
  return { http, ask: (path) => fetch(`http://127.0.0.1:${http.port}${path}`) };
}

test("requests that come before everything is ready are told to come again", async () => {
  const { ask } = await start();
  const answer = await ask("/");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("1");
});

test("events are answered first, and all else by the pages", async () => {
  const { http, ask } = await start();
  const events = async (request: { url?: string | undefined }, response: { end(text: string): unknown }) => {
    if (request.url === "/events") response.end("events");
    return request.url === "/events";
  };
  http.answerWith(eventsFirst(events, async (_, response) => void response.end("a page")));
  expect(await (await ask("/events")).text()).toBe("events");
  expect(await (await ask("/")).text()).toBe("a page");
});

test("a damaged address is the reader's to mend, and says so", async () => {
  const { http, ask } = await start();
  http.answerWith(
    eventsFirst(
      async () => false,
      async (_, response) => void response.end("a page"),
    ),
  );
  const answer = await ask("/runs/%E0%A4%A");
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("damaged");
  expect((await ask("/runs/caf%C3%A9?q=%")).status).toBe(200);
});

test("what is posted to a page is not answered as if it had been taken", async () => {
  const { http } = await start();
  http.answerWith(
    eventsFirst(
      async () => false,
      async (request, response) => void response.end(`${request.method} ${request.url}`),
    ),
  );
  const asked = (method: string, target: string): Promise<string> =>
    new Promise((answered) => {
      let text = "";
      const client = connect(http.port, "127.0.0.1");
      client.setEncoding("utf8").on("data", (part) => {
        text += part;
      });
      client.once("close", () => answered(text));
      client.write(`${method} ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
  for (const method of ["POST", "PUT", "DELETE", "TRACE"]) {
    const said = await asked(method, "/runs/a");
    expect(said).toMatch(/^HTTP\/1\.1 405 /);
    expect(said).toContain("Allow: GET, HEAD, OPTIONS");
    expect(said).toContain("Events are posted to /api/v1/lineage");
  }
  expect(await asked("TRACE", "/api/v1/runs")).toMatch(/^HTTP\/1\.1 405 /);
  expect(await asked("POST", "/api/v1/keys")).toContain("POST /api/v1/keys");
  expect(await asked("POST", "/__nextjs_original-stack-frames")).toContain("POST /__nextjs");
  expect(await asked("GET", "http://other.example:80/runs/a?x=1")).toContain("GET /runs/a?x=1");
});

test("a client that offers HTTP/2 is answered, as Java's own does with each request", async () => {
  const { http } = await start();
  http.server.on("upgrade", (_, socket) => socket.destroy());
  http.answerWith(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    response.end(`got ${body}`);
  });
  const client = connect(http.port, "127.0.0.1");
  const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n";
  client.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n${offer}\r\nevent`);
  const answer = await new Promise((answered) => {
    client.once("data", (data) => answered(String(data)));
    client.once("close", () => answered("closed without a word"));
  });
  client.destroy();
  expect(answer).toContain("got event");
});

test("a handler that throws costs its reader a 500, and nobody else anything", async () => {
  const { http, ask } = await start();
  const said: unknown[] = [];
  const original = console.error;
  console.error = (...words: unknown[]) => said.push(words[0]);
  const key = makeKeyText("read");
  http.answerWith(() => Promise.reject(new Error(`broken by ${key}`)));
  expect((await ask("/?secret")).status).toBe(500);
  console.error = original;
  expect(said).toEqual([expect.stringMatching(/^GET \/ failed: broken by unstuck_read_/)]);
  expect(String(said)).not.toContain(key);
  http.answerWith(async (_, response) => void response.end("well"));
  expect(await (await ask("/")).text()).toBe("well");
});

test("a body may take as long as it takes, but who falls silent in it is cut off", async () => {
  const { http } = await start(200);
  // No limit on the whole of a request: Node's is five minutes, in which a large batch may not be over.
  expect(http.server.requestTimeout).toBe(0);
  let received = 0;
  http.answerWith(async (request, response) => {
    for await (const chunk of request) received += chunk.length;
    response.end();
  });
  const client = connect(http.port, "127.0.0.1");
  client.on("error", () => {});
  client.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345");
  const original = console.error;
  console.error = () => {};
  await new Promise((closed) => client.once("close", closed));
  console.error = original;
  expect(received).toBe(5);
});

test("closing waits for the request under way, but not for ever", async () => {
  const { http, ask } = await start();
  http.answerWith(async (request, response) => {
    setTimeout(() => response.end("done"), request.url === "/slow" ? 100 : 60_000);
  });
  const slow = ask("/slow");
  const endless = ask("/endless").catch(() => "cut");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await http.close(500);
  expect(await (await slow).text()).toBe("done");
  expect(await endless).toBe("cut");
});

test("closing cuts a connection that has become a web socket", async () => {
  const { http } = await start();
  http.server.on("upgrade", (_, socket) => socket.write("HTTP/1.1 101 Switching Protocols\r\n\r\n"));
  const client = connect(http.port, "127.0.0.1");
  client.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  await new Promise((resolve) => client.once("data", resolve));
  const ended = new Promise((resolve) => client.once("close", resolve));
  await http.close(50);
  await ended;
});

test("a taken port is told by number, with how to choose another", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as AddressInfo;
  const attempt = openHttpServer("127.0.0.1", port);
  await expect(attempt).rejects.toThrow(PortError);
  await expect(attempt).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken. Choose another with PORT`);
  other.close();
});
