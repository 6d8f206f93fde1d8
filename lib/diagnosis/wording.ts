/** The words that claims have in common. */
import { formatCount, formatDuration } from "../base/format.ts";
import type { Instant } from "../base/instant.ts";

/** What a machine named, as claims show it. */
export function code(name: string): string {
  return `\`${name.replaceAll("`", "'")}\``;
}

/** `1h 41m ago`; `just now` within a second. */
export function ago(at: Instant, now: Instant): string {
  return now - at < 1000 ? "just now" : `${formatDuration(now - at)} ago`;
}

/** `its output`, `both its outputs`, `all 4 of its outputs`. */
export function allOutputs(count: number): string {
  if (count === 1) return "its output";
  return count === 2 ? "both its outputs" : `all ${formatCount(count)} of its outputs`;
}

/** `output`, `both outputs`, `all 4 outputs`: for a row. */
export function outputsShort(count: number): string {
  if (count === 1) return "output";
  return count === 2 ? "both outputs" : `all ${formatCount(count)} outputs`;
}

/** `a`, `a and b`, `a, b and 3 more`, each in backticks. */
export function names(keys: readonly string[], most = 3, total = keys.length): string {
  const shown = keys.slice(0, most).map(code);
  const rest = total - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${formatCount(rest)} more`;
  const last = shown.pop();
  return shown.length === 0 ? (last ?? "") : `${shown.join(", ")} and ${last}`;
}

/** Who has what is waited for: its step, its run, its job or its id. */
export function waitHolder(holder: {
  readonly node: { readonly key: string } | undefined;
  readonly other: { readonly runId: string; readonly pipeline: string } | undefined;
  readonly job: string | undefined;
  readonly attemptId: string | undefined;
}): string {
  if (holder.other) return `run ${code(holder.other.runId)} of ${code(holder.other.pipeline)}`;
  const name = holder.node?.key ?? holder.job ?? holder.attemptId;
  return name === undefined ? "another" : code(name);
}

/** `every 10s`. */
export function every(intervalMs: number): string {
  return `every ${formatDuration(intervalMs)}`;
}
