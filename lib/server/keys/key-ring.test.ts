import { expect, test } from "vitest";
import { KEPT_MS, type Key, KeyRing } from "./key-ring.ts";
import { hashOf, keptOf, makeKeyText, sessionOf } from "./key-text.ts";

/** A ring over a list that can change, with a clock that is moved by hand. */
function aRing() {
  const keys: Key[] = [];
  const at = { ms: 0, reads: 0 };
  const ring = new KeyRing(
    async () => {
      at.reads += 1;
      return [...keys];
    },
    () => at.ms,
  );
  return { ring, keys, at };
}

function aKey(text = makeKeyText("read"), revoked = false): Key {
  const { hash, sessionHash } = keptOf(text, "read");
  const revokedAt = revoked ? (0 as Key["revokedAt"]) : null;
  return { id: text.slice(-8), name: "k", scope: "read", hash, sessionHash, revokedAt, lastUsedAt: null };
}

test("a key is found by its hash and by its session's, without a query each time", async () => {
  const { ring, keys, at } = aRing();
  const text = makeKeyText("read");
  keys.push(aKey(text));
  expect(await ring.find(hashOf(text))).toBe(keys[0]);
  for (let n = 0; n < 100; n += 1) expect(await ring.find(hashOf(sessionOf(text)))).toBe(keys[0]);
  expect(at.reads).toBe(1);
});

test("a key that is revoked elsewhere is known to be so after five seconds, and not before it is asked for", async () => {
  const { ring, keys, at } = aRing();
  const text = makeKeyText("read");
  keys.push(aKey(text));
  await ring.find(hashOf(text));
  keys[0] = aKey(text, true);
  at.ms = KEPT_MS - 1;
  expect((await ring.find(hashOf(text)))?.revokedAt).toBeNull();
  at.ms = KEPT_MS;
  expect((await ring.find(hashOf(text)))?.revokedAt).toBe(0);
  expect(KEPT_MS).toBe(5_000);
});

test("a key that is revoked here is known to be so at once, even where the keys were just being read", async () => {
  const { ring, keys } = aRing();
  const text = makeKeyText("read");
  keys.push(aKey(text));
  const early = ring.find(hashOf(text));
  keys[0] = aKey(text, true);
  ring.forget();
  await early;
  expect((await ring.find(hashOf(text)))?.revokedAt).toBe(0);
});

test("a key that was made a moment ago elsewhere is found", async () => {
  const { ring, keys } = aRing();
  keys.push(aKey());
  await ring.find(hashOf("something else"));
  const text = makeKeyText("read");
  keys.push(aKey(text));
  expect(await ring.find(hashOf(text))).toBe(keys[1]);
});

test("a flood of wrong keys shares a query", async () => {
  const { ring, at } = aRing();
  const found = await Promise.all(Array.from({ length: 500 }, (_, n) => ring.find(hashOf(`wrong ${n}`))));
  expect(found.every((key) => key === undefined)).toBe(true);
  expect(at.reads).toBeLessThan(5);
});

test("where the keys cannot be read, it says so, and reads them when they can be", async () => {
  const keys = [aKey()];
  let isAway = true;
  const ring = new KeyRing(async () => {
    if (isAway) throw new Error("away");
    return keys;
  });
  await expect(ring.find(keys[0]?.hash ?? "")).rejects.toThrow("away");
  isAway = false;
  expect(await ring.find(keys[0]?.hash ?? "")).toBe(keys[0]);
});
