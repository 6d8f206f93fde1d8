"use client";

import dynamic from "next/dynamic";
import { fetchPart } from "@/components/fetch-part";

/** What a reader sees when there is nothing to see: fetched then, and not with each page that could have been missing. */
export const NothingHere = dynamic(() =>
  fetchPart(() => import("@/components/shell/nothing-here")).then((m) => m.NothingHere),
);
