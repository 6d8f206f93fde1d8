"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { placeWords, readValue, valueWords } from "@/components/policy/threshold-words";
import { rememberName, useName } from "@/components/policy/use-name";
import { Button } from "@/components/ui/button";
import { SelectField, TextField } from "@/components/ui/field";
import { policyKeys, setThreshold } from "@/lib/client/policy-queries";
import { RequestError } from "@/lib/client/request";
import type { ThresholdResource } from "@/lib/contract/policy";

/** What a link may fill in. */
export interface Draft {
  readonly threshold?: string | undefined;
  readonly pipeline?: string | undefined;
  readonly node?: string | undefined;
}

/** Sets one threshold for some pipelines and nodes. */
export function ThresholdForm({
  thresholds,
  draft,
}: {
  thresholds: readonly ThresholdResource[];
  draft: Draft;
}) {
  const name = useName();
  const client = useQueryClient();
  const [chosen, choose] = useState(draft.threshold);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const threshold = thresholds.find((t) => t.name === chosen) ?? thresholds[0];
  const set = useMutation({
    mutationFn: setThreshold,
    onSuccess: () => client.invalidateQueries({ queryKey: policyKeys.all }),
    onError: (error) => setWrong(faults(error)),
  });
  if (!threshold) return null;
  const words = (value: number) => valueWords(value, threshold.unit);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string) => String(form.get(field) ?? "").trim();
    const value = readValue(text("value"), threshold.unit);
    if (value === undefined) {
      setWrong({ value: `Write it as ${words(threshold.default)}.` });
      return;
    }
    setWrong({});
    set.mutate({
      ...{ threshold: threshold.name, value, pipeline: text("pipeline"), node: text("node") || null },
      ...{ who: text("who"), note: text("note") },
    });
  };

  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid gap-x-4 gap-y-2 px-4 py-3.5 max-sm:px-3 sm:grid-cols-2"
    >
      <SelectField
        label="Threshold"
        value={threshold.name}
        onChange={(event) => choose(event.target.value)}
        hint={threshold.reason}
        className="sm:col-span-2"
      >
        {thresholds.map((t) => (
          <option key={t.name}>{t.name}</option>
        ))}
      </SelectField>
      <TextField
        key={threshold.name}
        name="value"
        label="Value"
        mono
        placeholder={words(threshold.default)}
        hint={`${words(threshold.least)} to ${words(threshold.most)}; ${words(threshold.default)} where nobody set another.`}
        error={wrong["value"]}
      />
      <TextField
        name="who"
        label="Your name"
        key={`who ${name}`}
        defaultValue={name}
        onBlur={(event) => rememberName(event.target.value.trim())}
        hint="Kept with the change, and remembered here."
        error={wrong["who"]}
      />
      <TextField
        name="pipeline"
        label="Pipelines"
        mono
        defaultValue={draft.pipeline ?? "*"}
        hint="A name, or namespace/name; * stands for any characters."
        error={wrong["pipeline"]}
      />
      <TextField
        name="node"
        label="Nodes"
        mono
        placeholder="all"
        defaultValue={threshold.of === "run" ? "" : (draft.node ?? "")}
        key={`node ${threshold.of}`}
        disabled={threshold.of === "run"}
        hint={
          threshold.of === "run"
            ? "It holds for whole runs."
            : "Node keys, such as train or *_sensor; empty for all."
        }
        error={wrong["node"]}
      />
      <TextField name="note" label="Why" hint="Optional." error={wrong["note"]} />
      <div className="flex flex-wrap items-center gap-3 self-center">
        <Button type="submit" variant="primary" disabled={set.isPending}>
          Set it
        </Button>
        <p role="status" className={set.isError ? "text-stuck" : "text-muted"}>
          {set.isError && Object.keys(wrong).length === 0 && set.error.message}
          {set.isSuccess &&
            `${set.data.threshold} is set for ${placeWords(set.data.pipeline, set.data.node)}. Open runs are judged anew.`}
        </p>
      </div>
    </form>
  );
}

/** What the server found wrong, by field. */
function faults(error: Error): Record<string, string> {
  if (!(error instanceof RequestError)) return {};
  return Object.fromEntries(error.problems.map(({ path, reason }) => [path, reason]));
}
