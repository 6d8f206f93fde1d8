import { describe, expect, it } from "vitest";
import { parseInstant } from "../../base/instant.ts";
import { all, lineageExample, lineageMessage, only, tell } from "../../testing/lineage.ts";

const at = (text: string) => parseInstant(text);

describe("our own facets", () => {
  const told = tell(lineageExample("unstuck-training-step"));

  it("tell which try at which step this is", () => {
    const observed = only(told, "attempt.observed");
    expect(observed).toMatchObject({ number: 2, loopKey: "fold=3", nodeKey: "train", maxAttempts: 3 });
    expect(observed.mapIndex).toBeUndefined();
  });

  it("tell the source's own word for its state, as it is written", () => {
    expect(only(told, "state.told").state).toBe("Running");
    const asked = tell(lineageMessage({ run: { unstuck_attempt: { state: "CancelRequested" } } }));
    expect(only(asked, "state.told").state).toBe("CancelRequested");
  });

  it("tell with which code its process ended, a clean end included", () => {
    for (const exitCode of [0, 137]) {
      const process = only(
        tell(lineageMessage({ run: { unstuck_process: { exitCode } } })),
        "process.reported",
      );
      expect(process.exitCode).toBe(exitCode);
    }
  });

  it("tell the plan, with jobs by name alone and trigger rules", () => {
    const { nodes, edges } = only(told, "plan.declared");
    expect(nodes[1]).toEqual({
      key: "train",
      expectsEvents: true,
      job: { namespace: "ml-shop", name: "train_nightly.train" },
      group: "model",
    });
    expect(nodes[2]?.expectsEvents).toBe(false);
    expect(edges[1]).toEqual({ from: "train", to: "notify", trigger: "all-done" });
  });

  it("tell the cache's decision with all that its key was made of", () => {
    expect(only(told, "cache.decided")).toMatchObject({
      status: "MISS",
      key: "sha256:9c1e",
      components: [
        { name: "train.py", kind: "code", digest: "sha256:aa01" },
        { name: "epochs", kind: "parameter", digest: "sha256:bb02", value: "50" },
      ],
      reusedFrom: { attemptId: "0198a5a5-0000-7000-8000-0000000000aa", nodeKey: "train" },
    });
  });

  it("tell what it waits for, and who has it", () => {
    expect(only(told, "wait.reported")).toMatchObject({
      kind: "lock",
      on: "feature-store/orders",
      holder: { attemptId: "0198a5a5-9000-7000-8000-000000000009", url: "https://ci.shop.test/runs/9" },
      since: at("2026-03-02T05:20:00Z"),
    });
  });

  it("tell what befell the machine at the time that it did", () => {
    const compute = only(told, "compute.reported");
    expect(compute).toMatchObject({
      kind: "preempted",
      target: "gpu-3",
      occurredAt: at("2026-03-02T05:28:00Z"),
    });
  });

  it("tell of the process and of each output how far it has come", () => {
    expect(only(told, "process.reported")).toMatchObject({
      host: "gpu-3",
      pid: 4711,
      lastLogAt: at("2026-03-02T05:29:58Z"),
    });
    expect(only(told, "output.written")).toMatchObject({
      shownBy: "state",
      sizeBytes: 104_857_600,
      modifiedAt: at("2026-03-02T05:29:00Z"),
      writtenBy: "0198a5a5-1000-7000-8000-000000000001",
      seenBy: "s3-probe",
    });
    expect(only(told, "output.grew")).toMatchObject({ dataset: { name: "metrics.json" }, sizeBytes: 512 });
  });

  it("keep the end of a log that is too long, not its beginning", () => {
    const logTail = `${"old\n".repeat(2_000)}killed`;
    const process = only(tell(lineageMessage({ run: { unstuck_process: { logTail } } })), "process.reported");
    expect(process.logTail).toMatch(/killed$/);
    expect(process.logTail).toHaveLength(4_000);
  });
});

