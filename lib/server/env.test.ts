import { isAbsolute } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EnvironmentError, isLoopback, readEnv } from "./env.ts";

function complaint(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
  return "";
}

describe("an empty environment", () => {
  test("gives every default", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      PORT: 3000,
      HOST: "127.0.0.1",
      UNSTUCK_OPEN: false,
      UNSTUCK_INGEST_LINGER_MS: 2,
      UNSTUCK_MAX_BODY_BYTES: 16 * 1024 ** 2,
      UNSTUCK_KEY_RATE: 10_000,
      UNSTUCK_KEY_BURST: 100_000,
      CI: false,
    });
    expect(env.DATABASE_URL).toBeUndefined();
    expect(isAbsolute(env.UNSTUCK_DATA_DIR)).toBe(true);
    expect(env.UNSTUCK_DATA_DIR).toMatch(/\.data$/);
  });

  test("is the same as one of empty variables", () => {
    expect(readEnv({ PORT: "", HOST: "", DATABASE_URL: "", UNSTUCK_OPEN: "", CI: "" })).toEqual(readEnv({}));
  });
});

test("variables of others are left alone", () => {
  expect(readEnv({ UNKNOWN: "x" })).toEqual(readEnv({}));
});

test.each([
  ["PORT", "abc", "a whole number from 0 to 65535"],
  ["PORT", "70000", "a whole number from 0 to 65535"],
  ["PORT", "-1", "a whole number from 0 to 65535"],
  ["PORT", "3000.5", "a whole number from 0 to 65535"],
  ["HOST", "not a host", "an IP address or a host name"],
  ["UNSTUCK_OPEN", "yes", "1 or 0"],
  ["UNSTUCK_INGEST_LINGER_MS", "soon", "a whole number from 0 to 1000"],
  ["UNSTUCK_MAX_BODY_BYTES", "16MB", "a whole number from 1024 to 1073741824"],
  ["UNSTUCK_BATCH_THREADS", "65", "a whole number from 0 to 64"],
  ["UNSTUCK_KEY_RATE", "0", "a whole number from 1 to 1000000000"],
  ["UNSTUCK_KEY_BURST", "many", "a whole number from 1 to 1000000000"],
  ["NODE_ENV", "prod", "development, production or test"],
])("%s=%s is refused by name, with what was given and what would do", (name, value, wanted) => {
  expect(complaint({ [name]: value })).toBe(`${name} is "${value}", but must be ${wanted}.`);
});

test("keys that are both asked for and not are refused", () => {
  expect(complaint({ UNSTUCK_OPEN: "1", UNSTUCK_KEYS: "1" })).toContain(
    'UNSTUCK_KEYS is "1", but must be 0 where',
  );
  expect(readEnv({ UNSTUCK_KEYS: "1" })).toMatchObject({ UNSTUCK_KEYS: true, UNSTUCK_OPEN: false });
});

test("every wrong variable is named at once", () => {
  const said = complaint({ PORT: "abc", UNSTUCK_OPEN: "maybe", DATABASE_URL: "mysql://x" });
  expect(said.split("\n").map((line) => line.split(" ")[0])).toEqual([
    "PORT",
    "DATABASE_URL",
    "UNSTUCK_OPEN",
  ]);
});

test("a database address is refused without repeating its password", () => {
  const said = complaint({ DATABASE_URL: "mysql://me:secret@db/x" });
  expect(said).toContain("DATABASE_URL is something else");
  expect(said).not.toContain("secret");
});

test("a host that others can reach is a host like any other", () => {
  expect(readEnv({ HOST: "0.0.0.0" })).toMatchObject({ HOST: "0.0.0.0", UNSTUCK_OPEN: false });
  expect(readEnv({ HOST: "example.com", UNSTUCK_OPEN: "1" })).toMatchObject({ UNSTUCK_OPEN: true });
});

test("a key is refused without being repeated", () => {
  const key = `unstuck_read_${"k".repeat(43)}`;
  const said = complaint({ UNSTUCK_KEY: key });
  expect(said).toContain("UNSTUCK_KEY is something else");
  expect(said).toContain("a key with the scope ingest");
  expect(said).not.toContain("kkk");
});

test("every address of 127.0.0.0/8, ::1 and localhost is loopback", () => {
  expect(["localhost", "LOCALHOST", "::1", "127.0.0.1"].every(isLoopback)).toBe(true);
  expect(["localhost.example.com", "::2", "128.0.0.1", "127.1", ""].some(isLoopback)).toBe(false);
  const byte = fc.nat(255);
  fc.assert(fc.property(byte, byte, byte, (a, b, c) => isLoopback(`127.${a}.${b}.${c}`)));
});
