import * as z from "zod/mini";
import { wireInstant } from "./instant.ts";

/** The most that one stream tells of, and the longest name in a topic, in characters. */
const MOST_TOPICS = 20;
const LONGEST_NAME = 2_000;

/** What can change: the lists of runs, the list of sources, one run by its root's id, one source by its name. */
export const LIST_TOPICS = ["runs", "sources"] as const;
export type Topic = (typeof LIST_TOPICS)[number] | `run:${string}` | `source:${string}`;

const topic = z.custom<Topic>(
  (text) => typeof text === "string" && text.length <= LONGEST_NAME && isTopic(text),
  "expected runs, sources, run:<id of the run> or source:<name of the source>",
);

function isTopic(text: string): text is Topic {
  return LIST_TOPICS.some((list) => list === text) || /^(run|source):./s.test(text);
}

/** What a stream is asked for: `topic`, as often as wanted. */
export const liveQuery = z.object({ topic: z.array(topic).check(z.minLength(1), z.maxLength(MOST_TOPICS)) });

/** Its first word and its sign of life, `beat`: the server's clock. */
export const liveBeat = z.object({ at: wireInstant });

/** What it is for, `changed`: those of the stream's topics that changed. */
export const liveChange = z.object({ topics: z.array(topic) });
