"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";

/** Long enough not to ask at every letter, short enough to feel like an answer. */
const PAUSE_MS = 200;

export interface RunSearchProps {
  value: string;
  onChange: (value: string) => void;
  /** The search came from elsewhere: a link, the top bar, the back button. */
  onForeignValue: () => void;
}

/** Searches while one types. What is being typed is never overwritten by its own echo from the address. */
export function RunSearch({ value, onChange, onForeignValue }: RunSearchProps) {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef<string[]>([]);
  const foreign = useRef(onForeignValue);
  useEffect(() => {
    foreign.current = onForeignValue;
  });

  useEffect(() => {
    const own = sent.current.lastIndexOf(value);
    if (own >= 0) {
      sent.current.splice(0, own);
      return;
    }
    sent.current = [];
    clearTimeout(timer.current);
    if (input.current && input.current.value.trim() !== value) input.current.value = value;
    if (value) foreign.current();
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const send = () => {
    clearTimeout(timer.current);
    const text = input.current?.value.trim() ?? "";
    if (text === (sent.current.at(-1) ?? value)) return;
    sent.current.push(text);
    onChange(text);
  };

  return (
    <div className="flex h-7 min-w-0 items-center gap-2 rounded-lg border border-line bg-panel px-2.5 focus-within:border-accent focus-within:outline focus-within:outline-accent max-sm:h-9">
      <Search aria-hidden="true" size={13} className="flex-none text-faint" />
      <input
        ref={input}
        type="search"
        defaultValue={value}
        maxLength={200}
        placeholder="Pipeline, run id or node"
        aria-label="Search all runs"
        autoComplete="off"
        spellCheck={false}
        onChange={() => {
          clearTimeout(timer.current);
          timer.current = setTimeout(send, PAUSE_MS);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") send();
        }}
        className="min-w-0 flex-1 bg-transparent placeholder:text-faint focus-visible:outline-none max-sm:text-[16px]"
      />
    </div>
  );
}
