"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type PointerEvent, useEffect, useMemo, useRef } from "react";
import { hasNode } from "@/components/run/first-selected";
import { nodeQuery } from "@/lib/client/node-queries";
import type { RunResource } from "@/lib/contract/runs";

/** A pointer that only passes by wants nothing, ms. */
const REST_MS = 60;

export interface NodeAsker {
  readonly ask: (key: string) => void;
  /** For an element around all that stands for nodes. */
  readonly handlers: {
    readonly onPointerOver: (event: PointerEvent) => void;
    readonly onPointerDownCapture: (event: PointerEvent) => void;
  };
}

/**
 * What a pointer rests on, or presses, will be opened a moment later: what its panel shows is asked for already. `run` is
 * what is shown, at the past instant `at` or now.
 */
export function useAskForNode(
  runId: string,
  run: Pick<RunResource, "nodes" | "rootKey"> | undefined,
  at: string | undefined,
): NodeAsker {
  const client = useQueryClient();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  return useMemo(() => {
    // What is folded, and a group's row, have names too.
    const ask = (key: string) => {
      if (run && hasNode(run, key)) void client.prefetchQuery(nodeQuery(runId, key, at));
    };
    return {
      ask,
      handlers: {
        onPointerOver: ({ target, pointerType }) => {
          clearTimeout(resting.current);
          const key = keyOf(target);
          if (key !== undefined && pointerType === "mouse") resting.current = setTimeout(ask, REST_MS, key);
        },
        onPointerDownCapture: ({ target }) => {
          const key = keyOf(target);
          if (key !== undefined) ask(key);
        },
      },
    };
  }, [client, runId, run, at]);
}

/** The node that an element, or one around it, stands for. */
function keyOf(target: EventTarget): string | undefined {
  const found =
    target instanceof Element ? target.closest<HTMLElement>("[data-node], [data-key], [data-opens]") : null;
  return found?.dataset["node"] ?? found?.dataset["key"] ?? found?.dataset["opens"];
}
