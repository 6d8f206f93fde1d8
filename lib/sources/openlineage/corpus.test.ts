import { describe, expect, it } from "vitest";
import { event } from "../../events/event.ts";
import { type CorpusMessage, corpusFolder, corpusMessages } from "../../testing/corpus.ts";
import { translate } from "./translate.ts";
import { readMessage } from "./wire.ts";

const folder = corpusFolder("openlineage");
const FOLDERS = ["fluentd", "marquez", "data-rentgen"];
const messages: CorpusMessage[] = folder
  ? FOLDERS.flatMap((name) =>
      corpusMessages(`${folder}/${name}`).map((m) => ({ ...m, name: `${name}/${m.name}` })),
    )
  : [];

/** What our own log would keep of a message. */
function read(name: string) {
  const found = messages.find((message) => message.name === name);
  if (!found) throw new Error(`no such message in the corpus: ${name}`);
  const result = readMessage(found.json);
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.problems)}`);
  return { message: result.message, told: translate(result.message) };
}

function notes(name: string): string[] {
  return read(name).told.flatMap((told) => (told.type === "ingest.noted" ? [told.path] : []));
}

const WHY = folder === undefined ? " (skipped: CORPUS_DIR names no folder of corpora)" : "";

describe.skipIf(folder === undefined)(`messages that others wrote${WHY}`, () => {
  it("reads every message but the one without a run id, and makes valid events of it", () => {
    const refused = messages.filter(({ json }) => !readMessage(json).ok).map(({ name }) => name);
    expect(refused).toEqual(["fluentd/event_no_run_id.json"]);
    expect(messages.length).toBeGreaterThan(40);
    for (const { json } of messages) {
      const result = readMessage(json);
      if (!result.ok) continue;
      for (const told of translate(result.message)) {
        expect(event.safeParse({ ...told, messageId: "m", receivedAt: 0 }).error).toBeUndefined();
      }
    }
  });

  it("says of the message without a run id where it is missing", () => {
    const found = messages.find(({ name }) => name === "fluentd/event_no_run_id.json");
    expect(readMessage(found?.json)).toMatchObject({ ok: false, problems: [{ path: "run.runId" }] });
  });

  it.each([
    ["event_invalid_run_facet.json", "run.facets.parent.run.runId"],
    ["event_invalid_job_facet.json", "job.facets.ownership.owners[0].name"],
    ["event_invalid_dataset_facet.json", "outputs[0].facets.ownership.owners[0].name"],
    ["event_invalid_input_dataset_facet.json", "inputs[0].inputFacets.dataQualityMetrics.columnMetrics"],
    ["event_invalid_output_dataset_facet.json", "outputs[0].outputFacets.outputStatistics.rowCount"],
  ])("accepts %s and notes the bad facet", (name, path) => {
    expect(notes(`fluentd/${name}`)).toEqual([path]);
  });

  it("keeps what is right in a facet beside what is wrong", () => {
    const { told } = read("fluentd/event_invalid_output_dataset_facet.json");
    expect(told).toContainEqual(
      expect.objectContaining({
        type: "output.written",
        shownBy: "statistics",
        sizeBytes: 2_097_152,
        files: 5,
      }),
    );
  });

  it("reads a time without a zone as UTC, and drops what is finer than a millisecond", () => {
    expect(read("marquez/event_required_no_timezone.json").message.eventTime).toBe(
      Date.UTC(2020, 11, 28, 19, 51, 1, 641),
    );
    const nanos = read("marquez/event_required_nanoseconds.json").message.eventTime;
    expect(Number.isInteger(nanos)).toBe(true);
  });

  it("keeps a name beyond the basic plane whole", () => {
    expect(read("marquez/event_unicode.json").told[0]).toMatchObject({ job: { name: "myjob.buggy_task🕷" } });
  });

  it("tells nothing of a job or dataset on its own, and accepts it", () => {
    for (const [name, kind] of [
      ["event_job_event.json", "job"],
      ["event_dataset_event.json", "dataset"],
    ] as const) {
      const { message, told } = read(`marquez/${name}`);
      expect(message.kind).toBe(kind);
      expect(told).toEqual([]);
    }
  });

  it("reads a large message whole", () => {
    const { told } = read("marquez/event_large.json");
    expect(told.filter(({ type }) => type === "attempt.observed")).toHaveLength(1);
    expect(told.filter(({ type }) => type === "ingest.noted")).toEqual([]);
  });

  it("knows Flink and Hive, and that a stream owes no end", () => {
    expect(read("data-rentgen/events_flink.jsonl #1").told[0]).toMatchObject({
      integration: "flink",
      processing: "streaming",
    });
    expect(read("data-rentgen/events_hive.jsonl").told[0]).toMatchObject({
      integration: "hive",
      processing: "batch",
    });
  });
});
