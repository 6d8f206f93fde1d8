"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useId } from "react";
import { type Guide, guidesFor } from "@/components/connect/guides";
import { keyStep } from "@/components/connect/key-steps";
import { Snippet } from "@/components/connect/snippet";
import { Card } from "@/components/ui/card";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { TextWithCode } from "@/components/ui/text-with-code";
import { useOrigin } from "@/components/use-origin";

/** Which guide is open, in the address: a link may lead to "how to connect Airflow". */
const PARAM = "with";

/** How to connect each kind of source. */
export function ConnectGuide() {
  const origin = useOrigin();
  const guides = guidesFor(origin);
  const asked = useSearchParams().get(PARAM);
  const chosen = guides.find((guide) => guide.id === asked) ?? guides[0];
  return (
    <Card>
      <Tabs
        label="Kinds of source"
        items={guides.map(({ id, label }) => ({ value: id, label }))}
        value={chosen.id}
        onValueChange={openGuide}
      >
        {guides.map((guide) => (
          <TabPanel key={guide.id} value={guide.id} className="px-5 py-4 max-sm:px-3">
            <p className="text-pretty text-muted">{guide.about}</p>
            <ol className="my-4 flex flex-col gap-3">
              {stepsOf(guide, origin).map((step) => (
                <li key={step.title}>
                  <Snippet
                    title={step.title}
                    describedAs={`Copy: ${step.title}, ${guide.label}`}
                    code={step.code}
                  />
                </li>
              ))}
            </ol>
            <Expect lines={guide.expect} />
          </TabPanel>
        ))}
      </Tabs>
      <Keys />
      <Reachability origin={origin} />
    </Card>
  );
}

function stepsOf(guide: Guide, origin: string): Guide["steps"] {
  const step = keyStep(guide.id, origin);
  return step ? [...guide.steps, step] : guide.steps;
}

function openGuide(id: string): void {
  const params = new URLSearchParams(window.location.search);
  params.set(PARAM, id);
  window.history.replaceState(null, "", `?${params}`);
}

function Expect({ lines }: { lines: readonly string[] }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-1.5 text-xs font-semibold tracking-[0.06em] text-faint uppercase">
        What to expect
      </h2>
      <ul className="grid gap-1">
        {lines.map((line) => (
          <li key={line} className="max-w-[90ch] text-pretty">
            <TextWithCode text={line} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Keys() {
  return (
    <p className="border-t border-line2 px-5 py-3 text-pretty text-muted max-sm:px-3">
      A key is needed where this server is reached from elsewhere than its own machine, with the scope ingest.{" "}
      <Link href="/keys" className="text-accent underline">
        Keys
      </Link>{" "}
      are made one for each source, so that each can be taken back alone.
    </p>
  );
}

/** The commonest reason why nothing arrives. */
function Reachability({ origin }: { origin: string }) {
  const local = /\/\/(localhost|127\.|\[::1\])/.test(origin);
  return (
    <p className="border-t border-line2 px-5 py-3 text-pretty text-muted max-sm:px-3">
      <TextWithCode
        text={
          local
            ? `\`${origin}\` is this machine. A source in a container or on another machine needs the name under which it reaches this one, such as \`host.docker.internal\`.`
            : `The source must reach \`${origin}\` from where it runs.`
        }
      />{" "}
      <TextWithCode
        text={
          'Anything else that speaks OpenLineage: give it this address, with the endpoint `api/v1/lineage`. Signs of life alone: `POST /api/v1/heartbeats` with `{"beats": [{"runId": "…"}]}`.'
        }
      />
    </p>
  );
}