describe("facets that are not as they should be", () => {
  it("cost only the part that is wrong", () => {
    const run = {
      airflow: {
        task: { task_id: "a", retries: "many", upstream_task_ids: "no list" },
        taskInstance: { try_number: 2 },
      },
      unstuck_plan: { nodes: [{ key: "a" }, { group: "b" }, { key: 5 }], edges: [{ from: "a" }] },
    };
    const told = tell(lineageMessage({ run }));
    expect(only(told, "attempt.observed")).toMatchObject({ nodeKey: "a", number: 2 });
    expect(only(told, "plan.declared")).toMatchObject({ nodes: [{ key: "a" }], edges: [] });
    expect(
      all(told, "ingest.noted")
        .map(({ path }) => path)
        .sort(),
    ).toEqual([
      "run.facets.airflow.task.retries",
      "run.facets.airflow.task.upstream_task_ids",
      "run.facets.unstuck_plan.edges[0].to",
      "run.facets.unstuck_plan.nodes[1].key",
      "run.facets.unstuck_plan.nodes[2].key",
    ]);
  });

  it("cost nothing where they are no object, null or deleted", () => {
    const run = { parent: [], unstuck_cache: null, unstuck_wait: { _deleted: true, kind: "lock" } };
    const told = tell(lineageMessage({ run }));
    expect(told.map(({ type }) => type)).toEqual(["attempt.observed", "attempt.noted", "ingest.noted"]);
  });

  it("are told fifty times at most, and then counted", () => {
    const outputs = Array.from({ length: 80 }, () => ({}));
    const notes = all(tell(lineageMessage({ outputs })), "ingest.noted");
    expect(notes).toHaveLength(51);
    expect(notes.at(-1)).toMatchObject({ path: "(more)", reason: "30 more parts could not be read" });
  });

  it("never make a link of what is none", () => {
    const run = {
      spark_applicationDetails: { uiWebUrl: "javascript:alert(1)", historyUrl: "https://h.test/1" },
    };
    expect(only(tell(lineageMessage({ run })), "attempt.observed").url).toBe("https://h.test/1");
  });

  it("never lead to a kind or a step that every object has", () => {
    const run = {
      unstuck_compute: { kind: "constructor" },
      unstuck_attempt: { state: "Constructor" },
      airflowState: { tasksState: JSON.parse('{"__proto__":"x","a":"ok"}') },
    };
    const told = tell(lineageMessage({ run }));
    expect(all(told, "compute.reported")).toEqual([]);
    expect(all(told, "state.told")).toEqual([]);
    expect(Object.keys(only(told, "steps.settled").states)).toEqual(["a"]);
  });

  it("hold nothing that Postgres cannot store", () => {
    const run = { unstuck_wait: { kind: "queue", on: "a\0b\uD800c", holder: { job: "x".repeat(5_000) } } };
    expect(only(tell(lineageMessage({ run })), "wait.reported")).toMatchObject({
      on: "a\uFFFDb\uFFFDc",
      holder: { job: "x".repeat(4_000) },
    });
  });
});

describe("what an attempt is made of", () => {
  const observed = (parts: Parameters<typeof lineageMessage>[0]) =>
    only(tell(lineageMessage(parts)), "attempt.observed");

  it("is its code by version, else by tag, else by address", () => {
    const url = "https://git.shop.test/dags/daily.py";
    const of = (facet: object) =>
      observed({ job: { sourceCodeLocation: { type: "git", url, ...facet } } }).codeVersion;
    expect(of({ version: "1f0c9ab", tag: "v7" })).toBe("1f0c9ab");
    expect(of({ tag: "v7" })).toBe("v7");
    expect(of({})).toBe(url);
  });

  it("is its parameters by key; those without a value are empty, numbers are texts", () => {
    const parameters = [{ key: "epochs", value: 50 }, { key: "seed" }, { key: "date", value: "2026-11-23" }];
    expect(observed({ run: { executionParameters: { parameters } } }).parameters).toEqual({
      epochs: "50",
      seed: "",
      date: "2026-11-23",
    });
    expect(observed({ run: { executionParameters: { parameters: [] } } }).parameters).toBeUndefined();
  });

  it("is what runs it, with its version", () => {
    expect(observed({ run: { processing_engine: { name: "Airflow", version: "2.10.0" } } }).engine).toBe(
      "Airflow 2.10.0",
    );
    expect(observed({ run: { processing_engine: { version: "3.5" } } }).engine).toBe("3.5");
  });
});
