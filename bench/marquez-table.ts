/** The comparison as text: figures side by side, then what each says after each bad day. */
import type { SideResult } from "./marquez-sides.ts";

/** How many times as fast as Marquez we mean to be. */
export const GOAL = 10;

export function ratioOf(sides: readonly SideResult[]): number | undefined {
  const [ours, theirs] = sides.map(({ sent }) => sent.taken / sent.seconds);
  return ours === undefined || theirs === undefined ? undefined : ours / theirs;
}

export function comparisonLines(sides: readonly SideResult[]): string[] {
  const ratio = ratioOf(sides);
  const row = (what: string, cell: (side: SideResult) => string): string[] => [what, ...sides.map(cell)];
  const figures = aligned([
    row("", ({ name }) => name),
    row("events/s", ({ sent }) => number(sent.taken / sent.seconds)),
    row("p50", ({ sent }) => `${number(sent.latencyMs.p50)} ms`),
    row("p99", ({ sent }) => `${number(sent.latencyMs.p99)} ms`),
    row("longest", ({ sent }) => `${number(sent.latencyMs.max)} ms`),
    row("acknowledged", ({ sent }) => number(sent.taken)),
    row("not acknowledged", ({ sent }) => number(sent.refused)),
    row("statements an event", (side) => number(side.statementsPerEvent)),
    row("cores: server", ({ sent }) => number(sent.cores.server)),
    row("cores: Postgres", ({ sent }) => number(sent.cores.postgres)),
    row("cores: generator", ({ sent }) => number(sent.cores.generator)),
    row("right after the load", ({ afterLoad }) => `${afterLoad.right} of ${afterLoad.asked}`),
  ]);
  const [first] = sides;
  const days = (first?.scenarios ?? []).map(({ name, arrives }, i) => [
    name,
    ...sides.map(({ scenarios }) => verdict(scenarios[i])),
    arrives,
  ]);
  return [
    ...figures,
    ...(ratio === undefined
      ? []
      : [
          "",
          `Ratio of events/s: ${number(ratio)} (goal: at least ${GOAL}, ${ratio >= GOAL ? "met" : "NOT met"})`,
        ]),
    "",
    ...aligned([["final state", ...sides.map(({ name }) => name), "what arrives"], ...days]),
    ...sides.flatMap(({ name, sent, afterLoad }) => [
      ...(sent.complaint === undefined
        ? []
        : [`${name}: the first that was not acknowledged: ${sent.complaint}`]),
      ...(afterLoad.firstFault === undefined
        ? []
        : [`${name}: the first wrong one after the load: ${afterLoad.firstFault}`]),
    ]),
  ];
}

function verdict(result: SideResult["scenarios"][number] | undefined): string {
  if (result === undefined) return "";
  const { words, faults } = result;
  return faults.length === 0 ? `right (${words})` : `WRONG (${words}: ${faults.join(", ")})`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [lines[0] ?? "", widths.map((width) => "-".repeat(width)).join("  "), ...lines.slice(1)];
}

/** Three figures that count. */
function number(value: number): string {
  if (!Number.isFinite(value)) return "none";
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US");
}
