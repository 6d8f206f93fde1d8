"use client";

import Link from "next/link";
import { holdersOf } from "@/components/graph/graph-model";
import { Neighbours } from "@/components/node/neighbours";
import { NodeLink } from "@/components/node/node-link";
import { runPageHref } from "@/components/run/run-address";
import { useRunAddress } from "@/components/run/use-run-address";
import { Elapsed } from "@/components/runs/live-time";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { ForeignLink } from "@/components/ui/foreign-link";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/mono";
import { Section } from "@/components/ui/section";
import { StateShape } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { ClockTime } from "@/components/ui/time";
import { formatQuantity, shortId } from "@/lib/base/format";
import type { AttemptResource, NodeDetail, WaitResource } from "@/lib/contract/nodes";
import type { NodeStatusName, RunResource } from "@/lib/contract/runs";

const LINK = "underline decoration-line underline-offset-2 hover:decoration-current";
const OPEN: readonly NodeStatusName[] = ["planned", "waiting", "running"];

/** What it waited for, who has it, and what waits for it in turn. */
export function WaitsTab({ run, detail }: { run: RunResource; detail: NodeDetail }) {
  const { node, attempts, upstream } = detail;
  const told = attempts.filter((attempt) => attempt.waits.length > 0);
  const before = OPEN.includes(node.status) ? upstream.filter((n) => OPEN.includes(n.status)) : [];
  const holder = holdersOf(run).get(node.key);
  return (
    <>
      {told.length === 0 && before.length === 0 && (
        <EmptyState level={3} title="No wait was told">
          No event says that it waited for a queue, a lock, a pool or anything else. A source tells it with
          the facet <Mono>unstuck_wait</Mono>: see{" "}
          <Link href="/connect?with=facets" className={LINK}>
            Connect
          </Link>
          .
        </EmptyState>
      )}
      {before.length > 0 && (
        <>
          {holder !== undefined && holder !== node.key && (
            <Section title="Held by">
              <NodeLink nodeKey={holder} className="font-semibold" />
            </Section>
          )}
          <Neighbours title="Comes after, and these are open" nodes={before} />
        </>
      )}
      {told.map((attempt) => (
        <Section
          key={attempt.id}
          title={attempts.length > 1 ? `Attempt ${attempt.number} waited for` : "Waited for"}
        >
          <ul className="grid gap-4">
            {attempt.waits.map((wait) => (
              <Wait key={`${wait.kind} ${wait.on} ${wait.since}`} wait={wait} attempt={attempt} />
            ))}
          </ul>
        </Section>
      ))}
      <Holds run={run} detail={detail} />
    </>
  );
}

function Wait({ wait, attempt }: { wait: WaitResource; attempt: AttemptResource }) {
  const [, go] = useRunAddress();
  const { kind, on, since, until, current, eventId } = wait;
  const end = until ?? (current ? null : endOf(wait, attempt));
  return (
    <li>
      <h4 className="mb-1.5 flex items-center gap-2 font-semibold">
        <StateShape state={current ? "waiting" : "finished"} size={14} decorative />
        <span className="min-w-0 truncate" title={kind}>
          {kind}
        </span>
        <Badge tone={current ? "wait" : "neutral"}>{current ? "now" : "over"}</Badge>
        {(current || end !== undefined) && (
          <span className="ml-auto font-normal text-muted">
            <Elapsed from={since} to={current ? null : (end ?? null)} />
          </span>
        )}
      </h4>
      <KeyValue
        items={[
          ...(on === null ? [] : [{ label: "On", value: <Mono>{on}</Mono> }]),
          { label: "Since", value: <ClockTime at={since} seconds /> },
          { label: "Until", value: <Until wait={wait} end={end} /> },
          ...(wait.holder ? [{ label: "Held by", value: <Holder holder={wait.holder} /> }] : []),
        ]}
      />
      <button
        type="button"
        onClick={() => go({ event: eventId }, "push")}
        className={`mt-1.5 rounded-sm text-sm text-muted hover:text-text ${LINK}`}
      >
        The message that says so
      </button>
    </li>
  );
}

/** Where its end was not told: what came next, if it began later. */
function endOf({ since }: WaitResource, { startedAt, endedAt }: AttemptResource): string | undefined {
  return [startedAt, endedAt].find((at) => at !== null && Date.parse(at) >= Date.parse(since)) ?? undefined;
}

function Until({ wait, end }: { wait: WaitResource; end: string | null | undefined }) {
  if (wait.until !== null) {
    return (
      <>
        <ClockTime at={wait.until} seconds />
        {wait.current && <span className="text-muted">, at the latest</span>}
      </>
    );
  }
  if (wait.current) return "not told; it waits still";
  if (!end) return "not told";
  return (
    <>
      <ClockTime at={end} seconds />{" "}
      <span className="text-muted">(what came next; its end was not told)</span>
    </>
  );
}

function Holder({ holder }: { holder: NonNullable<WaitResource["holder"]> }) {
  const { runId, job, url, nodeKey, run } = holder;
  const name = job ?? (runId === null ? null : shortId(runId, 8));
  return (
    <span className="grid gap-0.5">
      {nodeKey !== null ? (
        <NodeLink nodeKey={nodeKey} />
      ) : runId !== null ? (
        <Link href={runPageHref(runId)} className={LINK}>
          {run && `${run.pipeline}, `}
          <Mono>{name}</Mono>
        </Link>
      ) : name !== null ? (
        <Mono>{name}</Mono>
      ) : (
        url === null && "not told"
      )}
      {run?.headline && <TextWithCode text={run.headline} className="text-sm text-muted" />}
      {url !== null && <ForeignLink href={url} />}
    </span>
  );
}

/** What waits for this node: behind it in the run, by its own words, and in other runs. */
function Holds({ run, detail }: { run: RunResource; detail: NodeDetail }) {
  const { node, downstream, held } = detail;
  const blocker = run.diagnosis.blockers.find(({ nodeKey }) => nodeKey === node.key);
  const behind = OPEN.includes(node.status) ? downstream.filter((n) => OPEN.includes(n.status)) : [];
  if (!blocker?.holds && behind.length === 0 && held.nodes.length === 0 && held.runs.length === 0)
    return null;
  return (
    <>
      {behind.length > 0 && (
        <Neighbours
          title={blocker ? `Holds ${formatQuantity(blocker.holds, "node")}; next are` : "Comes before"}
          nodes={behind}
        />
      )}
      {held.nodes.length > 0 && (
        <Section title="Say that they wait for it">
          <ul className="grid gap-1.5">
            {held.nodes.map(({ key, kind }) => (
              <li key={key} className="flex items-center gap-2">
                <StateShape state="waiting" size={14} />
                <NodeLink nodeKey={key} />
                <span className="text-muted">{kind}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {held.runs.length > 0 && (
        <Section title="Other runs that wait for this run">
          <ul className="grid gap-1.5">
            {held.runs.map(({ id, pipeline, state }) => (
              <li key={id} className="flex items-center gap-2">
                <StateShape state={state} size={14} />
                <Link href={runPageHref(id)} className={LINK}>
                  {pipeline}, run <Mono>{shortId(id)}</Mono>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
