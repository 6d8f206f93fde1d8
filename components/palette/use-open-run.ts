"use client";

import { useQuery } from "@tanstack/react-query";
import { useParams, usePathname } from "next/navigation";
import { useMemo } from "react";
import { useRunAddress } from "@/components/run/use-run-address";
import { runQuery } from "@/lib/client/run-queries";
import type { RunResource } from "@/lib/contract/runs";

export interface OpenRun {
  readonly runId: string;
  /** As the page shows it, and as it is known now. */
  readonly run: RunResource;
  readonly present: RunResource | undefined;
}

/** The run whose page is open, as that page has it: nothing is asked for here. */
export function useOpenRun(): OpenRun | undefined {
  const { runId: part } = useParams<{ runId?: string }>();
  const path = usePathname();
  const [{ at }] = useRunAddress();
  const isRunPage = part !== undefined && path === `/runs/${part}`;
  const runId = isRunPage ? decodeURIComponent(part) : "";
  const { data: then } = useQuery({ ...runQuery(runId, at), enabled: false });
  const { data: present } = useQuery({ ...runQuery(runId), enabled: false });
  const run = then ?? present;
  return useMemo(
    () => (isRunPage && run ? { runId, run, present } : undefined),
    [isRunPage, runId, run, present],
  );
}
