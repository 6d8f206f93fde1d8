/** The table of expected against given, and what it adds up to. */
import type { Diagnosis, Verdict } from "../lib/diagnosis/verdict.ts";
import { type Fault, faultsOf, type Order, replay } from "./replay.ts";
import { type Asked, isQuiet, type Scenario } from "./scenario.ts";

export interface Row {
  readonly scenario: Scenario;
  readonly expected: readonly string[];
  readonly given: readonly string[];
  readonly faults: readonly Fault[];
}

/** Asks a scenario at each of its instants. What waits for its rule is not compared. */
export function rowOf(scenario: Scenario, order?: Order): Row {
  const answers = scenario.asked.map((asked) => ({ asked, given: replay(scenario, asked.at, order) }));
  return {
    scenario,
    expected: answers.map(({ asked }) => expectedText(asked)),
    given: answers.map(({ asked, given }) => givenText(asked, given)),
    faults:
      scenario.pending === undefined ? answers.flatMap(({ asked, given }) => faultsOf(asked, given)) : [],
  };
}

function expectedText({ state, holds = {} }: Asked): string {
  const held = Object.values(holds)
    .flat()
    .filter((one) => one !== "nothing" && !one.endsWith("?"));
  return [[state].flat().join("/"), ...new Set(held)].join(" ");
}

/** The state, and the rules at the nodes of which something was expected. */
function givenText({ holds = {} }: Asked, { state, verdicts }: Diagnosis): string {
  const leads = verdicts.filter((v) => v.ruleClass !== "note" && v.nodeKey in holds).map(ruleOf);
  return [state, ...new Set(leads)].join(" ");
}

function ruleOf({ rule, certainty }: Verdict): string {
  return `${rule} ${certainty}`;
}

/** One after the other; what stays the same once. */
function inTurn(texts: readonly string[]): string {
  return texts.filter((text, i) => text !== texts[i - 1]).join(" → ");
}

/** The whole table, a line for each scenario, with what is wrong below it, and the totals last. */
export function tableOf(rows: readonly Row[]): string {
  const widest = Math.max(...rows.map(({ scenario }) => scenario.name.length));
  const lines = rows.flatMap(({ scenario, expected, given, faults }) => {
    const mark = scenario.pending !== undefined ? "pending" : faults.length === 0 ? "ok" : "WRONG";
    const kind = isQuiet(scenario) ? "quiet" : "alarm";
    const shown = scenario.pending === undefined ? inTurn(given) : `waits for ${scenario.pending}`;
    return [
      `${mark.padEnd(8)}${kind}  ${scenario.name.padEnd(widest)}  ${inTurn(expected)}  |  ${shown}`,
      ...faults.map(({ kind: of, text }) => `        ${of}: ${text}`),
    ];
  });
  return [
    `${"".padEnd(15)}${"scenario".padEnd(widest)}  expected  |  given`,
    ...lines,
    "",
    totalsOf(rows),
  ].join("\n");
}

/** In a sentence. */
function totalsOf(rows: readonly Row[]): string {
  const live = rows.filter(({ scenario }) => scenario.pending === undefined);
  const quiet = live.filter(({ scenario }) => isQuiet(scenario)).length;
  const asked = live.reduce((sum, { scenario }) => sum + scenario.asked.length, 0);
  const faults = live.flatMap((row) => row.faults);
  const count = (kind: Fault["kind"]) => faults.filter((fault) => fault.kind === kind).length;
  return (
    `${live.length} scenarios (${quiet} must raise nothing), asked at ${asked} instants: ` +
    `${count("false")} false verdicts, ${count("missed")} missed, ${count("other")} otherwise different; ` +
    `${rows.length - live.length} wait for a rule.`
  );
}
