import type { Query, QueryClient } from "@tanstack/react-query";
import type { Topic } from "../contract/live.ts";
import { AskGate } from "./ask-gate.ts";

/** What is asked for together: a page shows one of these, seldom two. */
const SUBJECTS = {
  lists: (key: Query["queryKey"]) =>
    key[0] === "pipelines" || (key[0] === "runs" && (key[1] === "attention" || key[1] === "list")),
  run: (key: Query["queryKey"]) => key[0] === "runs" && key[1] === "run",
  sources: (key: Query["queryKey"]) => key[0] === "sources",
} as const;

type Subject = keyof typeof SUBJECTS;

function subjectOf(topic: Topic): Subject {
  if (topic === "runs") return "lists";
  return topic.startsWith("run:") ? "run" : "sources";
}

/** Asks anew for what is shown, by what changed. What was known at a past instant is not asked for again. */
export class AskForChanges {
  readonly #gates: ReadonlyMap<Subject, AskGate>;

  constructor(client: QueryClient, topics: readonly Topic[]) {
    const gate = (subject: Subject) => {
      const predicate = ({ queryKey, meta }: Query) =>
        meta?.["isLive"] === true && SUBJECTS[subject](queryKey);
      return [subject, new AskGate(() => client.invalidateQueries({ predicate }))] as const;
    };
    this.#gates = new Map(topics.map(subjectOf).map(gate));
  }

  of(topics: readonly Topic[]): void {
    for (const subject of new Set(topics.map(subjectOf))) this.#gates.get(subject)?.change();
  }

  /** Asks for everything at once: what changed is not known. */
  all(): void {
    for (const gate of this.#gates.values()) void gate.now();
  }

  close(): void {
    for (const gate of this.#gates.values()) gate.close();
  }
}
