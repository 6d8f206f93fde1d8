"use client";

import { nodeState } from "@/components/graph/node-look";
import { NodeLink } from "@/components/node/node-link";
import { Section } from "@/components/ui/section";
import { StateShape } from "@/components/ui/state-shape";
import { formatCount } from "@/lib/base/format";
import type { NodeDetail } from "@/lib/contract/nodes";

const MOST = 12;

/** Nodes beside the one that is shown, each with its state. */
export function Neighbours({ title, nodes }: { title: string; nodes: NodeDetail["upstream"] }) {
  return (
    <Section title={title}>
      <ul className="grid gap-1.5">
        {nodes.slice(0, MOST).map(({ key, status }) => (
          <li key={key} className="flex items-center gap-2">
            <StateShape
              state={status === "reused" ? "reused" : nodeState({ status, verdict: null })}
              size={14}
            />
            <NodeLink nodeKey={key} />
          </li>
        ))}
        {nodes.length > MOST && <li className="text-muted">and {formatCount(nodes.length - MOST)} more</li>}
      </ul>
    </Section>
  );
}
