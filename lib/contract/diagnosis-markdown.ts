/** A diagnosis as Markdown, fit for an issue or a chat. Pure; times are in UTC, since who reads it may be elsewhere. */
import type { DiagnosisResource, VerdictResource } from "./diagnosis.ts";

/** Blockers and lines of evidence that are told at most: whoever wants all of it follows the link. */
const MOST_BLOCKERS = 5;
const MOST_LINES = 12;

/** The whole answer: headline, who holds the run, on what evidence, what is not known, what would unblock it. */
export function diagnosisMarkdown(
  diagnosis: DiagnosisResource,
  link: string,
  /** Writes a command so that it runs where it is read. */
  writeCommand: WriteCommand = asIs,
): string {
  const { headline, state, since, at, blockers, sources } = diagnosis;
  const known = blockers.filter((b) => b.verdict !== null);
  const shown = known.slice(0, MOST_BLOCKERS);
  const dark = sources.filter((source) => source.dark).map((source) => code(source.name));
  return joined([
    `**${headline}**`,
    `${state}${since === null ? "" : ` since ${time(since)}`}, as of ${time(at)}`,
    ...shown.map(({ verdict, nodeKey, holds }) =>
      verdict ? section(verdict, `${code(nodeKey)}${holds > 0 ? `, holds ${holds}` : ""}`, writeCommand) : "",
    ),
    known.length > shown.length ? `… and ${known.length - shown.length} more in the way.` : "",
    dark.length > 0 ? `Dark: ${dark.join(", ")}. Of what they say nothing can be judged.` : "",
    linkLine(diagnosis.runId, link),
  ]);
}

/** One verdict, with its proof. */
export function verdictMarkdown(
  verdict: VerdictResource,
  link: string,
  writeCommand: WriteCommand = asIs,
): string {
  return joined([section(verdict, code(verdict.nodeKey), writeCommand), linkLine(verdict.nodeKey, link)]);
}

type WriteCommand = (command: string) => string;
const asIs: WriteCommand = (command) => command;

function section(verdict: VerdictResource, title: string, writeCommand: WriteCommand): string {
  const { evidence, missing, ruledOut, unblock } = verdict;
  return joined([
    `### ${title}: ${verdict.rule} (${verdict.certainty})`,
    `${verdict.claim}. Since ${time(verdict.since)}.`,
    list(
      "Evidence",
      evidence.map(({ at, text }) => `${time(at)} ${text}`),
    ),
    list("Not known", missing),
    list(
      "Ruled out",
      ruledOut.map(({ rule, because }) => `${code(rule)}: ${because}`),
    ),
    list(
      "What would unblock it",
      unblock.map(
        ({ action, command, risk }) =>
          `${action}. _${risk}_${command === null ? "" : `\n${fenced(writeCommand(command))}`}`,
      ),
    ),
  ]);
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const rest = lines.length - MOST_LINES;
  const more = rest > 0 ? [`… and ${rest} more`] : [];
  return [
    `**${title}**`,
    "",
    ...[...lines.slice(0, MOST_LINES), ...more].map((line) => `- ${indented(line)}`),
  ].join("\n");
}

/** What is in a list and has several lines stays in its item. */
function indented(line: string): string {
  return line.replaceAll("\n", "\n  ");
}

/** A fence longer than any in what it holds. */
function fenced(command: string): string {
  const longest = Math.max(2, ...[...command.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}sh\n${command}\n${fence}`;
}

function linkLine(name: string, link: string): string {
  return `[${name.replaceAll(/[[\]\\]/g, "\\$&")} in Unstuck](<${link.replaceAll(/[<>]/g, encodeURIComponent)}>)`;
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}

/** `2026-11-23 02:35:00 UTC` */
function time(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
