import { compact } from "../../base/compact.ts";
import type { Told } from "../../events/event.ts";
import { assertionsFacet, schemaFacet } from "./core-facets.ts";
import type { Envelope } from "./envelope.ts";
import type { FacetReader, FacetsOfRun } from "./facets.ts";
import type { DatasetPart, RunMessage } from "./wire.ts";

/** Of the widest tables the first columns tell; more would be kept with each message. */
const MOST_COLUMNS = 1_000;
const MOST_CHECKS = 200;

type Own = "inputFacets" | "outputFacets";

/** Each dataset of a message once for each side that names it. */
function datasetsOf({ inputs, outputs }: RunMessage): readonly (readonly [DatasetPart, Own])[] {
  return [
    ...inputs.map((part) => [part, "inputFacets"] as const),
    ...outputs.map((part) => [part, "outputFacets"] as const),
  ];
}

/** The columns of what an attempt reads and writes, where a message tells them. */
export function columns(message: RunMessage, reader: FacetReader, envelope: Envelope): Told[] {
  return datasetsOf(message).flatMap(([part, own]): Told[] => {
    const fields = reader.readDataset(part, own, "schema", schemaFacet)?.fields ?? [];
    if (fields.length === 0) return [];
    return [
      {
        ...envelope,
        type: "columns.told",
        dataset: { namespace: part.namespace, name: part.name },
        as: own === "inputFacets" ? "input" : "output",
        columns: fields.slice(0, MOST_COLUMNS).map(({ name, type }) => ({ name, ...compact({ type }) })),
      },
    ];
  });
}

/**
 * How assertions came out: those on a dataset, on whichever side a producer puts them (dbt tests what it reads), and
 * those of the run as a whole. What was skipped is not told: nothing was checked.
 */
export function checks(
  message: RunMessage,
  facets: FacetsOfRun,
  reader: FacetReader,
  envelope: Envelope,
): Told[] {
  const ofDatasets = datasetsOf(message).flatMap(([part, own]) =>
    failedFirst(
      reader.readDataset(part, own, "dataQualityAssertions", assertionsFacet)?.assertions ?? [],
    ).map(
      ({ assertion, name, success, ...rest }): Told => ({
        ...envelope,
        type: "dataset.checked",
        dataset: { namespace: part.namespace, name: part.name },
        assertion: name || assertion,
        success,
        ...compact(rest),
      }),
    ),
  );
  const tests = (facets.test?.tests ?? []).flatMap(({ status, ...rest }) => {
    const success = OUTCOMES.get(status.trim().toLowerCase());
    return success === undefined ? [] : [{ ...rest, success }];
  });
  const ofRun = failedFirst(tests).map(
    ({ name, success, ...rest }): Told => ({
      ...envelope,
      type: "dataset.checked",
      assertion: name,
      success,
      ...compact(rest),
    }),
  );
  return [...ofDatasets, ...ofRun];
}

const OUTCOMES: ReadonlyMap<string, boolean> = new Map([
  ["pass", true],
  ["fail", false],
  ["error", false],
]);

/** Those that failed come first, so that they are among those that are kept. */
function failedFirst<C extends { readonly success: boolean }>(given: readonly C[]): readonly C[] {
  return given.length <= MOST_CHECKS
    ? given
    : [...given].sort((a, b) => Number(a.success) - Number(b.success)).slice(0, MOST_CHECKS);
}
