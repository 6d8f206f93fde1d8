"use client";

import { useEffect, useRef } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CommandBox } from "@/components/ui/command-box";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { useOrigin } from "@/components/use-origin";
import type { MadeKey } from "@/lib/contract/keys";

/** A key that was just made, this once. */
export function MadeKeyCard({ made, onDone }: { made: MadeKey; onDone: () => void }) {
  const origin = useOrigin();
  const heading = useRef<HTMLHeadingElement>(null);
  // The form that had the focus is gone; what matters now is here.
  useEffect(() => heading.current?.focus(), []);
  const { key, text } = made;
  return (
    <Card className="animate-appear px-5 py-4 max-sm:px-3">
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-lg font-title tracking-[-0.01em] wrap-anywhere focus-visible:outline-none"
      >
        The key of {key.name}
      </h2>
      <Notice tone="warn" className="mt-2.5">
        Copy it now: it is shown this once. Only a hash of it is kept, so that nobody can show it again.
      </Notice>
      <CommandBox command={text} label="the key" wrap className="mt-3 flex w-full [&_code]:break-all" />
      {key.scope === "ingest" ? (
        <p className="mt-4 max-w-[80ch] text-pretty text-muted">
          It is sent in the header <Mono>Authorization: Bearer</Mono>. The Connect page says how each client
          is told.
        </p>
      ) : (
        <>
          <p className="mt-4 mb-1.5 text-pretty text-muted">
            A browser is asked for it once. Anything else sends it in a header; with the key in{" "}
            <Mono>UNSTUCK_KEY</Mono>:
          </p>
          <CommandBox
            command={`curl -sS ${origin}/api/v1/attention -H "Authorization: Bearer $UNSTUCK_KEY"`}
            label="the command that tries it"
            wrap
            className="flex w-full"
          />
        </>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={onDone}>
          I have copied it
        </Button>
        {key.scope === "ingest" && <ButtonLink href="/connect">How each client sends it</ButtonLink>}
      </div>
    </Card>
  );
}
