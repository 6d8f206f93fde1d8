"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { SCOPE_SAYS } from "@/components/keys/key-words";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { TextField } from "@/components/ui/field";
import { Segmented } from "@/components/ui/segmented";
import { keyListQuery, makeKey } from "@/lib/client/key-queries";
import type { KeyScope, MadeKey } from "@/lib/contract/keys";

const SCOPES = [
  { value: "ingest", label: "Ingest" },
  { value: "read", label: "Read" },
] as const satisfies readonly { value: KeyScope; label: string }[];

/** A name, a scope, and a key. */
export function KeyForm({ onMade }: { onMade: (made: MadeKey) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<KeyScope>("ingest");
  const [isNameless, setNameless] = useState(false);
  const making = useMutation({
    ...makeKey,
    onSuccess: (made) => {
      onMade(made);
      void client.invalidateQueries(keyListQuery());
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setNameless(name.trim() === "");
    if (name.trim() !== "" && !making.isPending) making.mutate({ name, scope });
  };
  const problem = isNameless ? "Give it a name, such as the source's." : making.error?.message;
  return (
    <Card className="px-5 py-4 max-sm:px-3">
      <form onSubmit={send} aria-label="Make a key" noValidate>
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <TextField
            label="Name"
            name="name"
            placeholder="airflow-prod"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setNameless(false);
            }}
            hint="Whose it is: a source's name, or a person's."
            error={problem}
            className="w-72 max-sm:w-full"
          />
          <div className="flex min-w-0 flex-col gap-1">
            <span className="text-sm font-medium">Scope</span>
            <Segmented
              label="Scope"
              options={SCOPES}
              value={scope}
              onValueChange={setScope}
              className="self-start [&>label]:py-[4.5px]"
            />
            <p className="text-sm text-muted">It {SCOPE_SAYS[scope]}.</p>
          </div>
          <Button
            type="submit"
            variant="primary"
            disabled={making.isPending}
            className="mt-[22px] ml-auto max-sm:mt-0"
          >
            Make a key
          </Button>
        </div>
      </form>
    </Card>
  );
}
