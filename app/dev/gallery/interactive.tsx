"use client";

import { Link2 } from "lucide-react";
import { useContext, useState } from "react";
import { LiveIndicator } from "@/components/shell/live-indicator";
import { ThemeToggle } from "@/components/shell/theme-toggle";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Confirm } from "@/components/ui/confirm";
import { CopyButton } from "@/components/ui/copy-button";
import { SelectField, TextField } from "@/components/ui/field";
import { FilterChip, ToggleChip } from "@/components/ui/filter-chip";
import { Finder } from "@/components/ui/finder";
import { JsonView } from "@/components/ui/json-view";
import { Keys } from "@/components/ui/keys";
import { PopoverSelect } from "@/components/ui/popover-select";
import { Section } from "@/components/ui/section";
import { Segmented } from "@/components/ui/segmented";
import { STATE_NAMES, StateShape, stateWord } from "@/components/ui/state-shape";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { ClockTime, Duration, RelativeTime } from "@/components/ui/time";
import { TimeSlider } from "@/components/ui/time-slider";
import { Tooltip } from "@/components/ui/tooltip";
import { Unread } from "@/components/ui/unread";
import { PageStart, useNow } from "@/components/use-now";

const MINUTE = 60_000;
/** Minutes before the page. */
const STOPS = [100, 97, 96, 80, 62, 61, 60, 34, 30];
const EVENT = {
  eventType: "RUNNING",
  eventTime: "2026-11-23T01:35:00Z",
  run: { runId: "7f3ac1d2", facets: { unstuck_heartbeat: { interval: 10, sequence: 275, host: null } } },
  outputs: Array.from({ length: 8 }, (_, part) => ({
    namespace: "abfss",
    name: `part-${part}`,
    final: part > 3,
  })),
};

/** Groups of the states whose names hold a text, the letters of it marked. */
function findAmong(text: string) {
  const found = STATE_NAMES.flatMap((state) => {
    const from = stateWord(state).toLowerCase().indexOf(text.toLowerCase());
    const at = Array.from(text, (_, i) => from + i);
    return from < 0 ? [] : [{ id: state, label: stateWord(state), hint: state, found: at }];
  });
  return found.length === 0
    ? [{ label: "States", note: "could not be searched: an example of an error", options: [] }]
    : [{ label: "States", note: `${found.length} of ${STATE_NAMES.length}`, options: found }];
}

