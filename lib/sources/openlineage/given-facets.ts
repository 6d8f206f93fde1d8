import type { z } from "zod";
import { FacetReader } from "./facets.ts";
import { isObject } from "./lenient.ts";
import { translate } from "./translate.ts";
import { type Facets, readMessage } from "./wire.ts";

/** A facet as it came in a message. */
export interface GivenFacet {
  readonly name: string;
  readonly on: "run" | "job" | "input" | "output";
  /** Whether anything reads it here. What nobody reads is kept all the same. */
  readonly read: boolean;
  /** Who made it, where that is told. */
  readonly producer: string | undefined;
  readonly value: unknown;
}

export interface GivenRecord {
  readonly producer: string | undefined;
  readonly facets: readonly GivenFacet[];
}

/** Notes the names of the facets that somebody asks for. */
class Listener extends FacetReader {
  readonly asked = new Set<string>();

  override read<S extends z.ZodType>(facets: Facets, key: string, schema: S, at: string) {
    this.asked.add(key);
    return super.read(facets, key, schema, at);
  }
}

/** All facets of a message, those that nobody reads included. Nothing of what is no message about a run. */
export function givenFacets(json: unknown): GivenRecord {
  const { ok, ...read } = readMessage(json);
  const message = ok && "message" in read ? read.message : undefined;
  if (message?.kind !== "run") return { producer: undefined, facets: [] };
  const listener = new Listener(message.notes);
  translate(message, listener);
  const given = (facets: Facets, on: GivenFacet["on"]): GivenFacet[] =>
    Object.entries(facets).map(([name, value]) => ({
      ...{ name, on, value, read: listener.asked.has(name) },
      producer: isObject(value) && typeof value["_producer"] === "string" ? value["_producer"] : undefined,
    }));
  return {
    producer: message.producer,
    facets: [
      ...given(message.run.facets, "run"),
      ...given(message.job.facets, "job"),
      ...message.inputs.flatMap((of) => [...given(of.facets, "input"), ...given(of.ownFacets, "input")]),
      ...message.outputs.flatMap((of) => [...given(of.facets, "output"), ...given(of.ownFacets, "output")]),
    ],
  };
}
