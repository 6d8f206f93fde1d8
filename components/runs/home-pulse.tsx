"use client";

import { useQuery } from "@tanstack/react-query";
import { Pulse } from "@/components/shell/pulse";
import { attentionQuery } from "@/lib/client/run-queries";

/** The home page's pulse in the top bar, fed by the question that it asks most often. */
export function HomePulse() {
  return <Pulse query={useQuery(attentionQuery())} topic="runs" />;
}