/** What answers to hand and clock. */
export function Interactive({ name }: { name: string }) {
  const start = useContext(PageStart);
  const now = useNow();
  const [tab, setTab] = useState("why");
  const [focus, setFocus] = useState<"focus" | "whole">("focus");
  const [open, setOpen] = useState(true);
  const [states, setStates] = useState<string[]>(["stuck", "suspect"]);
  const [source, setSource] = useState<string[]>([]);
  const [instant, setInstant] = useState(start);
  const [wanted, setWanted] = useState("");
  const [span, setSpan] = useState<string[]>(["24h"]);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <ToggleChip pressed={open} onPressedChange={setOpen}>
          Open
        </ToggleChip>
        <Confirm
          trigger={<Button size="sm">Take back…</Button>}
          title="Take it back?"
          action="Take it back"
          onConfirm={() => setOpen(false)}
        >
          It cannot be undone.
        </Confirm>
        <FilterChip
          label="State"
          selected={states}
          onChange={setStates}
          options={STATE_NAMES.map((state, i) => ({
            value: state,
            label: stateWord(state),
            icon: <StateShape state={state} size={14} decorative />,
            count: i * 137,
          }))}
        />
        <FilterChip
          label="Source"
          selected={source}
          onChange={setSource}
          options={["airflow-prod", "azureml-west", "spark-emr"].map((s) => ({ value: s, label: s }))}
        />
        <FilterChip
          label="Seen in"
          single
          required
          selected={span}
          onChange={setSpan}
          options={[
            { value: "1h", label: "Last hour" },
            { value: "24h", label: "Last 24 h" },
            { value: "7d", label: "Last 7 days" },
          ]}
        />
      </div>

      <Card>
        <Tabs
          label={`Views, ${name}`}
          value={tab}
          onValueChange={setTab}
          items={[
            { value: "why", label: "Why" },
            { value: "outputs", label: "Outputs", count: 2 },
            { value: "events", label: "Events", count: 1204 },
          ]}
          trailing={
            <Segmented
              label="How much of the graph"
              value={focus}
              onValueChange={setFocus}
              options={[
                { value: "focus", label: "Focus" },
                { value: "whole", label: "Whole" },
              ]}
            />
          }
        >
          <TabPanel value="why" className="p-4">
            The first panel.
          </TabPanel>
          <TabPanel value="outputs" className="p-4">
            The second panel.
          </TabPanel>
          <TabPanel value="events" className="p-4">
            The third panel.
          </TabPanel>
        </Tabs>
        <Section title="Tabs in a narrow panel">
          <Tabs
            label={`What is known of a node, ${name}`}
            variant="plain"
            value={tab}
            onValueChange={setTab}
            items={["why", "attempts", "outputs", "cache", "life signs", "waits", "events", "metadata"].map(
              (value, n) => ({ value, label: value, count: n === 2 ? 12 : undefined }),
            )}
            className="max-w-96"
          >
            <TabPanel value={tab} className="pt-2">
              The panel of {tab}.
            </TabPanel>
          </Tabs>
        </Section>
        <Section title="A choice of one, and a tooltip">
          <div className="flex flex-wrap gap-2">
            <PopoverSelect
              label={`Compare with, ${name}`}
              single
              wide
              selected={span}
              onChange={setSpan}
              options={[
                { value: "24h", label: "run 7f3a, 1 day ago: 2 parts differ" },
                { value: "7d", label: "run 91bd, failed, 2 days ago: the same key" },
              ]}
              trigger={<Button size="sm">Compare with another</Button>}
            />
            <PopoverSelect
              label={`Nothing, ${name}`}
              selected={[]}
              onChange={setSource}
              options={[]}
              emptyText="No pipeline has run yet"
              trigger={<Button size="sm">Nothing to choose</Button>}
            />
            <Tooltip content="What the page has no room for.">
              <Button size="sm">Point at it</Button>
            </Tooltip>
          </div>
        </Section>
        <Section title="Fields">
          <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
            <TextField label="Value" mono placeholder="15m" hint="0s to 30d." />
            <TextField label="Value" mono defaultValue="soon" error="Write it as 15m." />
            <TextField label="Nodes" disabled hint="It holds for whole runs." />
            <SelectField label="Threshold" hint="One of many.">
              <option>outputStableMs</option>
              <option>cancelGraceMs</option>
            </SelectField>
          </div>
        </Section>
        <Section title="Times">
          <p className="flex flex-wrap gap-x-5 gap-y-1">
            <RelativeTime at={start} now={now} />
            <RelativeTime at={start - 4 * MINUTE} now={now} prefix="last seen" />
            <RelativeTime at={start - 26 * 60 * MINUTE} now={now} />
            <ClockTime at={start} />
            <ClockTime at={start} seconds className="font-mono text-sm" />
            <Duration ms={101 * MINUTE} />
            <Duration ms={41 * MINUTE + 9_000} exact />
          </p>
        </Section>
        <Section title="Live">
          <div className="flex flex-wrap gap-5">
            <LiveIndicator state="live" lastAt={null} />
            <LiveIndicator state="live" lastAt={start} />
            <LiveIndicator state="late" lastAt={start} />
            <LiveIndicator state="lost" lastAt={start} />
            <LiveIndicator state="out" lastAt={start} />
            <ThemeToggle />
            <CopyButton
              text={() => window.location.href}
              label="Copy link"
              icon={<Link2 aria-hidden size={14} />}
            />
          </div>
        </Section>
        <Section title="Time slider">
          <TimeSlider
            label={`Instant, ${name}`}
            from={start - 100 * MINUTE}
            to={start}
            value={instant}
            valueText={`${Math.round((start - instant) / MINUTE)} minutes ago`}
            stops={STOPS.map((minutes) => start - minutes * MINUTE)}
            parts={[
              { from: start - 100 * MINUTE, to: start - 30 * MINUTE, colour: "bg-run/60" },
              { from: start - 30 * MINUTE, to: start, colour: "bg-stuck" },
            ]}
            flag={{ at: start - 30 * MINUTE, text: "lost-completion", colour: "text-stuck" }}
            onChange={setInstant}
            onStep={(by) =>
              setInstant((at) => Math.max(start - 100 * MINUTE, Math.min(start, at + by * MINUTE)))
            }
            onToggle={() => setInstant(start - 100 * MINUTE)}
          />
        </Section>
        <Section title="Finder">
          <div className="flex h-72 flex-col overflow-hidden rounded-2xl border border-line bg-raise">
            <Finder
              label={`Find, ${name}`}
              placeholder="Type to find"
              value={wanted}
              onValueChange={setWanted}
              groups={findAmong(wanted)}
              emptyText="Nothing to choose from"
              status=""
              onChoose={setWanted}
            />
          </div>
        </Section>
        <Section title="Keys">
          <p className="flex flex-wrap gap-2">
            {["Mod+k", "?", "ArrowLeft", "Escape", " "].map((key) => (
              <Keys key={key} combination={key} />
            ))}
          </p>
        </Section>
        <Section title="A list that is not read yet, and one that cannot be">
          <div className="grid gap-3">
            <Unread what="The runs" error={null} onRetry={() => setOpen(true)} rows={2} />
            <Unread
              what="The runs"
              error={new Error("The server does not answer.")}
              onRetry={() => setOpen(true)}
              rows={2}
              level={3}
            />
          </div>
        </Section>
        <Section title="As it was received">
          <JsonView value={EVENT} label="The event" />
        </Section>
      </Card>
    </>
  );
}
