import { beforeAll, describe, expect, it, vi } from "vitest";
import { openApiDocument } from "@/lib/contract/openapi";
import { problem } from "@/lib/contract/problem";
import { ingestServer } from "@/lib/testing/ingest-server";

const { post } = await ingestServer();

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
}
type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

const { paths } = openApiDocument() as { paths: Record<string, { get?: { parameters?: Parameter[] } }> };
/** Every question of the API, with what it may be asked. */
const QUESTIONS = Object.entries(paths).flatMap(([path, { get }]) =>
  get && path.startsWith("/api/v1/") && path !== "/api/v1/live"
    ? [{ path, parameters: get.parameters ?? [] }]
    : [],
);

/** What is there, so that a question with one bad part gets as far as that. */
const GOOD: Readonly<Record<string, string>> = {
  runId: "asked",
  key: "asked",
  node: "asked",
  namespace: "test",
  name: "asked",
  threshold: "outputStableMs",
  ruleId: "lost-completion",
};

const cursor = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString("base64url");
const BAD = [
  ...["", " ", "\0", "a\0b", "..", "%", "%00", "/", "\\", ",", "'; --", "null", "NaN", "-1", "1e999"],
  ...["9".repeat(30), "x".repeat(5_000), "é".repeat(600), "😀", "-".repeat(36), "__proto__", "constructor"],
  ...["2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999+18:00", "-infinity"],
  ...["00000000-0000-0000-0000-000000000000", "0".repeat(64)],
  ...[cursor(["0000-01-01T00:00:00Z", "a"]), cursor(["2026-01-01T00:00:00Z", "\0"]), cursor({})],
];

async function handlerOf(path: string): Promise<Handler> {
  const folder = path.slice("/api/v1/".length).replaceAll(/\{(\w+)\}/g, "[$1]");
  const route: { GET: Handler } = await import(/* @vite-ignore */ `./${folder}/route.ts`);
  return route.GET;
}

/** Asks with everything good, save for what is given. */
async function ask(path: string, parameters: readonly Parameter[], given: Record<string, string>) {
  const params: Record<string, string> = {};
  const search = new URLSearchParams();
  for (const { name, in: place } of parameters) {
    const value = given[name] ?? GOOD[name];
    if (place === "path") params[name] = value ?? "unknown";
    else if (value !== undefined) search.set(name, value);
  }
  const GET = await handlerOf(path);
  return GET(new Request(`http://127.0.0.1${path}?${search}`), { params: Promise.resolve(params) });
}

const told = vi.spyOn(console, "error");

beforeAll(async () => {
  const event = {
    eventType: "START",
    eventTime: "2026-01-31T09:30:00Z",
    run: { runId: "asked" },
    job: { namespace: "test", name: "asked" },
  };
  expect((await post("/api/v1/lineage", event)).status).toBe(201);
});

describe("a question with something bad in it", () => {
  it("is one of many", () => {
    expect(QUESTIONS.length).toBeGreaterThan(20);
  });

  it.each(QUESTIONS)("is answered, or refused with a reason: $path", async ({ path, parameters }) => {
    const good = await ask(path, parameters, {});
    expect(good.status).toBeLessThan(500);
    for (const { name } of parameters) {
      for (const bad of BAD) {
        told.mockClear();
        const response = await ask(path, parameters, { [name]: bad });
        const shown = `${name}=${JSON.stringify(bad.slice(0, 60))}: ${response.status}`;
        expect(response.status, shown).toBeOneOf([200, 400, 404]);
        const body: unknown = await response.json();
        if (response.status !== 200) {
          const { error, problems } = problem.parse(body);
          expect(error).toMatch(/./);
          if (response.status === 400) expect(problems[0]?.path, shown).toMatch(new RegExp(`^${name}\\b`));
        }
        expect(told.mock.calls, shown).toEqual([]);
      }
    }
  });

  it("is not answered by half where a parameter is given twice", async () => {
    const GET = await handlerOf("/api/v1/runs");
    const answer = async (search: string) => {
      const response = await GET(new Request(`http://127.0.0.1/api/v1/runs?${search}`), {
        params: Promise.resolve({}),
      });
      return [response.status, ((await response.json()).runs ?? []).length];
    };
    expect(await answer("source=test&source=elsewhere")).toEqual([200, 1]);
    expect(await answer("source=elsewhere")).toEqual([200, 0]);
    expect(await answer("limit=1&limit=2")).toEqual([400, 0]);
  });

  it.each([
    ["/api/v1/runs", "cursor"],
    ["/api/v1/runs", "state"],
    ["/api/v1/runs", "within"],
    ["/api/v1/runs", "limit"],
    ["/api/v1/runs/{runId}/events", "cursor"],
    ["/api/v1/runs/{runId}/events", "type"],
    ["/api/v1/runs/{runId}/events", "at"],
    ["/api/v1/policy/history", "cursor"],
  ])("is not answered as if it had not been asked: %s, %s", async (path, name) => {
    const parameters = paths[path]?.get?.parameters ?? [];
    const response = await ask(path, parameters, { [name]: "nonsense" });
    expect(response.status).toBe(400);
    const { problems } = problem.parse(await response.json());
    expect(problems[0]?.path).toMatch(new RegExp(`^${name}`));
    expect(problems[0]?.reason).toMatch(/./);
  });
});
