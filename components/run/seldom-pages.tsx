"use client";

import dynamic from "next/dynamic";
import { fetchPart } from "@/components/fetch-part";

/** Fetched when a run is missing, and not with each run that is there. */
export const MissingRun = dynamic(() =>
  fetchPart(() => import("@/components/run/missing-run")).then((m) => m.MissingRun),
);
