import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readLog } from "../testing/read-log.ts";
import { catalogue } from "./catalogue.ts";
import { CERTAINTIES } from "./certainty.ts";
import { diagnose } from "./diagnose.ts";
import { rules } from "./rules/index.ts";

const folder = new URL("./rules/", import.meta.url);
const HEADINGS = [
  "What it means",
  "Claims when",
  "Does not claim when",
  "What to do",
  "When it may be wrong",
  "Certainty",
];

/** Every state that the product promises to tell, by the family that it belongs to. */
const PROMISED: Readonly<Record<string, readonly string[]>> = {
  Completion: [
    "lost-completion",
    "hung-after-output",
    "unclosed-parent",
    "unclosed-client-run",
    "partial-outputs",
    "foreign-outputs",
    "lingering-finalization",
    "conflicting-end",
    "ignored-cancel",
    "client-gave-up",
  ],
  Dependencies: [
    "blocked-upstream",
    "failed-upstream",
    "invalidated-upstream",
    "never-started",
    "dependency-cycle",
    "missing-plan",
  ],
  Caching: [
    "changed-key",
    "disabled-reuse",
    "forced-rerun",
    "evicted-entry",
    "failed-lookup",
    "stale-reuse",
    "unfinished-original",
  ],
  Tracking: ["incomplete-record", "skewed-clock", "dark-source", "lost-start"],
  Validation: ["failing-validation", "validation-loop", "drifted-schema"],
  Compute: [
    "silent-heartbeat",
    "starved-queue",
    "held-lock",
    "lost-node",
    "killed-process",
    "unreachable-storage",
    "unpullable-image",
    "waiting-retry",
    "retry-loop",
    "idle-heartbeat",
    "slow-attempt",
    "job-outlived",
  ],
};

function page(id: string): string {
  return readFileSync(new URL(`${id}.md`, folder), "utf8");
}

function example(id: string, kind: "claims" | "silent"): string {
  const found = [...page(id).matchAll(new RegExp(`\`\`\`log ${kind}\\n([\\s\\S]*?)\`\`\``, "g"))];
  expect(found, `examples of ${kind} on the page of ${id}`).toHaveLength(1);
  return found[0]?.[1] ?? "";
}

describe("the rules", () => {
  it("are the files of their folder: a rule, its page and its test", () => {
    const stems = new Set(
      readdirSync(folder)
        .filter((file) => file !== "index.ts")
        .map((file) => file.replace(/\.test\.ts$|\.ts$|\.md$/, "")),
    );
    expect([...stems].sort()).toEqual(rules.map((r) => r.id).sort());
    for (const { id } of rules) {
      expect(existsSync(new URL(`${id}.md`, folder)), `${id}.md`).toBe(true);
      expect(existsSync(new URL(`${id}.test.ts`, folder)), `${id}.test.ts`).toBe(true);
    }
  });

  it("are all that were promised, each in its family", () => {
    const families = Map.groupBy(rules, (rule) => rule.family);
    const found = Object.fromEntries(
      [...families].map(([family, list]) => [family, list.map((r) => r.id).sort()]),
    );
    expect(found).toEqual(
      Object.fromEntries(Object.entries(PROMISED).map(([f, ids]) => [f, [...ids].sort()])),
    );
  });

  it("beat only rules that there are, and are listed in the catalogue once", () => {
    const ids = new Set(rules.map((r) => r.id));
    for (const rule of rules)
      for (const beaten of Object.keys(rule.beats ?? {})) expect(ids).toContain(beaten);
    expect(catalogue.map((r) => r.id)).toEqual([...ids]);
    expect(Object.keys(catalogue[0] ?? {}).sort()).toEqual(["family", "id", "ruleClass", "summary", "title"]);
  });

  describe.each(rules.map((rule) => ({ id: rule.id, title: rule.title })))("$id", ({ id, title }) => {
    it("has a page with its title and the fixed headings", () => {
      const lines = page(id).split("\n");
      expect(lines[0]).toBe(`# ${title}`);
      expect(lines.filter((l) => l.startsWith("## ")).map((l) => l.slice(3))).toEqual(HEADINGS);
    });

    it("says on what evidence it is how sure, and what would make it surer", () => {
      const section = page(id).split("## Certainty")[1] ?? "";
      const told = new Set(
        [...section.matchAll(/\*\*(proven|likely|possible)\*\*/gi)].map((m) => m[1]?.toLowerCase()),
      );
      const source = readFileSync(new URL(`${id}.ts`, folder), "utf8");
      for (const certainty of CERTAINTIES.map((c) => c.certainty))
        if (source.includes(`"${certainty}"`)) expect([...told]).toContain(certainty);
      expect(told.size).toBeGreaterThan(0);
      // One that can never be proven says why not; one that always is says on what that rests.
      if (!told.has("proven")) expect(section).toMatch(/never proven/i);
      if (told.size === 1) expect(section).toMatch(/Always \*\*\w+\*\*: \w/);
    });

    it("claims what its page says that it claims", () => {
      const { told, claimed } = readLog(example(id, "claims"));
      const { verdicts, broken } = diagnose(told.run, told.context, told.now);
      expect(broken).toEqual([]);
      expect(verdicts.filter((v) => v.rule === id).map((v) => v.nodeKey)).toContain(claimed);
    });

    it("is silent where its page says that it is", () => {
      const { told, claimed } = readLog(example(id, "silent"));
      const { verdicts } = diagnose(told.run, told.context, told.now);
      expect(claimed).toBeUndefined();
      expect(verdicts.filter((v) => v.rule === id)).toEqual([]);
    });
  });
});
