import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isObject } from "./lenient.ts";
import * as ours from "./unstuck-facets.ts";

const FOLDER = new URL("../../../public/schemas/facets/1-0-0/", import.meta.url);

const FACETS: readonly [string, string, z.ZodType][] = [
  ["UnstuckHeartbeatRunFacet", "unstuck_heartbeat", ours.heartbeatFacet],
  ["UnstuckAttemptRunFacet", "unstuck_attempt", ours.attemptFacet],
  ["UnstuckPlanJobFacet", "unstuck_plan", ours.planFacet],
  ["UnstuckCacheRunFacet", "unstuck_cache", ours.cacheFacet],
  ["UnstuckWaitRunFacet", "unstuck_wait", ours.waitFacet],
  ["UnstuckComputeRunFacet", "unstuck_compute", ours.computeFacet],
  ["UnstuckProcessRunFacet", "unstuck_process", ours.processFacet],
  ["UnstuckOutputOutputDatasetFacet", "unstuck_output", ours.outputFacet],
];

interface Schema {
  readonly properties?: Record<string, unknown>;
  readonly required?: readonly string[];
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly allOf?: readonly unknown[];
}

/** The fields of a schema by path, each with whether it must be there: `nodes[].key!`. */
function fieldsOf(schema: Schema, at = ""): string[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${at}${name}`;
    return [schema.required?.includes(name) ? `${path}!` : path, ...fieldsOf(field as Schema, `${path}.`)];
  });
  const items = isObject(schema.items) ? fieldsOf(schema.items, `${at.slice(0, -1)}[].`) : [];
  const parts = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].flatMap((part) =>
    fieldsOf(part as Schema, at),
  );
  return [...own, ...items, ...parts].sort();
}

interface Published {
  readonly $schema: string;
  readonly $id: string;
  readonly $defs: Record<string, Schema>;
  readonly properties: Record<string, { $ref: string }>;
}

function published(name: string): Published {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as Published;
}

describe("the published schemas of our facets", () => {
  it("are these and no others", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(FACETS.map(([name]) => `${name}.json`).sort());
  });

  it.each(FACETS)("%s has the fields that we read, and demands the same of them", (name, key, schema) => {
    const { $defs, properties } = published(name);
    const read = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Schema;
    expect(fieldsOf($defs[name] ?? {})).toEqual(fieldsOf(read));
    expect(Object.keys(properties)).toEqual([key]);
    expect(properties[key]?.$ref).toBe(`#/$defs/${name}`);
  });

  it.each(FACETS)("%s is named by its address and extends the facet of OpenLineage", (name) => {
    const { $schema, $id, $defs } = published(name);
    expect($schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect($id).toBe(`https://unstuck.dev/schemas/facets/1-0-0/${name}.json`);
    const base = /(?:Run|Job|OutputDataset)Facet$/.exec(name)?.[0];
    expect($defs[name]?.allOf?.[0]).toEqual({
      $ref: `https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/${base}`,
    });
  });
});
