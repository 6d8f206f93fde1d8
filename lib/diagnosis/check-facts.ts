import type { Instant } from "../base/instant.ts";
import { type Check, datasetKey } from "../projections/attempt-state.ts";
import type { AttemptView, NodeView } from "../projections/run-view.ts";
import type { Checked, FailedCheck } from "./checked.ts";
import { alternation, failureStreak, type Loop, type Turn } from "./loops.ts";
import type { World } from "./world.ts";

export interface CheckFacts {
  /** Assertions on what the attempt wrote whose newest outcome is that they failed, and that were not overwritten since. */
  readonly failing: readonly FailedCheck[];
  /** Failed too, but by their source's word block nothing. */
  readonly warnings: number;
  /** The same failure, or columns that go to and fro, from one execution of the node to the next. */
  readonly loop: Loop | undefined;
}

const NOTHING: CheckFacts = { failing: [], warnings: 0, loop: undefined };

/** Reads what was checked of a node's results, and how that came out. */
export function checkFacts(world: World, node: NodeView): CheckFacts {
  const attempt = node.current;
  if (!attempt || !hasAny(world, node, attempt)) return NOTHING;
  const newest = new Map<string, Checked>();
  for (const checked of checkedOf(world, node, attempt)) {
    const id = idOf(checked.told.value);
    const other = newest.get(id);
    if (!other || timeOf(world, checked) > timeOf(world, other)) newest.set(id, checked);
  }
  const failed = [...newest.values()].filter(
    (c) => !c.told.value.success && !isOutdated(world, node, attempt, c),
  );
  const blocking = failed.filter((c) => blocks(c.told.value));
  return {
    failing: blocking
      .map((c) => failureOf(world, node, c))
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    warnings: failed.length - blocking.length,
    loop: loopOf(world, node),
  };
}

/** Of most nodes nothing is checked, and a run may have thirty thousand. */
function hasAny(world: World, node: NodeView, attempt: AttemptView): boolean {
  if (attempt.state.checks || world.checks().size > 0) return true;
  return (
    node.attempts.length >= world.policyOf(node).values.loopTurns || attempt.state.facts.loopKey !== undefined
  );
}

/** A severity that by its source's word blocks nothing. */
function blocks({ severity }: Check): boolean {
  return !/^(warn|warning|info)$/i.test(severity?.trim() ?? "");
}

function idOf({ dataset, assertion, column }: Check): string {
  return `${dataset ? datasetKey(dataset) : ""}\n${assertion}\n${column ?? ""}`;
}

function timeOf({ clockOf }: World, { attempt, told }: Checked): Instant {
  return clockOf(attempt).ours(told.at);
}

/** What was checked of an attempt's outputs, by whomever, since it began; and what it checked of itself as a whole. */
function checkedOf(world: World, node: NodeView, attempt: AttemptView, until = Infinity): Checked[] {
  const own = Object.values(attempt.state.checks ?? {})
    .filter(({ value }) => !value.dataset)
    .map((told) => ({ node, attempt, told }));
  const since = attempt.startedAt === undefined ? undefined : world.clockOf(attempt).ours(attempt.startedAt);
  const onOutputs = Object.keys(attempt.state.outputs).flatMap((key) =>
    (world.checks().get(key) ?? []).filter((checked) => {
      const at = timeOf(world, checked);
      // An earlier try's checks are on what that try wrote.
      if (checked.node === node && checked.attempt !== attempt) return false;
      return checked.attempt === attempt || (since !== undefined && at >= since && at < until);
    }),
  );
  return [...own, ...onOutputs];
}

/** What was written after it was checked may be mended. A message that lists an output again is no write. */
function isOutdated(world: World, node: NodeView, attempt: AttemptView, checked: Checked): boolean {
  const { dataset } = checked.told.value;
  const { outputs } = attempt.state;
  const of = dataset ? [outputs[datasetKey(dataset)]] : Object.values(outputs);
  const clock = world.clockOf(attempt);
  const at = timeOf(world, checked) + world.policyOf(node).values.mtimeToleranceMs;
  return of.some((output) => {
    const wrote = output?.written?.value.modifiedAt ?? output?.firstWritten?.at;
    return (
      (wrote !== undefined && clock.ours(wrote) > at) ||
      (output?.grew !== undefined && clock.ours(output.grew.at) > at)
    );
  });
}

function failureOf(world: World, node: NodeView, checked: Checked): FailedCheck {
  const { value, messageId } = checked.told;
  return {
    id: idOf(value),
    assertion: value.assertion,
    column: value.column,
    dataset: value.dataset?.name,
    expected: value.expected,
    actual: value.actual,
    at: timeOf(world, checked),
    eventId: messageId,
    by: checked.node === node ? undefined : checked.node,
  };
}

function loopOf(world: World, node: NodeView): Loop | undefined {
  const { loopTurns } = world.policyOf(node).values;
  const turns = turnsOf(world, node, loopTurns);
  if (turns.length < loopTurns) return undefined;
  return failureStreak(turns, loopTurns) ?? alternation(turns, loopTurns);
}

/** The executions of a node, the oldest first: its tries, and where it is a turn of a loop the turns before it. */
function turnsOf(world: World, node: NodeView, least: number): Turn[] {
  const nodes = node.current?.state.facts.loopKey ? world.turnsOf(node) : [node];
  const begun = nodes
    .flatMap((n) => n.attempts.map((attempt) => ({ node: n, attempt })))
    .filter(({ attempt }) => attempt.startedAt !== undefined && !attempt.reused)
    .sort(
      (a, b) =>
        (a.attempt.startedAt ?? 0) - (b.attempt.startedAt ?? 0) || (a.attempt.id < b.attempt.id ? -1 : 1),
    );
  if (begun.length < least) return [];
  return begun.map(({ node: n, attempt }, i) => {
    const next = begun[i + 1]?.attempt;
    const clock = world.clockOf(attempt);
    const until = next?.startedAt === undefined ? Infinity : world.clockOf(next).ours(next.startedAt);
    const own = Object.values(attempt.state.checks ?? {}).map((told) => ({ node: n, attempt, told }));
    const all = [...own, ...checkedOf(world, n, attempt, until)];
    const failed = all.filter(({ told }) => !told.value.success && blocks(told.value));
    return {
      attempt,
      startedAt: clock.ours(attempt.startedAt as Instant),
      checked: all.length > 0,
      failed: new Map(failed.map((c) => [idOf(c.told.value), failureOf(world, n, c)])),
      columns: new Map(
        Object.values(attempt.state.columns ?? {}).flatMap(({ value }) =>
          value.as === "output"
            ? [
                [
                  value.dataset.name,
                  value.columns.map((c) => `${c.name} ${c.type ?? ""}`).join("\n"),
                ] as const,
              ]
            : [],
        ),
      ),
    };
  });
}
