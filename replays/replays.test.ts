import { afterAll, describe, expect, it } from "vitest";
import { rules } from "../lib/diagnosis/rules/index.ts";
import { scenarios } from "./all.ts";
import { faultsOf, type Order, replay, shuffled, twice } from "./replay.ts";
import { isQuiet, type Scenario } from "./scenario.ts";
import { type Row, rowOf, tableOf } from "./table.ts";

const ORDERS: readonly (readonly [string, Order])[] = [
  ["as it came", (messages) => messages],
  ["shuffled", shuffled(7)],
  ["shuffled otherwise", shuffled(1_000_003)],
  ["with each message twice", twice],
];

const live = scenarios.filter(({ pending }) => pending === undefined);

/** What is wrong, in any order of the messages; a scenario of which nothing is wrong gives nothing. */
function wrong(scenario: Scenario): string[] {
  return scenario.asked.flatMap((asked) =>
    ORDERS.flatMap(([order, put]) =>
      faultsOf(asked, replay(scenario, asked.at, put)).map(
        ({ kind, text }) => `${kind} at ${asked.at} s, ${order}: ${text}`,
      ),
    ),
  );
}

const table: Row[] = scenarios.map((scenario) => rowOf(scenario));

describe("a replay says what is to be said, and nothing else", () => {
  it.each(live.map((scenario) => [scenario.name, scenario] as const))(
    "%s",
    { timeout: 60_000 },
    (_, scenario) => {
      expect(wrong(scenario)).toEqual([]);
    },
  );
});

describe("the suite", () => {
  it("has at least sixty scenarios with names of their own, of which half must raise nothing", () => {
    expect(live.length).toBeGreaterThanOrEqual(60);
    expect(live.filter(isQuiet).length * 2).toBeGreaterThanOrEqual(live.length);
    expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  });

  it("asks about each rule that leads with a certainty, in some scenario", () => {
    const led = new Set(table.flatMap(({ given }) => given.join(" ").match(/[a-z]+(-[a-z]+)+/g) ?? []));
    const stuck = rules.filter(({ ruleClass }) => ruleClass === "stuck").map(({ id }) => id);
    expect(stuck.filter((id) => !led.has(id))).toEqual([]);
  });

  it("lets nothing wait for a rule that is there: such a scenario is to be compared", () => {
    const there = new Set(rules.map(({ id }) => id));
    expect(scenarios.filter(({ pending }) => pending !== undefined && there.has(pending))).toEqual([]);
  });
});

describe("the comparison", () => {
  const some = (name: string): Scenario => {
    const found = scenarios.find((scenario) => scenario.name === name);
    if (!found) throw new Error(`no scenario "${name}"`);
    return found;
  };
  const asking = (name: string, asked: Scenario["asked"][number]) =>
    wrong({ ...some(name), asked: [asked] })[0];
  const died = "the parent beats on, its child died";

  it.each([
    ["a false state", { at: 600, state: "progressing" as const }, /^false at 600 s, as it came: state stuck/],
    ["a false verdict", { at: 600, state: "stuck" as const }, /^false .*train: silent-heartbeat/],
    [
      "a verdict that must not be",
      { at: 600, state: "stuck" as const, holds: { train: "silent-heartbeat" }, never: ["silent-heartbeat"] },
      /must not be said/,
    ],
    ["a state that is missed", { at: 100, state: "stuck" as const }, /^missed .*state progressing/],
    [
      "a verdict that is missed",
      { at: 100, state: "progressing" as const, holds: { train: "silent-heartbeat" } },
      /^missed .*train: nothing/,
    ],
    [
      "another rule",
      { at: 600, state: "stuck" as const, holds: { train: "lost-node" } },
      /^other .*silent-heartbeat likely, expected lost-node/,
    ],
    [
      "another certainty",
      { at: 600, state: "stuck" as const, holds: { train: "silent-heartbeat proven" } },
      /^other .*likely, expected silent-heartbeat proven/,
    ],
    [
      "a note that is missed",
      {
        at: 600,
        state: "stuck" as const,
        holds: { train: "silent-heartbeat" },
        notes: { train: ["lost-start"] },
      },
      /^missed .*no note lost-start/,
    ],
    [
      "words that are missing",
      { at: 600, state: "stuck" as const, holds: { train: "silent-heartbeat" }, says: /gpu/ },
      /^missed .*nothing says/,
    ],
    [
      "words that must not be",
      { at: 600, state: "stuck" as const, holds: { train: "silent-heartbeat" }, neverSays: /silent/ },
      /^false .*said/,
    ],
  ] as const)("finds %s", (_, asked, words) => {
    expect(asking(died, asked)).toMatch(words);
  });

  it("takes what is only allowed either way", () => {
    const holds = { train: "silent-heartbeat?" };
    expect(asking(died, { at: 100, state: "progressing", holds })).toBeUndefined();
    expect(asking(died, { at: 600, state: "stuck", holds })).toBeUndefined();
  });
});

afterAll(() => {
  console.log(tableOf(table));
});
