"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { KeyForm } from "@/components/keys/key-form";
import { KeyTable } from "@/components/keys/key-table";
import { makeCommand } from "@/components/keys/key-words";
import { MadeKeyCard } from "@/components/keys/made-key-card";
import { Card } from "@/components/ui/card";
import { CommandBox } from "@/components/ui/command-box";
import { EmptyState } from "@/components/ui/empty-state";
import { Unread } from "@/components/ui/unread";
import { keyListQuery } from "@/lib/client/key-queries";
import type { KeyList, MadeKey } from "@/lib/contract/keys";

/** Keys: what holds here, a new one, and those that there are. */
export function KeyScreen() {
  const list = useQuery(keyListQuery());
  // Shown this once: it lives in this page alone, and is gone with it.
  const [made, setMade] = useState<MadeKey>();
  if (list.data === undefined) {
    return (
      <Unread
        what="The keys"
        error={list.error}
        onRetry={() => void list.refetch()}
        rows={3}
        height={62}
        isLive={false}
      />
    );
  }
  const { keys, changeable, required } = list.data;
  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-[80ch] text-pretty text-muted">{standing(list.data)}</p>
      {made && <MadeKeyCard made={made} onDone={() => setMade(undefined)} />}
      {changeable && !made && <KeyForm onMade={setMade} />}
      {keys.length > 0 && <KeyTable keys={keys} changeable={changeable} />}
      {keys.length === 0 && !made && <NoKeys required={required} />}
      {!changeable && (
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5 text-muted">
          Keys are made and revoked on the server itself, since one that reads must not make others:
          <CommandBox command={makeCommand("airflow-prod", "ingest")} label="the command that makes a key" />
        </p>
      )}
    </div>
  );
}

function standing({ required, changeable }: KeyList): string {
  if (required)
    return "Others reach this server: whoever sends needs a key with the scope ingest, and whoever looks needs one with the scope read. On the server's own machine none is needed.";
  return changeable
    ? "This server asks for no keys: it is reached from its own machine alone, or something before it asks who is there. A key that is sent is checked all the same."
    : "Whoever sends needs a key with the scope ingest, and whoever looks needs one with the scope read.";
}

function NoKeys({ required }: { required: boolean }) {
  return (
    <Card>
      <EmptyState title="There are no keys yet">
        A key lets a source send, or a person look, once this server is reached from elsewhere than its own
        machine
        {required ? ", as it is now" : ""}. Give each source one of its own, named after it: then you see
        which of them still sends, and can take one key back without touching the others.
      </EmptyState>
    </Card>
  );
}
