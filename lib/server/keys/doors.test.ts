import { describe, expect, it, test } from "vitest";
import { isForEveryone } from "./guard-pages.ts";
import { localAddress } from "./session.ts";
import { isCrossSite, isFromThisMachine, isLoopbackHost, type Visit } from "./visit.ts";

const visit = (remoteAddress: string | undefined, isForwarded = false): Visit => ({
  ...{ remoteAddress, isForwarded },
  ...{ isCrossSite: false, host: undefined, authorization: undefined, cookie: undefined },
});

test.each([
  ["127.0.0.1", false, true],
  ["127.9.9.9", false, true],
  ["::1", false, true],
  ["::ffff:127.0.0.1", false, true],
  ["127.0.0.1", true, false],
  ["::ffff:10.0.0.7", false, false],
  ["192.168.1.5", false, false],
  ["", false, false],
  [undefined, false, false],
])("a visit from %j, forwarded: %j, is from this machine: %j", (address, forwarded, expected) => {
  expect(isFromThisMachine(visit(address, forwarded))).toBe(expected);
});

test.each([
  ["localhost:3000", true],
  ["127.0.0.1", true],
  ["[::1]:3000", true],
  ["evil.example", false],
  ["127.0.0.1.evil.example:3000", false],
  ["localhost.evil.example", false],
  [undefined, false],
])("the host %j is this machine's own name: %j", (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});

describe("without a key", () => {
  it.each([
    "/healthz",
    "/readyz?x=1",
    "/sign-in?next=%2F",
    "/theme.js",
    "/_next/static/chunks/0a~b-1.js",
    "/schemas/a.json",
  ])("%s is for everyone", (path) => expect(isForEveryone(path)).toBe(true));

  it.each([
    ...["/", "/runs/a", "/api/v1/runs", "/metrics", "/keys", "/sign-in/x", "/healthz/", "/_next/image?url=x"],
    ...["/_next/static/../../api/v1/runs", "/_next/static/%2e%2e/api", "/_next/static//api/v1/runs"],
    ...["/schemas/..\\api", "/_next/staticx", "//healthz", "http://h/healthz", "/schemas/./../runs"],
  ])("%s is not", (path) => expect(isForEveryone(path)).toBe(false));
});

describe("a request of another site's page", () => {
  it.each([
    [{ "sec-fetch-site": "cross-site" }, true],
    [{ "sec-fetch-site": "same-site" }, true],
    [{ "sec-fetch-site": "same-origin", origin: "https://proxied.example", host: "10.0.0.1" }, false],
    [{ "sec-fetch-site": "none" }, false],
    [{ origin: "http://evil.example", host: "localhost:3000" }, true],
    [{ origin: "null", host: "localhost:3000" }, true],
    [{ origin: "http://localhost:3001", host: "localhost:3000" }, true],
    [{ origin: "http://localhost:3000", host: "localhost:3000" }, false],
    [{ origin: "https://u.example", host: "10.0.0.1", "x-forwarded-host": "u.example" }, false],
    [{ host: "localhost:3000" }, false],
  ])("is told by %j: %j", (headers, expected) => {
    expect(isCrossSite(new Headers(Object.entries(headers)))).toBe(expected);
  });
});

test.each([
  ["/runs/a?view=timeline", "/runs/a?view=timeline"],
  ["/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["", "/"],
  [null, "/"],
])("after signing in with next=%j one gets to %j", (next, address) => {
  expect(localAddress(next)).toBe(address);
});
