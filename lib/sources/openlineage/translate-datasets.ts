import { compact } from "../../base/compact.ts";
import type { Told } from "../../events/event.ts";
import {
  dataQualityMetricsFacet,
  icebergCommitFacet,
  lifecycleFacet,
  outputStatisticsFacet,
  ownershipFacet,
  versionFacet,
} from "./core-facets.ts";
import type { Envelope } from "./envelope.ts";
import type { FacetReader } from "./facets.ts";
import { outputFacet } from "./unstuck-facets.ts";
import type { DatasetPart, RunMessage } from "./wire.ts";

type Written = Extract<Told, { type: "output.written" }>;

export function inputs(message: RunMessage, reader: FacetReader, envelope: Envelope): Told[] {
  return message.inputs.map((input) => {
    reader.readDataset(input, "inputFacets", "dataQualityMetrics", dataQualityMetricsFacet);
    reader.readDataset(input, "inputFacets", "ownership", ownershipFacet);
    const version = reader.readDataset(input, "inputFacets", "version", versionFacet)?.datasetVersion;
    return { ...envelope, type: "input.read", dataset: nameOf(input), ...compact({ version }) };
  });
}

export function outputs(message: RunMessage, reader: FacetReader, envelope: Envelope): Told[] {
  return message.outputs.flatMap((output) => ofOutput(output, message, reader, envelope));
}

/**
 * Declared is not written: a list on START says what is meant to be, and so does the version that a table has there.
 * Written is what statistics or a version show later, what is listed at the end, and what `unstuck_output` says.
 * That facet is explicit, so that it outweighs all that is inferred: what it calls unfinished is not written.
 */
function ofOutput(output: DatasetPart, message: RunMessage, reader: FacetReader, envelope: Envelope): Told[] {
  const { eventType } = message;
  const facets = readOutput(output, reader);
  const { explicit, statistics } = facets;
  const uri = explicit?.uri;
  const dataset = nameOf(output);
  const dropped = facets.lifecycle?.lifecycleStateChange === "DROP";

  const told: Told[] = [];
  if (explicit?.state === "declared" || (eventType !== "COMPLETE" && !dropped)) {
    told.push({ ...envelope, type: "output.declared", dataset, ...compact({ uri }) });
  }
  if (explicit?.state === "writing") {
    told.push({ ...envelope, type: "output.grew", dataset, ...compact({ uri, sizeBytes: explicit.size }) });
  }
  const isWritten = explicit?.state === "written";
  if (explicit && !isWritten) return told;
  if (dropped && !isWritten) return told;

  const started = eventType === "START";
  const version =
    eventType === "RUNNING" || eventType === "COMPLETE" ? facets.version?.datasetVersion : undefined;
  const snapshot = started ? undefined : facets.iceberg?.snapshotId;
  const counted = statistics && !started ? statistics : undefined;
  const ways: Written["shownBy"][] = [];
  if (isWritten) ways.push("state");
  if (version !== undefined || snapshot !== undefined) ways.push("version");
  if (counted && Object.keys(compact(counted)).length > 0) ways.push("statistics");
  if (eventType === "COMPLETE") ways.push("end");

  // Each way carries all that this message knows of the output: whichever is looked at, nothing is missing.
  const details = compact({
    uri,
    sizeBytes: explicit?.size ?? counted?.size,
    rows: counted?.rowCount,
    files: counted?.fileCount,
    etag: explicit?.etag,
    checksum: explicit?.checksum,
    version: version ?? snapshot,
    modifiedAt: explicit?.modifiedAt,
    writtenBy: explicit?.writtenBy?.runId,
    seenBy: explicit?.seenBy,
  });
  for (const shownBy of ways)
    told.push({ ...envelope, type: "output.written", dataset, shownBy, ...details });
  return told;
}

function readOutput(output: DatasetPart, reader: FacetReader) {
  reader.readDataset(output, "outputFacets", "ownership", ownershipFacet);
  return {
    explicit: reader.readDataset(output, "outputFacets", "unstuck_output", outputFacet),
    statistics: reader.readDataset(output, "outputFacets", "outputStatistics", outputStatisticsFacet),
    version: reader.readDataset(output, "outputFacets", "version", versionFacet),
    iceberg: reader.readDataset(output, "outputFacets", "icebergCommitReport", icebergCommitFacet),
    lifecycle: reader.readDataset(output, "outputFacets", "lifecycleStateChange", lifecycleFacet),
  };
}

function nameOf({ namespace, name }: DatasetPart) {
  return { namespace, name };
}
