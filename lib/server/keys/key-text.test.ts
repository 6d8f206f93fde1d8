import { describe, expect, it, test } from "vitest";
import { bearerOf, cookieOf, isKeyText, keptOf, makeKeyText, sessionOf, withoutKeys } from "./key-text.ts";

describe("a key", () => {
  it("is known by its form, and no two are alike", () => {
    const keys = Array.from({ length: 200 }, () => makeKeyText("ingest"));
    expect(keys.every(isKeyText)).toBe(true);
    expect(new Set(keys).size).toBe(200);
    expect(keys[0]).toMatch(/^unstuck_ingest_/);
  });

  it.each(["", "unstuck_ingest_", "unstuck_admin_", "x"])("is not what begins with %j", (head) => {
    const text = head + makeKeyText("read").slice(head.length === 0 ? 1 : head.length + 1);
    expect(isKeyText(text)).toBe(false);
  });

  it("is kept as nothing that it or a session could be computed from", () => {
    const text = makeKeyText("read");
    const kept = keptOf(text, "read");
    expect(text.startsWith(kept.prefix)).toBe(true);
    expect(kept.prefix).toHaveLength("unstuck_read_".length + 6);
    expect(JSON.stringify(kept)).not.toContain(text.slice(kept.prefix.length));
    expect(JSON.stringify(kept)).not.toContain(sessionOf(text));
    expect(keptOf(text, "read")).toEqual(kept);
  });

  it("that may only send has no session", () => {
    expect(keptOf(makeKeyText("ingest"), "ingest").sessionHash).toBeNull();
  });
});

test.each([
  ["Bearer abc", "abc"],
  ["bearer   abc  ", "abc"],
  ["BEARER", ""],
  ["Bearer ", ""],
  ["Bearer a b", "a b"],
  ["Basic dXNlcg==", undefined],
  ["Bearerabc", undefined],
  ["", undefined],
  [undefined, undefined],
])("the header %j brings %j", (header, brought) => {
  expect(bearerOf(header)).toBe(brought);
});

test.each([
  ["a=1; s=two; b=3", "two"],
  ["s=", ""],
  ["s=a=b", "a=b"],
  ["xs=1;ss=2", undefined],
  ["=s; s", undefined],
  [undefined, undefined],
])("of the cookies %j, s is %j", (header, value) => {
  expect(cookieOf(header, "s")).toBe(value);
});

describe("a text without keys", () => {
  const key = makeKeyText("ingest");

  it.each([
    (text: string) => `{"apiKey":"${text}"}`,
    (text: string) => `${text}${text}`,
    (text: string) => `x${text}\n${text} and so on`,
  ])("keeps only how they begin", (around) => {
    const said = withoutKeys(around(key));
    expect(said).not.toContain(key.slice(key.length - 20));
    expect(said).toContain(`${key.slice(0, 21)}…`);
  });

  it("hides one that was cut off, too", () => {
    expect(withoutKeys(`"${key.slice(0, 40)}`)).toBe(`"${key.slice(0, 21)}…`);
  });

  it("is otherwise the same", () => {
    const text = "unstuck_attempt, unstuck_ingest_commit_seconds_bucket, unstuck_read_";
    expect(withoutKeys(text)).toBe(text);
  });
});
