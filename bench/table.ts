/** Rows as a table for a terminal, with what must be known of them below it. */
import { type Figure, isMet, type Row, ratioOf } from "./row.ts";

const HEADS = ["", "measured", "reference", "ratio", "goal", "met"] as const;

/** Three figures that count, thousands apart: `12,300 events/s`, `0.0412 s`. */
export function figureText({ value, unit }: Figure): string {
  return `${numberText(value)} ${unit}`;
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) return "none";
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
  return rounded.toLocaleString("en-US", { maximumFractionDigits: 12 });
}

function goalText({ goal, measured }: Row): string {
  if (!goal) return "";
  const sign = goal.is === "at least" ? "≥" : "≤";
  return goal.of === "ratio"
    ? `ratio ${sign} ${numberText(goal.limit)}`
    : `${sign} ${figureText({ value: goal.limit, unit: measured.unit })}`;
}

function cells(row: Row, note: string): string[] {
  const ratio = ratioOf(row);
  const met = isMet(row);
  const { reference } = row;
  return [
    `${row.what}${note}`,
    figureText(row.measured),
    reference ? `${figureText(reference)} (${reference.what})` : "",
    ratio === undefined ? "" : numberText(ratio),
    goalText(row),
    met === undefined ? "" : met ? "yes" : "NO",
  ];
}

/** The table and its notes, as lines. */
export function tableLines(rows: readonly Row[]): string[] {
  const notes: string[] = [];
  const body = rows.map((row) => {
    const marks = (row.notes ?? []).map((note) => `[${notes.push(note)}]`);
    return cells(row, marks.length > 0 ? ` ${marks.join("")}` : "");
  });
  const table = [[...HEADS], ...body];
  const widths = HEADS.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  const lines = table.map((line) =>
    line
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [lines[0] ?? "", rule, ...lines.slice(1), ...notes.map((note, i) => `[${i + 1}] ${note}`)];
}
