import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { childEnv } from "../lib/server/env.ts";
import { isKeyText } from "../lib/server/keys/key-text.ts";
import { testDatabase } from "../lib/testing/postgres.ts";

const { url } = await testDatabase();

/** What a call of the command printed, and how it ended. */
function unstuck(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = childEnv({ DATABASE_URL: url, NODE_OPTIONS: undefined });
  const program = join(import.meta.dirname, "unstuck.ts");
  return new Promise((done) => {
    // From a folder that is not the project's.
    execFile(process.execPath, [program, ...args], { env, cwd: tmpdir() }, (error, out, err) => {
      done({ code: typeof error?.code === "number" ? error.code : 0, out: out.trim(), err: err.trim() });
    });
  });
}

describe("unstuck key", () => {
  it("makes a key, shows it once, lists it without itself, and revokes it", async () => {
    const empty = await unstuck("key", "list");
    expect(empty).toMatchObject({ code: 0, out: expect.stringContaining("There are no keys") });
    const made = await unstuck("key", "create", "airflow prod", "--scope", "ingest");
    expect(made.code).toBe(0);
    // The key alone: $(unstuck key create …) is it.
    expect(isKeyText(made.out)).toBe(true);
    expect(made.err).toContain("shown this once");
    const listed = await unstuck("key", "list");
    expect(listed.out).toMatch(/airflow prod {2}ingest {2}unstuck_ingest_\S{6}… /);
    expect(listed.out).not.toContain(made.out);
    const revoked = await unstuck("key", "revoke", "airflow prod");
    expect(revoked).toMatchObject({ code: 0, out: expect.stringContaining("Revoked: airflow prod") });
    expect((await unstuck("key", "list")).out).toContain("revoked");
    const again = await unstuck("key", "revoke", "airflow prod");
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("was revoked before") });
  });

  it("asks which one where several have a name, and takes how it begins", async () => {
    const first = (await unstuck("key", "create", "twin", "--scope", "read")).out;
    await unstuck("key", "create", "twin", "--scope", "read");
    const which = await unstuck("key", "revoke", "twin");
    const prefix = first.slice(0, "unstuck_read_".length + 6);
    expect(which.code).toBe(1);
    expect(which.err).toContain(prefix);
    expect((await unstuck("key", "revoke", `${prefix}…`)).code).toBe(0);
    expect((await unstuck("key", "revoke", "twin")).code).toBe(0);
  });
});

describe("a call that the command does not have", () => {
  it.each([
    ["", "What is to be done?"],
    ["destroy", "There is no command destroy"],
    ["key", "create, list or revoke"],
    ["key create a", "--scope ingest or --scope read"],
    ["key create a --scope all", "ingest or read"],
    ["key create --scope read", "the name is missing"],
    ["key create a b --scope read", "there is b too"],
    ["key list --everything", "--everything"],
    ["import a.json --scope read", "takes no --scope"],
    ["rebuild now", "takes nothing more"],
  ])("%s ends with 2 and says which part", async (call, said) => {
    const { code, out, err } = await unstuck(...call.split(" ").filter((word) => word !== ""));
    expect(err).toContain(said);
    expect(err).toContain("unstuck --help");
    expect([code, out]).toEqual([2, ""]);
  });
});

it("explains itself", async () => {
  const { code, out } = await unstuck("--help");
  expect(code).toBe(0);
  for (const word of "create list revoke import rebuild ingest read DATABASE_URL".split(" "))
    expect(out).toContain(word);
});

it("says in one sentence that a file is not there", async () => {
  const { code, err } = await unstuck(..."import no-such-file.ndjson".split(" "));
  expect([code, err]).toEqual([1, "There is no file no-such-file.ndjson that can be read."]);
});
