import { Badge, type BadgeTone, ReuseIcon } from "@/components/ui/badge";
import { BarStrip } from "@/components/ui/bar-strip";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CommandBox } from "@/components/ui/command-box";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/field";
import { ForeignLink } from "@/components/ui/foreign-link";
import { GridHead } from "@/components/ui/grid-head";
import { HeartbeatStrip } from "@/components/ui/heartbeat-strip";
import { KeyValue } from "@/components/ui/key-value";
import { MARK_NAMES, Mark } from "@/components/ui/marks";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { STATE_NAMES, StateShape, stateTone, stateWord } from "@/components/ui/state-shape";
import { TextWithCode } from "@/components/ui/text-with-code";
import { TimelineRows } from "./timeline-rows";

const TONES: readonly BadgeTone[] = ["stuck", "suspect", "slow", "wait", "run", "ok", "reuse", "neutral"];
const COMMAND = "airflow tasks clear -t 'train' --map-index 2 nightly_churn --yes --only-failed";
const LOST =
  "`train[2]` wrote both its outputs 1h 41m ago and never reported completion. It holds 3 of 9 nodes.";

/** What needs no browser. */
export function Still() {
  return (
    <>
      <Card className="p-5">
        <div className="flex gap-4">
          <StateShape state="stuck" size={28} />
          <div className="min-w-0 flex-1">
            <h2 className="text-2xl font-title tracking-[-0.015em] text-pretty max-sm:text-xl">
              <TextWithCode text={LOST} />
            </h2>
            <p className="mt-2 flex flex-wrap gap-x-[22px] tabular-nums text-muted">
              <span>
                Stuck for <b className="font-medium text-stuck">1h 41m</b>
              </span>
              <span>
                Source <b className="font-medium text-text">airflow-prod</b>, live
              </span>
            </p>
            <div className="mt-3.5 flex flex-wrap gap-2.5">
              <CommandBox command={COMMAND} label="the command that runs train[2] again" />
              <Button>Accept as completed…</Button>
            </div>
          </div>
        </div>
      </Card>

      <Card>
        <Section title="States">
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(128px,1fr))] gap-2.5">
            {STATE_NAMES.map((state) => (
              <li key={state} className="flex items-center gap-2">
                <StateShape state={state} size={20} decorative />
                {stateWord(state)}
                <Badge tone={stateTone(state)} className="sr-only">
                  {state}
                </Badge>
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Badges" aside={<span className="text-faint">soft and solid</span>}>
          <div className="flex flex-wrap gap-2">
            {TONES.map((tone) => (
              <Badge key={tone} tone={tone} icon={tone === "reuse" ? <ReuseIcon /> : undefined}>
                {tone}
              </Badge>
            ))}
            {TONES.map((tone) => (
              <Badge key={tone} tone={tone} solid>
                {tone}
              </Badge>
            ))}
          </div>
        </Section>
        <Section title="Buttons">
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary">Share</Button>
            <Button>Mark as failed…</Button>
            <Button variant="ghost">Later</Button>
            <Button size="sm">Command</Button>
            <ButtonLink href="/" size="sm" variant="primary">
              As a link
            </ButtonLink>
            <Button disabled>Not yet</Button>
          </div>
        </Section>
        <Section title="Evidence marks">
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(110px,1fr))] gap-2">
            {MARK_NAMES.map((name) => (
              <li key={name} className="flex items-center gap-2">
                <Mark name={name} />
                {name}
              </li>
            ))}
          </ul>
        </Section>
        <Section title="Heartbeats">
          <div className="grid gap-3 sm:grid-cols-3">
            <HeartbeatStrip
              label="Beats, then silence"
              segments={[
                { from: 0, to: 0.4, kind: "beat" },
                { from: 0.4, to: 1, kind: "gap" },
              ]}
            />
            <HeartbeatStrip label="Beats to the end" segments={[{ from: 0, to: 1, kind: "beat" }]} />
            <HeartbeatStrip label="Beat long ago" height={5} segments={[{ from: 0, to: 0.7, kind: "dim" }]} />
          </div>
        </Section>
        <Section title="Rows of the timeline">
          <TimelineRows />
        </Section>
        <Section title="Counts">
          <BarStrip
            label="Counts per hour, some of them wrong"
            bars={[3, 5, 0, 8, 13, 6, 0, 2].map((value, n) => ({
              key: `${n}`,
              value,
              wrong: n === 4 ? 5 : 0,
            }))}
            className="max-w-60"
          />
        </Section>
        <Section title="Names and values">
          <KeyValue
            items={[
              { label: "Host", value: <Mono>gpu-07</Mono> },
              { label: "Output", value: <Mono>abfss://models@prod/churn/2026-11-23/model.safetensors</Mono> },
              { label: "Exit code", value: "not reported" },
            ]}
          />
        </Section>
      </Card>

      <Notice>
        There is no node <Mono>train[9]</Mono> in this run; the whole run is shown.
      </Notice>
      <Notice
        tone="warn"
        action={
          <ButtonLink href="/" size="sm">
            Show now
          </ButtonLink>
        }
      >
        You look at the run as it was known at 02:35.
      </Notice>
      <Card className="grid gap-4 p-5 sm:grid-cols-2">
        <TextField label="Name" hint="Whose it is." placeholder="airflow-prod" />
        <TextField label="Key" defaultValue="cut off" error="This is not the whole of it." />
      </Card>

      <Card>
        <EmptyState
          title="No run needs attention"
          action={<ButtonLink href="/connect">Connect a source</ButtonLink>}
        >
          318 open runs make progress. What gets stuck appears here first, with the reason.
        </EmptyState>
      </Card>
      <Card className="p-5">
        <ForeignLink href="https://airflow.test/dags/nightly_churn" /> is followed,{" "}
        <ForeignLink href="file:///srv/dags/churn.py" /> is not.
      </Card>
      <Card>
        <table aria-label="A table whose rows are grids" className="block">
          <GridHead
            columns="grid-cols-[28px_minmax(0,1fr)_96px] gap-x-3.5"
            head={[
              ["Pipeline", ""],
              ["Took", ""],
            ]}
            sign="State"
            note={
              <span className="ml-2.5 font-normal tracking-normal text-muted">2 newer runs held back</span>
            }
          />
        </table>
        <SkeletonRows rows={2} height={62} />
        <Skeleton className="m-4 h-3 w-2/3" />
      </Card>
    </>
  );
}
