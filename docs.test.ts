import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

interface Page {
  readonly path: string;
  readonly text: string;
}

const SCRIPTS = new Set(
  Object.keys((JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object }).scripts),
);
const FOLDERS = readdirSync(".", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !["node_modules", ".git", ".next"].includes(entry.name))
  .map(({ name }) => name);
const FILES = FOLDERS.filter((name) => name !== ".data").flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
);
const PAGES: readonly Page[] = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"],
  ...FILES.filter((file) => file.startsWith("docs") && file.endsWith(".md")),
].map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** What the machine and the tests set. */
const NOT_FOR_OPERATORS = new Set(["NODE_ENV", "CI", "CHROMIUM_PATH", "PATH"]);

/** What a page names and is not there, one sentence each. */
function complaints({ path, text }: Page): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "");
  return [
    ...links(prose)
      .filter((link) => !isThere(link, path))
      .map((link) => `${path}: the link ${link} leads nowhere`),
    ...pathsIn(prose)
      .filter((named) => !isFile(named))
      .map((named) => `${path}: there is no ${named}`),
    ...scriptsIn(text)
      .filter((name) => !SCRIPTS.has(name))
      .map((name) => `${path}: there is no npm run ${name}`),
  ];
}

/** The targets of links and images that do not leave the project. */
function links(prose: string): string[] {
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/i.test(target));
}

function isThere(link: string, from: string): boolean {
  const [file = "", anchor] = link.split("#");
  const target = file === "" ? from : normalize(join(dirname(from), file));
  if (!existsSync(target)) return false;
  return anchor === undefined || headings(readFileSync(target, "utf8")).includes(anchor);
}

/** The anchors of a page's headings, as they are made for display. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}

/** Words in backticks that look like files of ours: below a folder of ours, or with the ending of a source file. */
function pathsIn(prose: string): string[] {
  const words = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, word = ""]) => word);
  return words.filter(
    (word) =>
      /^[\w.@()[\]<>*-][\w.@()[\]<>*/-]*$/.test(word) &&
      (FOLDERS.some((folder) => word.startsWith(`${folder}/`)) ||
        /\w\.(tsx?|mjs|md|json|prisma|sql)$/.test(word)),
  );
}

/** A `<placeholder>` or `*` stands for anything in one name. A bare name may lie in any folder. */
function isFile(named: string): boolean {
  if (existsSync(named)) return true;
  const literal = (text: string) => text.replace(/[.()[\]]/g, "\\$&");
  const pattern = named
    .replace(/\/$/, "")
    .split(/<[^>]*>|\*/)
    .map(literal)
    .join("[^/]+");
  const below = new RegExp(`${named.includes("/") ? "^" : "(^|/)"}${pattern}$`);
  return FILES.some((file) => below.test(file.replaceAll("\\", "/")));
}

function scriptsIn(text: string): string[] {
  const run = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name);
  return [...run, ...[...text.matchAll(/\bnpm (start|test)\b/g)].map(([, name = ""]) => name)];
}

function pageAt(path: string): string {
  return PAGES.find((page) => page.path === path)?.text ?? "";
}

describe("the pages for readers", () => {
  test("are found", () => {
    expect(PAGES.length).toBeGreaterThan(10);
  });

  test("name only files, links and commands that are there", () => {
    expect(PAGES.flatMap(complaints)).toEqual([]);
  });

  test("list every rule in the README", () => {
    const rules = FILES.filter((file) => /^lib\/diagnosis\/rules\/[^/]+\.md$/.test(file)).sort();
    const listed = links(pageAt("README.md")).filter((link) => link.startsWith("lib/diagnosis/rules/"));
    expect(listed.sort()).toEqual(rules);
  });

  test("list the variables that are read, and no others", () => {
    const table = [...pageAt("docs/running-the-server.md").matchAll(/^\| `([A-Z_]+)` *\|/gm)].map(
      ([, name = ""]) => name,
    );
    const env = readFileSync("lib/server/env.ts", "utf8");
    expect(table.length).toBeGreaterThan(5);
    const read = [...env.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name = ""]) => name);
    expect(table.sort()).toEqual(read.filter((name) => !NOT_FOR_OPERATORS.has(name)).sort());
  });

  test("justify every dependency, and no other", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Record<
      string,
      Record<string, string>
    >;
    const page = pageAt("docs/decisions/0009-dependencies.md");
    const justified = [...page.matchAll(/^\| `([^`]+)` *\|/gm)].map(([, name = ""]) => name);
    expect(justified.sort()).toEqual(Object.keys({ ...dependencies, ...devDependencies }).sort());
  });
});

describe("every decision", () => {
  const decisions = PAGES.filter(({ path }) => path.startsWith("docs/decisions/"));

  test.each(decisions)("$path has its parts and is linked", ({ path, text }) => {
    expect(text).toMatch(/^# \d{4}: .+\n\nDate: \d{4}-\d\d-\d\d\nStatus: \w+/);
    expect(text.match(/^## (Context|Decision|Consequences)$/gm)).toHaveLength(3);
    expect(links(pageAt("ARCHITECTURE.md"))).toContain(path);
  });
});

describe("this test", () => {
  test.each([
    ["[a](lib/nothing.ts)", "the link lib/nothing.ts leads nowhere"],
    ["[a](README.md#no-such-heading)", "leads nowhere"],
    ["see `lib/nothing.ts`", "there is no lib/nothing.ts"],
    ["see `nothing-like-it.ts`", "there is no nothing-like-it.ts"],
    ["see `lib/nothing/<name>.ts`", "there is no lib/nothing/<name>.ts"],
    ["```sh\nnpm run nothing\n```", "there is no npm run nothing"],
  ])("refuses %s", (text, complaint) => {
    expect(complaints({ path: "x.md", text }).join("\n")).toContain(complaint);
  });

  test.each([
    "[a](package.json) and [b](https://example.com/x.md)",
    "`lib/events/event.ts`, `event.ts`, `lib/diagnosis/*-facts.ts`, `lib/sources/<name>/wire.ts`, `lib/events`",
    "`application/json`, `/api/v1/openapi.json`, `npm run demo`, `npm test -- unit`",
    "```\nsee [a](nowhere.md) and `lib/nothing.ts`\n```",
  ])("lets pass %s", (text) => {
    expect(complaints({ path: "x.md", text })).toEqual([]);
  });
});
