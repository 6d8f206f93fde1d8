"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect } from "react";
import { keepFirst } from "@/components/run/lit";
import { useRunAddress } from "@/components/run/use-run-address";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/ui/json-view";
import { KeyValue } from "@/components/ui/key-value";
import { Mono } from "@/components/ui/mono";
import { Notice } from "@/components/ui/notice";
import { SectionHead } from "@/components/ui/section";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ClockTime } from "@/components/ui/time";
import { toMillis } from "@/lib/base/format";
import { prettyJson } from "@/lib/base/pretty-json";
import { messageQuery } from "@/lib/client/node-queries";
import type { MessageResource } from "@/lib/contract/nodes";

/** A message as it was received, over the page; its address is `?event=`. */
export function EventDrawer({ nodeKey }: { nodeKey: string | undefined }) {
  const [{ event }, go] = useRunAddress();
  return (
    <Dialog.Root
      open={event !== undefined}
      onOpenChange={(open) => !open && go({ event: undefined }, "undo")}
    >
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-text/15" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 right-0 z-50 flex w-[min(680px,100vw)] animate-appear flex-col border-l border-line bg-panel shadow-over"
        >
          {event !== undefined && <Message key={event} id={event} nodeKey={nodeKey} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Message({ id, nodeKey }: { id: string; nodeKey: string | undefined }) {
  const { data: message, error } = useQuery(messageQuery(id));
  const at = message?.occurredAt;
  // A link that leads here lights up the same place as the click that made it.
  useEffect(() => {
    if (at !== undefined && nodeKey !== undefined) keepFirst({ nodeKey, at: toMillis(at) });
  }, [at, nodeKey]);
  return (
    <>
      <header className="flex h-12 flex-none items-center gap-3 border-b border-line px-[18px]">
        <Dialog.Title className="min-w-0 flex-1 truncate font-semibold">
          {message ? `${message.type} from ${message.source}` : "Message"}
        </Dialog.Title>
        <CopyButton
          text={() => window.location.href}
          label="Copy link"
          describedAs="Copy link to this message"
          icon={<Link2 aria-hidden="true" size={14} />}
        />
        <Dialog.Close
          aria-label="Close"
          className="grid size-[26px] place-items-center rounded-md text-muted hover:bg-line2 hover:text-text"
        >
          <X aria-hidden="true" size={15} />
        </Dialog.Close>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-[18px]">
        {error ? (
          <Notice tone="warn">
            No message <Mono>{id}</Mono> could be read: {error.message}
          </Notice>
        ) : message ? (
          <Received message={message} />
        ) : (
          <SkeletonRows rows={8} height={30} />
        )}
      </div>
    </>
  );
}

function Received({ message }: { message: MessageResource }) {
  return (
    <>
      <KeyValue
        items={[
          { label: "Happened", value: <ClockTime at={message.occurredAt} seconds /> },
          { label: "Received", value: <ClockTime at={message.receivedAt} seconds /> },
          { label: "Id", value: <Mono>{message.id}</Mono> },
          ...(message.attemptId ? [{ label: "Attempt", value: <Mono>{message.attemptId}</Mono> }] : []),
        ]}
      />
      <div className="mt-5 mb-2">
        <SectionHead level={3}>As it was received</SectionHead>
      </div>
      {/* A body is kept verbatim; whatever is no JSON is shown as the text that it is. */}
      <JsonView
        text={prettyJson(message.body) ?? message.body}
        label="the message as it was received"
        foldAfter={60}
      />
      <div className="mt-5 mb-2">
        <SectionHead level={3}>What was understood of it</SectionHead>
      </div>
      <JsonView value={message.events} label="what was understood of it" foldAfter={30} />
    </>
  );
}
