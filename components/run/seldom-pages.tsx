"use client";

import dynamic from "next/dynamic";

/** Fetched when a run is missing, and not with each run that is there. */
export const MissingRunPage = dynamic(() =>
  import("@/components/run/missing-run-page").then((m) => m.MissingRunPage),
);
