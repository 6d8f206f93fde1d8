/** Replays a scenario by the product's own way: accept, translate, fold, assemble, diagnose. */
import type { Instant } from "../lib/base/instant.ts";
import { diagnose } from "../lib/diagnosis/diagnose.ts";
import type { Diagnosis, Verdict } from "../lib/diagnosis/verdict.ts";
import { type Accepted, messageIdOf, stamped } from "../lib/server/ingest/accepted.ts";
import { translate } from "../lib/sources/openlineage/translate.ts";
import { readMessage } from "../lib/sources/openlineage/wire.ts";
import { foldMessages } from "../lib/testing/fold-messages.ts";
import { contextOf } from "./context.ts";
import { second } from "./message.ts";
import type { Asked, Received, Scenario } from "./scenario.ts";

/** How messages are put in besides the order of the scenario: neither may change the answer. */
export type Order = (messages: Accepted[]) => Accepted[];

const FNV = 16_777_619;

/** Another order, the same each time. */
export const shuffled =
  (seed: number): Order =>
  (messages) => {
    const rank = (m: Accepted) => [...m.id].reduce((h, c) => Math.imul(h ^ c.charCodeAt(0), FNV), seed);
    return [...messages].sort((a, b) => rank(a) - rank(b));
  };

/** Each folded twice: what the unique id of a message keeps out of the store would do no harm in it either. */
export const twice: Order = (messages) => [
  ...messages,
  ...messages.map((m) => ({ ...m, id: `${m.id} again` })),
];

/** Scenarios are asked many times: each message is read once. */
const read = new WeakMap<Received, Accepted>();

/** What was received by an instant; of a message that came more than once the first receipt counts. */
function known({ log }: Scenario, until: Instant): Accepted[] {
  const byId = new Map<string, Accepted>();
  for (const received of log.flat()) {
    const message = read.get(received) ?? accepted(received);
    const { receivedAt } = message;
    if (receivedAt > until) continue;
    read.set(received, message);
    const before = byId.get(message.id);
    if (!before || before.receivedAt > receivedAt) byId.set(message.id, message);
  }
  return [...byId.values()];
}

/** A message as ingest would append it. Throws where ingest would refuse it. */
function accepted({ json, at }: Received): Accepted {
  const receivedAt = second(at) as Instant;
  const given = readMessage(json);
  if (!given.ok || given.message.kind !== "run") throw new Error(`no run event: ${JSON.stringify(json)}`);
  const { run, job, eventType, eventTime } = given.message;
  const id = messageIdOf(json);
  return {
    id,
    source: job.namespace,
    type: eventType ?? "OTHER",
    attemptId: run.runId,
    occurredAt: eventTime,
    receivedAt,
    body: new Uint8Array(),
    size: 0,
    events: stamped(translate(given.message), id, receivedAt),
  };
}

/** The diagnosis of a scenario's run at an instant. */
export function replay(scenario: Scenario, at: number, order: Order = (messages) => messages): Diagnosis {
  const now = second(at) as Instant;
  const messages = order(known(scenario, now));
  const forest = foldMessages(messages);
  const id = forest.runOf.get(scenario.run);
  const run = id === undefined ? undefined : forest.runs.get(id);
  if (!run) throw new Error(`${scenario.name}: no run ${scenario.run} is known at ${at} s`);
  return diagnose(run, contextOf(run, forest, messages, now), now);
}

/** A false verdict, one that is missed, or another difference. */
export interface Fault {
  readonly kind: "false" | "missed" | "other";
  readonly text: string;
}

const isAlarm = (state: string) => state === "stuck" || state === "suspect";

/** What is wrong with an answer. */
export function faultsOf(asked: Asked, given: Diagnosis): Fault[] {
  const claims = [given.headline, ...given.verdicts.map(({ claim }) => claim)].join("\n");
  const faults: Fault[] = given.broken.map(({ rule, error }) => ({
    kind: "other",
    text: `${rule} broke: ${error}`,
  }));
  const states: readonly string[] = [asked.state].flat();
  if (!states.includes(given.state)) {
    const kind = states.some(isAlarm)
      ? isAlarm(given.state)
        ? "other"
        : "missed"
      : isAlarm(given.state)
        ? "false"
        : "other";
    faults.push({ kind, text: `state ${given.state}, expected ${states.join(" or ")}` });
  }
  const leads = new Map<string, Verdict>();
  for (const verdict of given.verdicts) if (verdict.ruleClass !== "note") leads.set(verdict.nodeKey, verdict);
  const holds = asked.holds ?? {};
  for (const [node, expected] of Object.entries(holds)) {
    const fault = faultOfNode(node, [expected].flat(), leads.get(node));
    if (fault) faults.push(fault);
  }
  for (const [node, lead] of leads) {
    if (node in holds) continue;
    const isDark = lead.ruleClass === "unknown" && !states.includes("unknown");
    if (lead.ruleClass === "stuck" || isDark) faults.push({ kind: "false", text: `${node}: ${shown(lead)}` });
  }
  for (const [node, notes] of Object.entries(asked.notes ?? {})) {
    for (const rule of notes) {
      if (!given.verdicts.some((v) => v.nodeKey === node && v.rule === rule))
        faults.push({ kind: "missed", text: `${node}: no note ${rule}` });
    }
  }
  for (const { rule, nodeKey } of given.verdicts)
    if (asked.never?.includes(rule))
      faults.push({ kind: "false", text: `${nodeKey}: ${rule} must not be said` });
  if (asked.says && !asked.says.test(claims))
    faults.push({ kind: "missed", text: `nothing says ${asked.says}` });
  if (asked.neverSays?.test(claims)) faults.push({ kind: "false", text: `said: ${asked.neverSays}` });
  return faults;
}

const shown = ({ rule, certainty }: Verdict): string => `${rule} ${certainty}`;

function faultOfNode(
  node: string,
  expected: readonly string[],
  lead: Verdict | undefined,
): Fault | undefined {
  const mayBeFree = expected.some((one) => one === "nothing" || one.endsWith("?"));
  if (!lead)
    return mayBeFree
      ? undefined
      : { kind: "missed", text: `${node}: nothing, expected ${expected.join(" or ")}` };
  const matches = expected.some((one) => {
    const wanted = one.replace(/\?$/, "");
    return wanted === lead.rule || wanted === shown(lead);
  });
  if (matches) return undefined;
  const kind = expected.every((one) => one === "nothing") && lead.ruleClass === "stuck" ? "false" : "other";
  return { kind, text: `${node}: ${shown(lead)}, expected ${expected.join(" or ")}` };
}
