// biome-ignore-all lint/a11y/noRedundantRoles: drawn as a grid, it is no table to some screen readers unless told

import Link from "next/link";
import { memo, type ReactNode } from "react";
import { KIND_WORDS, nodeName, sideText } from "@/components/compare/compare-words";
import { cellShape } from "@/components/pipelines/pipeline-words";
import { runPageHref } from "@/components/run/run-address";
import { cx } from "@/components/ui/cx";
import { StateShape } from "@/components/ui/state-shape";
import { Duration } from "@/components/ui/time";
import { formatCount } from "@/lib/base/format";
import type {
  ComparedNode,
  ComparisonResource,
  DifferenceResource,
  SideResource,
} from "@/lib/contract/comparison";

export const COMPARE_COLUMNS =
  "md:grid-cols-[minmax(0,220px)_104px_104px_minmax(0,1fr)] lg:grid-cols-[minmax(0,260px)_120px_120px_minmax(0,1fr)]";

/** More than these are no longer read one by one. */
const MOST = 12;

export interface CompareRowProps {
  index: number;
  node: ComparedNode;
  comparison: ComparisonResource;
  /** Below the head, in pixels. */
  top: number;
  measure: (row: HTMLElement | null) => void;
}

/** A node in both runs, and each thing in which they differ on a line of its own. */
export const CompareRow = memo(function CompareRow({
  index,
  node,
  comparison,
  top,
  measure,
}: CompareRowProps) {
  const { run, with: other, first } = comparison;
  const shown = node.differences.slice(0, MOST);
  const isFirst = first?.key === node.key;
  return (
    <tr
      ref={measure}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      className={cx(
        "absolute inset-x-0 grid items-start gap-x-4 gap-y-1 border-b border-line2 px-4 py-[11px] hover:bg-line2/50",
        "grid-cols-[minmax(0,1fr)_auto_auto] max-md:px-3",
        COMPARE_COLUMNS,
      )}
      style={{ top }}
    >
      <td role="cell" className="min-w-0">
        <span
          className={cx(
            "block truncate leading-[19px]",
            node.key === "" ? "font-medium" : "mono font-semibold",
          )}
          title={node.key}
        >
          {nodeName(node)}
        </span>
      </td>
      <td role="cell" className="min-w-0">
        {other && (
          <Side
            side={node.before}
            href={runPageHref(other.id, { node: node.key || undefined })}
            label="before"
          />
        )}
      </td>
      <td role="cell" className="min-w-0">
        <Side side={node.now} href={runPageHref(run.id, { node: node.key || undefined })} label="now" />
      </td>
      <td role="cell" className="min-w-0 max-md:col-span-3">
        {node.differences.length === 0 ? (
          <span className="text-faint">{node.now?.open ? "alike so far" : "alike"}</span>
        ) : (
          <ul className="grid gap-[3px]">
            {shown.map((difference) => (
              <DifferenceLine
                key={`${difference.kind} ${difference.name} ${difference.before} ${difference.now}`}
                difference={difference}
                first={isFirst && difference === node.differences[0]}
              />
            ))}
            {node.differences.length > MOST && (
              <li className="text-sm text-muted">
                and {formatCount(node.differences.length - MOST)} more, in the node’s panel
              </li>
            )}
          </ul>
        )}
      </td>
    </tr>
  );
});

function Side({ side, href, label }: { side: SideResource | null; href: string; label: string }) {
  if (!side) return <span className="text-faint">none</span>;
  const word = side.status.charAt(0).toUpperCase() + side.status.slice(1);
  return (
    <Link
      href={href}
      prefetch={false}
      className="inline-flex items-center gap-1.5 rounded-sm whitespace-nowrap tabular-nums hover:underline"
    >
      <StateShape
        state={cellShape(side.status)}
        size={14}
        label={`${label}: ${word}`}
        className={side.status === "completed" ? "opacity-55" : ""}
      />
      {side.tookMs === null ? (
        <span className="text-muted">{side.status}</span>
      ) : (
        <Duration ms={side.tookMs} exact className={side.open ? "text-run" : "text-muted"} />
      )}
    </Link>
  );
}

interface DifferenceLineProps {
  difference: DifferenceResource;
  /** The one that the sentence at the top is about. */
  first: boolean;
}

function DifferenceLine({ difference, first }: DifferenceLineProps) {
  const { kind, name, before, now } = difference;
  return (
    <li className="flex min-w-0 items-baseline gap-x-2 text-sm leading-[19px]">
      <span className={cx("w-[88px] flex-none", first ? "font-semibold text-accent" : "text-faint")}>
        {KIND_WORDS[kind]}
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
        {NAMED.has(kind) && <span className="mono min-w-0 truncate">{name}</span>}
        {kind === "structure" ? (
          <span>{structureWords(difference)}</span>
        ) : (
          <span className="flex min-w-0 items-baseline gap-1.5">
            <Value absent={before === null}>{sideText(difference, "before")}</Value>
            <span aria-hidden="true" className="text-faint">
              →
            </span>
            <span className="sr-only">now</span>
            <Value absent={now === null} strong>
              {sideText(difference, "now")}
            </Value>
          </span>
        )}
      </span>
    </li>
  );
}

/** Kinds of which there is only one thing in a node need no name for it. */
const NAMED: ReadonlySet<string> = new Set([
  ...["code", "parameter", "input", "environment", "setting", "output", "upstream", "other"],
]);

function Value({
  absent,
  strong = false,
  children,
}: {
  absent: boolean;
  strong?: boolean;
  children: string;
}) {
  return (
    <span
      title={children}
      className={cx(
        "max-w-[min(320px,60vw)] truncate",
        absent ? "text-faint" : "mono",
        !absent && (strong ? "text-text" : "text-muted"),
      )}
    >
      {children}
    </span>
  );
}

function structureWords({ name, before, now }: DifferenceResource): ReactNode {
  if (name === "node") return now === null ? "no longer there" : "new";
  const other = <span className="mono">{now ?? before}</span>;
  return now === null ? <>no longer after {other}</> : <>now after {other}</>;
}
