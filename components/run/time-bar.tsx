"use client";

import { useQuery } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import dynamic from "next/dynamic";
import { Suspense, useEffect, useRef } from "react";
import { fetchPart } from "@/components/fetch-part";
import { usePageInstant } from "@/components/run/use-instant";
import { usePlay } from "@/components/run/use-play";
import { useRunAddress } from "@/components/run/use-run-address";
import { isShortcut } from "@/components/shortcuts";
import { toneText } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { stateTone } from "@/components/ui/state-shape";
import { ClockTime } from "@/components/ui/time";
import { TimeSlider, type TrackPart } from "@/components/ui/time-slider";
import { useTimeZone } from "@/components/use-time-zone";
import { formatClock, formatDay, formatInstant, toMillis } from "@/lib/base/format";
import { receiptsQuery, runQuery } from "@/lib/client/run-queries";
import type { RunResource } from "@/lib/contract/runs";

/** Fetched with the first journey into the past. */
const LearnedList = dynamic(() =>
  fetchPart(() => import("@/components/run/learned-list")).then((m) => m.LearnedList),
);

/** Of a run that took no longer than this, ms, minutes tell too little. */
const TO_THE_SECOND_MS = 10 * 60_000;

/** The run's whole time, to go back in: what was known at each instant, from the first word to now. */
export function TimeBar({ runId }: { runId: string }) {
  const [address, go] = useRunAddress();
  const zone = useTimeZone();
  const instant = usePageInstant(runId);
  const { data: present } = useQuery(runQuery(runId));
  const { data: told } = useQuery(receiptsQuery(runId));
  const { data: shown } = useQuery(runQuery(runId, address.at));
  const play = usePlay(
    instant?.ready ?? false,
    () => {
      if (!instant?.isPast) instant?.toStart();
    },
    instant?.advance ?? notYet,
  );
  useSpaceBar(play.toggle);
  if (!instant || !shown) return <NoTime known={told?.receipts.length === 0} />;
  const { from, to, value, isPast } = instant;
  const since = present && flagOf(present);
  const isDays = formatDay(from, zone) !== formatDay(to, zone);
  const words = (at: number, seconds: boolean) =>
    `${isDays ? `${formatDay(at, zone)} ` : ""}${formatClock(at, zone, seconds)}`;
  const isShort = to - from < TO_THE_SECOND_MS;
  return (
    <section
      aria-label="Time"
      className="flex-none border-t border-line bg-panel px-4 pt-2 pb-2 max-lg:tall:sticky max-lg:tall:bottom-0 max-lg:tall:z-20"
    >
      <div className="flex h-[26px] items-center gap-2 tabular-nums">
        <Button
          size="sm"
          aria-label={play.playing ? "Pause" : "Play from start to now"}
          title={play.playing ? "Pause (space bar)" : "Play (space bar)"}
          onClick={play.toggle}
          icon={play.playing ? <Pause aria-hidden="true" size={13} /> : <Play aria-hidden="true" size={13} />}
        />
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Speed: ${play.speed} times`}
          onClick={play.changeSpeed}
          className="w-9 [@media(width<24rem)]:hidden"
        >
          {play.speed}×
        </Button>
        <span className="min-w-0 truncate text-muted max-sm:hidden">
          {isPast ? (
            <>
              As known at{" "}
              <b className="font-semibold text-text">
                {isDays && `${formatDay(value, zone)} `}
                <ClockTime at={value} seconds />
              </b>
            </>
          ) : (
            <span className="text-faint">What was known, and when</span>
          )}
        </span>
        <span className="flex-1" />
        {isPast && present && (
          <Suspense>
            <LearnedList
              then={shown}
              now={present}
              onSelect={(node) => go({ node, at: undefined }, "push")}
            />
          </Suspense>
        )}
        {isPast && (
          <Button
            size="sm"
            onClick={() => {
              play.stop();
              instant.move(to, true);
            }}
          >
            Go to now
          </Button>
        )}
      </div>
      <TimeSlider
        label="Instant that the page shows"
        from={from}
        to={to}
        value={value}
        valueText={isPast ? formatInstant(value, zone) : "now"}
        stops={instant.stops}
        parts={present ? partsOf(present, from, to) : []}
        flag={since && { ...since, text: `${since.rule} ${formatClock(since.at, zone)}` }}
        moving={play.playing}
        onChange={(next, settled) => {
          play.stop();
          instant.move(next, settled);
        }}
        onStep={(by) => {
          play.stop();
          instant.step(by);
        }}
        onToggle={play.toggle}
      />
      <div aria-hidden="true" className="flex justify-between text-xs text-faint tabular-nums">
        <span>{words(from, isShort)}</span>
        <span className={isPast ? undefined : "font-semibold text-text"}>
          {present?.summary.state === "finished" ? "end" : "now"} {words(to, isShort)}
        </span>
      </div>
    </section>
  );
}

/** As high as the bar in whose place it stands; `known` where there will be none. */
function NoTime({ known }: { known: boolean }) {
  return (
    <div className="h-[95px] flex-none border-t border-line bg-panel px-4 py-3 text-muted">
      {known && "Only heartbeats have come of this run, and no message: there is no instant to go back to."}
    </div>
  );
}

function notYet(): boolean {
  return false;
}

const PART: Readonly<Record<RunResource["diagnosis"]["state"], string>> = {
  stuck: "bg-stuck",
  suspect: "bg-suspect",
  waiting: "bg-wait",
  slow: "bg-slow",
  unknown: "bg-wait",
  progressing: "bg-run",
  finished: "bg-ok",
};

/** At work, and since when it is as it is now. */
function partsOf(run: RunResource, from: number, to: number): TrackPart[] {
  const { state, since } = run.diagnosis;
  const colour = run.summary.outcome === "failed" ? "bg-stuck" : PART[state];
  if (state === "finished" || since === null) return [{ from, to, colour }];
  const turned = Math.min(to, Math.max(from, toMillis(since)));
  return [
    { from, to: turned, colour: "bg-run/60" },
    { from: turned, to, colour },
  ].filter((part) => part.to > part.from);
}

/** What holds the run, and since when. */
function flagOf(run: RunResource): { rule: string; at: number; colour: string } | undefined {
  const verdict = run.diagnosis.blockers[0]?.verdict;
  if (!verdict) return undefined;
  return {
    rule: verdict.rule,
    at: toMillis(verdict.since),
    colour: toneText(stateTone(run.diagnosis.state)),
  };
}

/** Where the space bar has no meaning of its own, it plays and pauses. */
function useSpaceBar(toggle: () => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isShortcut(event, "play")) return;
      const target = event.target instanceof Element ? event.target : null;
      if (
        target?.closest("button, a, input, textarea, select, summary, [role], [tabindex], [contenteditable]")
      )
        return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
