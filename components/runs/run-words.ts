import type { StateName } from "@/components/ui/state-shape";
import { shortId } from "@/lib/base/format";
import type { RunSummary, StripSegment } from "@/lib/contract/runs";

/** A finished run is shown by how it ended. */
export function shownState(run: Pick<RunSummary, "state" | "outcome">): StateName {
  if (run.state !== "finished") return run.state;
  if (run.outcome === "failed") return "failed";
  return run.outcome === "aborted" ? "aborted" : "finished";
}

/** The run's page, at the node that holds it where there is one. */
export function runHref(run: Pick<RunSummary, "id" | "blocker">): string {
  const path = `/runs/${encodeURIComponent(run.id)}`;
  return run.blocker ? `${path}?${new URLSearchParams({ node: run.blocker })}` : path;
}

/** A life line in words. */
export function stripLabel(segments: readonly StripSegment[]): string {
  const last = segments.at(-1);
  if (!last) return "No life signs";
  if (last.kind !== "gap") return last.to > 0.98 ? "Life signs until now" : "Life signs, then an end";
  const share = Math.round((last.to - last.from) * 100);
  return `Life signs, then silence for the last ${share}% of its time`;
}

/** `orders_hourly, run 91bd`: what a link or button of this run is called aloud. */
export function spokenRun(run: Pick<RunSummary, "pipeline" | "id">): string {
  return `${run.pipeline}, run ${shortId(run.id)}`;
}

/** The headline's last sentence says what the row's second line says anyway, and in a place one can scan. */
export function rowHeadline(run: Pick<RunSummary, "headline">): string {
  return run.headline.replace(/\.? It holds [\d,]+ of [\d,]+ nodes?\.?$/, "").replace(/\.$/, "");
}

/** A command that speaks to this server names it by a variable; here it is known. */
export function commandHere(command: string, origin: string): string {
  return command.replaceAll("$UNSTUCK_URL", origin);
}

/** What a way out may cost; nothing where it only looks. "None" alone under a command would be read as a word of the command. */
export function riskWords(risk: string): string {
  if (/^(none\.?|none: it only looks\.)$/i.test(risk)) return "";
  return risk.replace(/^None\b/, "Risk: none");
}
