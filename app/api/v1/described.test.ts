import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiDocument } from "@/lib/contract/openapi";

/** What is left out of the document: what our own pages alone ask for, and the document. */
const LEFT_OUT = ["POST /api/v1/session", "POST /api/v1/session/end", "GET /api/v1/openapi.json"] as const;
/** Served before Next sees it (`lib/server/live-http.ts`), or beside the API's folder. */
const ELSEWHERE = ["GET /api/v1/live", "GET /metrics", "GET /readyz", "GET /healthz"] as const;

const folder = new URL(".", import.meta.url);
const served = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("route.ts"))
  .flatMap((file) => {
    const path = `/api/v1/${file.replace(/\/route\.ts$/, "").replaceAll(/\[(\w+)\]/g, "{$1}")}`;
    const source = readFileSync(new URL(file, folder), "utf8");
    return [...source.matchAll(/^export (?:async )?function ([A-Z]+)\(/gm)].map(
      ([, method]) => `${method} ${path}`,
    );
  });

const { paths } = openApiDocument() as { paths: Record<string, Record<string, { parameters?: unknown[] }>> };
const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

test("the API's document describes what is served, and nothing else", () => {
  expect(served.length).toBeGreaterThan(25);
  expect([...described].sort()).toEqual(
    [...served.filter((one) => !LEFT_OUT.some((left) => left === one)), ...ELSEWHERE].sort(),
  );
});
