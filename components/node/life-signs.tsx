"use client";

import { useRunAddress } from "@/components/run/use-run-address";
import { LiveAge } from "@/components/runs/live-time";
import { Badge } from "@/components/ui/badge";
import { Mark, type MarkName } from "@/components/ui/marks";
import { Section } from "@/components/ui/section";
import { ClockTime } from "@/components/ui/time";
import { useNow } from "@/components/use-now";
import { formatDuration, formatQuantity, toMillis } from "@/lib/base/format";
import type { AttemptResource, BaselineResource, LifeResource } from "@/lib/contract/nodes";

type Sign = LifeResource["signs"][number];

const KINDS: Readonly<Record<Sign["kind"], { readonly label: string; readonly mark: MarkName }>> = {
  beat: { label: "Heartbeat", mark: "beat" },
  progress: { label: "Progress", mark: "other" },
  log: { label: "Log write", mark: "other" },
  output: { label: "Output", mark: "written" },
  state: { label: "State", mark: "other" },
  message: { label: "Any message", mark: "other" },
};

export interface LifeSignsProps {
  attempt: AttemptResource;
  baseline: BaselineResource;
}

/** Each kind of sign with its age, against the rhythm that it usually has. */
export function LifeSigns({ attempt, baseline }: LifeSignsProps) {
  const { signs } = attempt.life;
  if (signs.length === 0) return null;
  return (
    <Section title="Signs" aside={<span className="text-sm text-muted">last seen</span>}>
      <ul className="grid gap-1.5">
        {signs.map((sign) => (
          <SignLine key={sign.kind} {...{ sign, attempt }} rhythm={rhythmOf(sign, attempt, baseline)} />
        ))}
      </ul>
    </Section>
  );
}

interface Rhythm {
  readonly words: string;
  /** Longer than this is unusual, ms; undefined where nothing tells. */
  readonly longestMs: number | undefined;
}

/** Fewer attempts say nothing of what is usual. */
const ENOUGH = 5;

function rhythmOf(
  { kind }: Sign,
  { life }: AttemptResource,
  { logGapMs }: BaselineResource,
): Rhythm | undefined {
  if (kind === "beat") {
    if (life.intervalMs === null) return { words: "no rhythm promised or learned", longestMs: undefined };
    // What is silent is marked where the server counts it as such.
    const isSilent = life.gaps.some((gap) => gap.to === null);
    const words = `every ${formatDuration(life.intervalMs)}, ${life.intervalOrigin ?? ""}`;
    return { words, longestMs: isSilent ? 0 : undefined };
  }
  if (kind === "log" && logGapMs && logGapMs.count >= ENOUGH) {
    const words = `pauses up to ${formatDuration(logGapMs.p95)}, by ${formatQuantity(logGapMs.count, "attempt")}`;
    return { words, longestMs: logGapMs.p95 };
  }
  return undefined;
}

function SignLine({
  sign,
  attempt,
  rhythm,
}: {
  sign: Sign;
  attempt: AttemptResource;
  rhythm: Rhythm | undefined;
}) {
  const [, go] = useRunAddress();
  const { kind, at, what, eventId } = sign;
  const { label, mark } = KINDS[kind];
  const line = (
    <>
      <Mark name={mark} className="translate-y-px" />
      <span className="min-w-0">
        <span className="font-medium">{label}</span>
        {what !== null && <span className="mono text-muted wrap-anywhere"> {what}</span>}
        {rhythm && <span className="block text-sm text-muted">{rhythm.words}</span>}
      </span>
      <span className="flex items-baseline gap-1.5 text-right tabular-nums">
        {rhythm?.longestMs !== undefined && <Late {...{ at, attempt }} longestMs={rhythm.longestMs} />}
        <span>
          <LiveAge at={at} />
          <span className="block text-sm text-muted">
            <ClockTime at={at} seconds />
          </span>
        </span>
      </span>
    </>
  );
  const look = "grid w-full grid-cols-[14px_minmax(0,1fr)_auto] items-baseline gap-2 rounded-md text-left";
  return (
    <li>
      {eventId === null ? (
        <div className={look}>{line}</div>
      ) : (
        <button
          type="button"
          title="Open the message that proves it"
          onClick={() => go({ event: eventId }, "push")}
          className={`${look} hover:bg-line2`}
        >
          {line}
        </button>
      )}
    </li>
  );
}

/** Only what still runs can be late with a sign. */
function Late({ at, attempt, longestMs }: { at: string; attempt: AttemptResource; longestMs: number }) {
  const now = useNow(5_000);
  const isOpen = attempt.status === "running" || attempt.status === "waiting";
  return isOpen && now - toMillis(at) > longestMs ? <Badge tone="slow">late</Badge> : null;
}
