import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "../lib/server/database.ts";
import { childEnv } from "../lib/server/env.ts";
import { unpackBody } from "../lib/server/ingest/stored-body.ts";
import { ingestServer } from "../lib/testing/ingest-server.ts";

const { address } = await ingestServer();
const root = await mkdtemp(join(tmpdir(), "unstuck-import-"));
afterAll(() => rm(root, { recursive: true, force: true }));

let folder = "";
let count = 0;
beforeEach(async () => {
  count += 1;
  folder = join(root, String(count));
  await mkdir(folder);
});

/** What `unstuck import` printed, and how it ended; it is called in the folder of the test. */
function importing(
  files: readonly string[],
  env: Record<string, string> = { PORT: new URL(address()).port },
): Promise<{ code: number; out: string; err: string }> {
  const args = [join(import.meta.dirname, "unstuck.ts"), "import", ...files];
  return new Promise((done) => {
    const options = { env: childEnv({ HOST: "127.0.0.1", NODE_OPTIONS: undefined, ...env }), cwd: folder };
    execFile(process.execPath, args, options, (error, out, err) => {
      done({ code: typeof error?.code === "number" ? error.code : 0, out: out.trim(), err: err.trim() });
    });
  });
}

const event = (name: string, more: object = {}) => ({
  eventType: "START",
  eventTime: "2026-01-31T09:30:00Z",
  run: { runId: `${count}-${name}` },
  job: { namespace: "test", name: "imported" },
  ...more,
});
const text = (name: string, more?: object) => JSON.stringify(event(name, more));
const file = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
const kept = async () =>
  (
    await database().message.findMany({
      where: { attemptId: { startsWith: `${count}-` } },
      orderBy: { attemptId: "asc" },
    })
  ).map(({ body }) => unpackBody(body));

describe("unstuck import", () => {
  it("takes one event a line, whatever ends the lines, and what JSON allows in them", async () => {
    const odd = text("b", {
      producer: "a line separator \u2028 and a next line \u0085 are no ends of lines",
    });
    await file("events.ndjson", `\ufeff${text("a")}\r\n\n${odd}\n  \n${text("c")}`);
    expect(await importing(["events.ndjson"])).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("3 events taken in, 0 refused. See them at http://127.0.0.1:"),
    });
    expect(await kept()).toEqual([`${text("a")}\r`, odd, text("c")]);
  });

  it("names the file and the line of each that is refused, and takes the others", async () => {
    const good = Buffer.from(`\n${text("a")}\n`);
    await file("mixed", Buffer.concat([Buffer.from('{"eventType":"STA'), good, Buffer.from([0xff]), good]));
    await file("later", `${text("b")}\n${text("c", { run: {} })}\n`);
    const { code, out, err } = await importing(["mixed", "later"]);
    expect(err.split("\n")).toEqual([
      expect.stringMatching(/^mixed:1: .*JSON/),
      "mixed:3: the line is not UTF-8",
      expect.stringMatching(/^later:2: run\.runId: /),
    ]);
    expect(out).toContain("3 events taken in, 3 refused");
    expect(code).toBe(1);
    expect(await kept()).toEqual([text("a"), text("b")]);
  });

  it("takes a folder of files with an event each, an array, and what is compressed", async () => {
    await mkdir(join(folder, "all/more"), { recursive: true });
    await file("all/1.json", JSON.stringify(event("a"), null, 2));
    await file("all/2.json", `[\n${text("b")},\n${JSON.stringify(event("c"), null, "\t")}\r\n]\n`);
    await file("all/3.ndjson.gz", gzipSync(`${text("d")}\n${text("e")}\n`));
    await file("all/more/4.json", `[\n${text("f")}\n]`);
    await file("all/.hidden", "no event");
    await file("all/empty", "");
    expect(await importing(["all"])).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("6 events taken in, 0 refused"),
    });
    expect((await kept()).map((body) => JSON.parse(body))).toEqual("abcdef".split("").map((n) => event(n)));
  });

  it("names an event of an array by its place in it", async () => {
    await file("array.json", `[${text("a")}, 7]`);
    expect(await importing(["array.json"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("array.json[1]: an event is a JSON object"),
    });
  });

  it("takes nothing twice", async () => {
    await file("events", `${text("a")}\n${text("b")}`);
    await importing(["events"]);
    expect((await importing(["events"])).out).toContain("2 events taken in, 0 refused");
    expect(await kept()).toHaveLength(2);
  });

  it.each([
    ["no JSON at all", "hello\nworld\n", "is neither JSON nor one JSON event a line"],
    ["gzip that was cut off", gzipSync("x".repeat(100_000)).subarray(0, 60), "could not be read to its end"],
  ])(
    "says in a sentence of a file with %s that it is none, and takes the others",
    async (_, content, said) => {
      await file("bad", content);
      await file("good", text("a"));
      const { code, out, err } = await importing(["bad", "good"]);
      expect(err).toContain(`bad ${said}`);
      expect(err.split("\n")).toHaveLength(1);
      expect(out).toContain("1 events taken in, 0 refused, 1 file not read");
      expect(code).toBe(1);
      expect(await kept()).toHaveLength(1);
    },
  );

  it("says so where what answers is no Unstuck", async () => {
    const other = createServer((_, response) => void response.end("<html>hello</html>"));
    await new Promise<void>((listening) => other.listen(0, "127.0.0.1", listening));
    await file("events", text("a"));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await importing(["events"], { PORT: String(port) });
    expect([code, err]).toEqual([1, `What answers at http://127.0.0.1:${port} is no Unstuck (status 200).`]);
    other.close();
  });
});
