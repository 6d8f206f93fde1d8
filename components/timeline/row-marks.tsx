import { toMillis } from "@/lib/base/format";
import type { TimelineAttempt } from "@/lib/contract/timeline";
import { type TimeScale, toX } from "@/lib/drawing/time-scale";

/** The middle of the bars, of the log's dots, and of what the cache said, px from the row's top. */
const BAR = 19;
const LOG = 40;
const CACHE = 6;

/** What happened at an instant: outputs as diamonds (open: declared, filled: written), log writes, the cache's word. */
export function RowMarks({ attempts, scale }: { attempts: readonly TimelineAttempt[]; scale: TimeScale }) {
  const x = (at: string | null): number | undefined => {
    if (at === null) return undefined;
    const px = toX(scale, toMillis(at));
    return px < 0 || px > scale.width ? undefined : Math.round(px * 10) / 10;
  };
  const outputs = attempts.flatMap((attempt) =>
    attempt.outputs.flatMap(({ name, declaredAt, writtenAt }) => {
      const at = x(writtenAt ?? declaredAt);
      return at === undefined ? [] : [{ key: `${attempt.id} ${name}`, at, written: writtenAt !== null }];
    }),
  );
  const logs = attempts.flatMap((attempt) => attempt.logAt.flatMap((at) => x(at) ?? []));
  const caches = attempts.flatMap(({ id, cache }) => {
    const at = x(cache?.at ?? null);
    return cache && at !== undefined ? [{ id, at, hit: cache.status === "HIT" }] : [];
  });
  if (outputs.length + logs.length + caches.length === 0) return null;
  return (
    <svg
      aria-hidden="true"
      className="pointer-events-none absolute inset-0 size-full overflow-visible"
      fill="none"
    >
      {logs.length > 0 && (
        <path
          d={logs.map((at) => `M${at} ${LOG}h.01`).join("")}
          stroke="var(--muted)"
          strokeWidth="2.4"
          strokeLinecap="round"
        />
      )}
      {caches.map(({ id, at, hit }) => (
        <circle
          key={id}
          cx={at}
          cy={CACHE}
          r="2.6"
          stroke={hit ? "var(--reuse)" : "var(--ghost)"}
          fill={hit ? "var(--reuse)" : "var(--panel)"}
          strokeWidth="1.3"
        />
      ))}
      {/* What was written lies over what was only declared. */}
      {outputs
        .toSorted((a, b) => Number(a.written) - Number(b.written))
        .map(({ key, at, written }) => (
          <path
            key={key}
            d={`M${at} ${BAR - 6}l6 6-6 6-6-6z`}
            fill={written ? "var(--ok)" : "var(--panel)"}
            stroke={written ? "var(--panel)" : "var(--ghost)"}
            strokeWidth="1.6"
          />
        ))}
    </svg>
  );
}
