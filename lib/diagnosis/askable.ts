/**
 * Whom a rule can concern at all, by what a node itself shows. These are looked at before any fact is read: a run may have
 * thirty thousand nodes, and most rules have nothing to say of most of them. Each only leaves out nodes of which its rule
 * would say nothing anyhow; the properties of `diagnose` hold them to that.
 */
import type { NodeView } from "../projections/run-view.ts";

export type Askable = (node: NodeView) => boolean;

export const hasEnded: Askable = ({ current }) => current?.endedAt !== undefined;

export const hasNotBegun: Askable = ({ status }) => status === "planned" || status === "waiting";

export const hasFailed: Askable = ({ attempts }) => attempts.some(({ status }) => status === "failed");

/** Executed more than once, or as a turn of a loop. */
export const goesRound: Askable = ({ attempts, current }) =>
  attempts.length > 1 || current?.state.facts.loopKey !== undefined;

export const tellsOfCache: Askable = ({ current }) => current?.state.cache !== undefined;

export const tellsColumns: Askable = ({ current }) => current?.state.columns !== undefined;

/** The state that its source says it is in. */
export const tellsState: Askable = ({ current }) => current?.state.states !== undefined;

export const tellsOfWait: Askable = ({ current }) => current?.state.wait !== undefined;

/** What its source, its compute layer or its own log says of the machine and the process that it works on. */
export const tellsOfMachine: Askable = ({ current }) =>
  current !== undefined &&
  (current.state.exit !== undefined ||
    current.state.process?.value.logTail !== undefined ||
    Object.keys(current.state.compute).length > 0);

export const lacksStart: Askable = ({ current }) => current !== undefined && !current.state.started;

export function either(...some: readonly Askable[]): Askable {
  return (node) => some.some((askable) => askable(node));
}
