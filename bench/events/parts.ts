/** The parts that OpenLineage events of all producers have in common. */
import type { Chance } from "../../lib/testing/chance.ts";

export type Json = Record<string, unknown>;

export interface Job {
  readonly namespace: string;
  readonly name: string;
}

/** An attempt as other events name it. */
export interface Named {
  readonly runId: string;
  readonly job: Job;
}

/** What one integration says in each of its events. */
export class Voice {
  readonly producer: string;

  constructor(integration: string) {
    this.producer = `https://github.com/OpenLineage/OpenLineage/tree/1.52.0/${integration}`;
  }

  facet(schema: string, fields: Json): Json {
    return {
      _producer: this.producer,
      _schemaURL: `https://openlineage.io/spec/facets/${schema}.json`,
      ...fields,
    };
  }

  /** A whole event. */
  event(given: {
    type: string;
    at: number;
    of: Named;
    run: Json;
    jobFacets: Json;
    inputs?: readonly Json[];
    outputs?: readonly Json[];
  }): Json {
    return {
      eventTime: new Date(given.at).toISOString(),
      eventType: given.type,
      producer: this.producer,
      schemaURL: "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
      run: { runId: given.of.runId, facets: given.run },
      job: { ...given.of.job, facets: given.jobFacets },
      inputs: given.inputs ?? [],
      outputs: given.outputs ?? [],
    };
  }

  parent(parent: Named, root: Named): Json {
    const told = ({ runId, job }: Named) => ({ run: { runId }, job });
    return this.facet("1-1-0/ParentRunFacet#/$defs/ParentRunFacet", { ...told(parent), root: told(root) });
  }

  jobType(integration: string, jobType: string): Json {
    return this.facet("2-0-3/JobTypeJobFacet#/$defs/JobTypeJobFacet", {
      processingType: "BATCH",
      integration,
      jobType,
    });
  }

  sql(query: string): Json {
    return this.facet("1-0-1/SQLJobFacet#/$defs/SQLJobFacet", { query });
  }

  /** A table with its columns. */
  table(namespace: string, name: string, columns: readonly Column[], more: Json = {}): Json {
    return {
      namespace,
      name,
      facets: {
        schema: this.facet("1-1-1/SchemaDatasetFacet#/$defs/SchemaDatasetFacet", { fields: columns }),
        dataSource: this.facet("1-0-1/DatasourceDatasetFacet#/$defs/DatasourceDatasetFacet", {
          name: namespace,
          uri: namespace,
        }),
        ...more,
      },
    };
  }

  /** From which columns each column comes. */
  columnLineage(columns: readonly Column[], from: Job): Json {
    const fields = columns.map(({ name: field }): [string, Json] => {
      const transformation = { type: "DIRECT", subtype: "IDENTITY", description: "", masking: false };
      return [field, { inputFields: [{ ...from, field, transformations: [transformation] }] }];
    });
    return this.facet("1-2-0/ColumnLineageDatasetFacet#/$defs/ColumnLineageDatasetFacet", {
      fields: Object.fromEntries(fields),
    });
  }

  statistics(chance: Chance): Json {
    return {
      outputStatistics: this.facet(
        "1-0-2/OutputStatisticsOutputDatasetFacet#/$defs/OutputStatisticsOutputDatasetFacet",
        { rowCount: chance.between(1, 9_000_000), size: chance.between(1_000, 9_000_000_000), fileCount: 8 },
      ),
    };
  }
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly description: string;
}

const WORDS = ["order", "customer", "price", "store", "region", "ship", "return", "tax", "item"] as const;
const TYPES = ["bigint", "varchar(256)", "timestamp with time zone", "numeric(18,4)", "boolean"] as const;

/** The columns of a table; the same for the same chance. */
export function columnsOf(chance: Chance, count: number): Column[] {
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [chance.pick(WORDS), chance.pick(WORDS)];
    return {
      name: `${a}_${b}_${i}`,
      type: chance.pick(TYPES),
      description: `The ${a}'s ${b}, as of loading`,
    };
  });
}
