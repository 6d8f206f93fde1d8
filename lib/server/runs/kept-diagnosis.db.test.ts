import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Instant, toIso } from "../../base/instant.ts";
import { diagnosisResource, diagnosisToWire } from "../../contract/diagnosis.ts";
import { diagnose } from "../../diagnosis/diagnose.ts";
import { killIngestProcesses, startIngest } from "../../testing/ingest-processes.ts";
import { ingestServer } from "../../testing/ingest-server.ts";
import type { Json } from "../../testing/lineage.ts";
import { accepted, openLog } from "../../testing/open-log.ts";
import { now } from "../clock.ts";
import { database } from "../database.ts";
import { engineMark, setEngineMark } from "../engine-mark.ts";
import { markEngine } from "../mark-engine.ts";
import { changePolicy } from "../queries/change-policy.ts";
import { readDiagnosis } from "../queries/diagnosis.ts";
import { readNode } from "../queries/node.ts";
import { answerRun } from "../queries/run.ts";
import { judgePresent } from "./judge-present.ts";
import { judgeRun } from "./judge-run.ts";
import { keptDiagnosis } from "./kept-diagnosis.ts";
import { recentJudgement } from "./recent-judgement.ts";
import { saveDiagnosis } from "./save-diagnosis.ts";

const { post } = await ingestServer(5_000_000);
const url = process.env["DATABASE_URL"] ?? "";
const log = openLog(url);
killIngestProcesses();
beforeAll(markEngine);
afterAll(() => log.close());

const began = now() - 20_000;
/** More than are judged anew each time. */
const STEPS = 600;
const step = (i: number) => `step_${i}`;
const attemptOf = (run: string, i: number) => `${run}-${i}`;

interface Said {
  readonly type?: string;
  readonly parent?: string;
  readonly job?: string;
  /** The namespace of its job, by which sources tell themselves apart. */
  readonly source?: string;
  readonly facets?: object;
  readonly jobFacets?: object;
  /** Seconds since the beginning. */
  readonly at?: number;
}

function said(runId: string, { type = "START", parent, job, source, facets, jobFacets, at = 0 }: Said = {}) {
  const name = (id: string) => ({ namespace: source ?? `of ${runId.split("-")[0]}`, name: id });
  const above = parent !== undefined && { parent: { run: { runId: parent }, job: name(`job-${parent}`) } };
  return {
    eventType: type,
    eventTime: toIso((began + at * 1000) as Instant),
    run: { runId, facets: { ...facets, ...above } },
    job: { ...name(job ?? `job-${runId}`), facets: jobFacets ?? {} },
  };
}

const stepSaid = (run: string, i: number, more: Said = {}) =>
  said(attemptOf(run, i), {
    parent: run,
    job: `job-${run}.${step(i)}`,
    ...more,
    facets: { unstuck_attempt: { nodeKey: step(i), number: 1 }, ...more.facets },
  });

/** A run of a plan, of which three steps have been started; each is an attempt of its own. */
function runSaid(id: string, more: Said = {}): Json[] {
  const nodes = Array.from({ length: STEPS }, (_, i) => ({ key: step(i) }));
  const edges = nodes.slice(3).map(({ key }) => ({ from: step(0), to: key }));
  return [
    said(id, { ...more, jobFacets: { unstuck_plan: { nodes, edges } } }),
    ...[0, 1, 2].map((i) => stepSaid(id, i, more)),
  ];
}

async function tell(...messages: Json[]): Promise<void> {
  const response = await post("/api/v1/lineage/batch", messages);
  expect(response.status).toBeLessThan(300);
}

/** As if they had been told so many seconds after the beginning. */
const toldAt = (seconds: number, ...messages: Json[]) =>
  log.append(accepted(messages.map((json) => ({ json, receivedAt: (began + seconds * 1000) as Instant }))));

const rowOf = (runId: string) => database().diagnosis.findUniqueOrThrow({ where: { runId } });
/** What was kept, if it holds a moment after it was kept, or so many ms. */
const kept = async (id: string, ms = 1) =>
  keptDiagnosis(database(), id, ((await rowOf(id)).at.getTime() + ms) as Instant);
const isKept = async (id: string, ms?: number) => (await kept(id, ms)) !== undefined;
const answer = async (id: string) => diagnosisResource.parse(JSON.parse((await readDiagnosis(id)) ?? "null"));

/** Keeps the run's answer as background work does. What it teaches itself is there when it is judged again. */
async function keep(id: string): Promise<void> {
  await saveDiagnosis(database(), id);
  await saveDiagnosis(database(), id);
  expect(await isKept(id)).toBe(true);
}

const LONG_AGO = -3_600;

/** Says of another run that it beats, as its source. */
const other = (run: string, at: number, more: Said = {}) =>
  said(`${run}-other`, { ...more, facets: { unstuck_heartbeat: { interval: 1 } }, at });

/** A run that was told long ago, and its source spoke since: from now on only news of its own matters. */
async function tellQuiet(id: string, more: readonly Json[] = []): Promise<void> {
  await toldAt(LONG_AGO, ...runSaid(id, { at: LONG_AGO }), ...more);
  await toldAt(LONG_AGO + 600, other(id, LONG_AGO + 600));
}

/** A run, and what must not leave its kept answer in use. */
interface Change {
  readonly what: string;
  readonly id: string;
  /** What else was told of before it is kept. */
  readonly before?: readonly Json[];
  readonly change: () => Promise<unknown>;
}

/** A step that has not begun, and waits for another run. */
const waits = (id: string, run?: string): Json =>
  stepSaid(id, 4, {
    type: "OTHER",
    at: LONG_AGO,
    facets: {
      jobDependencies: {
        upstream: [
          { job: { namespace: "of others", name: "x" }, ...(run !== undefined && { run: { runId: run } }) },
        ],
      },
    },
  });
const override = (id: string) =>
  changePolicy({
    ...{ threshold: "outputStableMs", pipeline: `job-${id}`, node: null },
    ...{ who: "me", note: "", value: 200_000 },
  });

const CHANGES: readonly Change[] = [
  { what: "an end", id: "ends", change: () => tell(stepSaid("ends", 1, { type: "COMPLETE", at: 9 })) },
  { what: "a step that begins", id: "grows", change: () => tell(stepSaid("grows", 3, { at: 9 })) },
  {
    what: "a beat",
    id: "beats",
    before: [stepSaid("beats", 1, { facets: { unstuck_heartbeat: { interval: 60 } }, at: LONG_AGO })],
    change: () => post("/api/v1/heartbeats", { beats: [{ runId: attemptOf("beats", 1), interval: 60 }] }),
  },
  {
    what: "a step that leaves for another run",
    id: "left",
    change: () => tell(stepSaid("left", 1, { parent: "elsewhere", at: 9 })),
  },
  {
    what: "an attempt that is gone",
    id: "smaller",
    change: () => database().$executeRaw`DELETE FROM attempt WHERE id = ${attemptOf("smaller", 2)}`,
  },
  { what: "a threshold that is set", id: "set", change: () => override("set") },
  {
    what: "an end of what it waits for",
    id: "waits",
    before: [said("first"), waits("waits", "first")],
    change: () => tell(said("first", { type: "COMPLETE", at: 9 })),
  },
  {
    what: "the first word of what it waits for",
    id: "hopes",
    before: [waits("hopes", "ghost")],
    change: () => tell(said("ghost")),
  },
  {
    what: "a run of a job that it waits for",
    id: "asks",
    before: [waits("asks")],
    change: () => tell(said("some", { source: "of others", job: "x" })),
  },
  {
    what: "another answer for what it waits for",
    id: "behind",
    before: [said("ahead"), waits("behind", "ahead")],
    change: () =>
      database().$executeRaw`UPDATE run SET state = 'stuck', diagnosed_at = now() WHERE id = 'ahead'`,
  },
  {
    what: "the end of what a step was reused from",
    id: "reuses",
    before: [
      said("origin"),
      stepSaid("reuses", 1, {
        type: "COMPLETE",
        facets: { unstuck_cache: { status: "HIT", reusedFrom: { runId: "origin" } } },
        at: LONG_AGO + 5,
      }),
    ],
    change: () => tell(said("origin", { type: "COMPLETE", at: 9 })),
  },
  {
    what: "an earlier attempt at one of its steps, told late",
    id: "later",
    // By SQL: a message of that source would be news of the source, too.
    change: () => database().$executeRaw`
      INSERT INTO attempt (id, run_id, source, job_namespace, job_name, map_index, status, ended_at, state)
      SELECT 'earlier', 'earlier', source, job_namespace, job_name, map_index, 'completed', now() - interval '2 hours', state
      FROM attempt WHERE id = ${attemptOf("later", 1)}`,
  },
  {
    what: "what is usual for one of its steps",
    id: "usual",
    change: () => database().$executeRaw`
      INSERT INTO baseline (namespace, pipeline, node) VALUES ('of usual', 'job-usual', ${step(1)})`,
  },
  {
    what: "a time in which nobody listened",
    id: "unheard",
    change: () => database().$executeRaw`
      INSERT INTO listening (id, since, seen_at, deaf_from) VALUES (1, now(), now(), now() - interval '1 minute')`,
  },
  { what: "a rebuild", id: "rebuilt", change: () => log.rebuild() },
];

describe("the answer that is kept for a large run", () => {
  it("is the one that would be given, and says when it was judged", async () => {
    await tell(...runSaid("same"));
    await keep("same");
    const at = (await rowOf("same")).at.getTime() as Instant;
    const judged = await judgeRun(database(), "same");
    if (!judged) throw new Error("no run");
    const anew = diagnosisToWire(diagnose(judged.run, judged.context, at));
    expect(JSON.parse((await kept("same")) ?? "")).toEqual(anew);
    expect(anew.at).toBe(toIso(at));
  });

  it("is kept by whoever had to judge it", async () => {
    await tell(...runSaid("asked"));
    const { at } = await answer("asked");
    expect(JSON.parse((await kept("asked")) ?? "").at).toBe(at);
  });

  it.each(CHANGES)("is not given after $what", async ({ id, before, change }) => {
    await tellQuiet(id, before);
    await keep(id);
    const judged = await judgePresent(database(), id);
    expect(await judgePresent(database(), id)).toBe(judged);
    const tag = async () => (await answerRun(id))?.tag;
    const known = await tag();
    expect(await tag()).toBe(known);
    await change();
    expect(await isKept(id)).toBe(false);
    expect(await tag()).not.toBe(known);
    expect(await judgePresent(database(), id)).not.toBe(judged);
  });

  it("tells of a node what it would if the run were judged for it", async () => {
    const source = "of noded";
    const before = { source, parent: "early", job: `job-noded.${step(1)}` };
    const nodeKey = { facets: { unstuck_attempt: { nodeKey: step(1), number: 1 } } };
    await toldAt(
      LONG_AGO,
      said("early", { source, job: "job-noded", at: -9_000 }),
      said("early-1", { ...before, ...nodeKey, at: -9_000 }),
      said("early-1", { ...before, ...nodeKey, type: "COMPLETE", at: -8_900 }),
    );
    await saveDiagnosis(database(), "early");
    await tellQuiet("noded", [stepSaid("noded", 1, { type: "COMPLETE", at: LONG_AGO + 90 })]);
    await judgePresent(database(), "noded");
    const shared = await readNode("noded", step(1));
    recentJudgement().forget();
    const anew = await readNode("noded", step(1));
    expect(shared?.baseline.samples).toBeGreaterThan(0);
    expect({ ...shared, at: "" }).toEqual({ ...anew, at: "" });
  });

  it("is not given to who comes after an event that is acknowledged, by another server too", async () => {
    const [judges, takes] = await Promise.all([startIngest(url, { background: true }), startIngest(url)]);
    await tell(...runSaid("whole"));
    await expect.poll(() => isKept("whole").catch(() => false), { timeout: 20_000 }).toBe(true);
    const end = JSON.stringify(said("whole", { type: "COMPLETE", at: 9 }));
    const headers = { "Content-Type": "application/json" };
    const taken = await fetch(`${takes.address}/lineage`, { method: "POST", headers, body: end });
    expect(taken.status).toBe(201);
    expect((await answer("whole")).state).toBe("finished");
    await tell(said("whole", { parent: "above", at: 9 }));
    expect((await answer("whole")).runId).toBe("above");
    expect(await database().diagnosis.count({ where: { runId: "whole" } })).toBe(0);
    await Promise.all([judges.kill(), takes.kill()]);
  });

  it("is not given after what was being written while it was made", async () => {
    await tellQuiet("between");
    await database().$transaction(
      async (tx) => {
        await tx.$executeRaw`UPDATE attempt SET status = status WHERE id = ${attemptOf("between", 1)}`;
        await keep("between");
      },
      { timeout: 20_000 },
    );
    expect(await isKept("between")).toBe(false);
  });

  it("is made anew soon where the run itself taught what its steps are measured by", async () => {
    const instance = (i: number, type: string, at: number): Json =>
      stepSaid("taught", i, {
        type,
        at,
        facets: { unstuck_attempt: { nodeKey: "load", number: 1, mapIndex: i } },
      });
    await tellQuiet(
      "taught",
      [0, 1].map((i) => instance(i, "START", LONG_AGO + 1)),
    );
    await toldAt(LONG_AGO + 60, instance(0, "COMPLETE", LONG_AGO + 60));
    /** How long after a look the next one is asked for, ms. */
    const rest = async () => {
      await saveDiagnosis(database(), "taught");
      const [job] = await database().$queryRaw<{ due: Date }[]>`
        SELECT run_at AS due FROM graphile_worker.jobs WHERE key = 'deadline:taught'`;
      return (job?.due.getTime() ?? 0) - (await rowOf("taught")).at.getTime();
    };
    const first = await rest();
    expect(await isKept("taught")).toBe(false);
    const second = await rest();
    expect(await isKept("taught")).toBe(true);
    // Else it would be worded anew in ten minutes: an hour has passed.
    expect(first).toBeLessThan(second / 2);
  });

  it("is not given once time alone may have changed it, or its words", async () => {
    await tell(...runSaid("ages"));
    await keep("ages");
    const { at, holdsUntil } = await rowOf("ages");
    const held = (holdsUntil?.getTime() ?? 0) - at.getTime();
    expect(await isKept("ages", held - 1)).toBe(true);
    expect(await isKept("ages", held)).toBe(false);
    await tell(said("ages", { type: "COMPLETE", at: 9 }));
    await keep("ages");
    const years = 10 * 366 * 24 * 3_600_000;
    expect(await isKept("ages", years)).toBe(true);
  });

  it("is not given where another engine made it, or where it is not known which one this is", async () => {
    await tell(...runSaid("old"));
    await keep("old");
    const ours = engineMark();
    for (const mark of ["another", undefined]) {
      setEngineMark(mark);
      expect(await isKept("old")).toBe(false);
    }
    setEngineMark(ours);
    expect(await isKept("old")).toBe(true);
  });

  it("is not given of a past instant", async () => {
    await tell(...runSaid("past"));
    await keep("past");
    const at = (now() - 1) as Instant;
    expect(JSON.parse((await readDiagnosis("past", { at })) ?? "").at).toBe(toIso(at));
  });
});

describe("what is heard of a source otherwise", () => {
  it("changes an answer as long as a silence may be the source's", async () => {
    await toldAt(0, ...runSaid("tacit"));
    await keep("tacit");
    await toldAt(5, other("tacit", 5));
    expect(await isKept("tacit")).toBe(false);
  });

  it("changes none where it spoke after all of the run's attempts had fallen silent, until it falls silent itself", async () => {
    await tellQuiet("calm");
    await keep("calm");
    await toldAt(5, other("calm", 5));
    expect(await isKept("calm")).toBe(true);
  });

  it("changes an answer when it falls silent as a whole, and when it speaks again", async () => {
    const beating = (run: string, at: number) =>
      toldAt(at, other(run, at), { ...other(run, at), run: { ...other(run, at).run, runId: `${run}-more` } });
    const present = (now() - began) / 1000;
    await toldAt(present, ...runSaid("dusk", { at: present }));
    await beating("dusk", present);
    await keep("dusk");
    // Whatever else may change with time.
    await database().diagnosis.updateMany({ where: { runId: "dusk" }, data: { holdsUntil: null } });
    expect(await isKept("dusk", 1)).toBe(true);
    expect(await isKept("dusk", 60_000)).toBe(false);

    await toldAt(present - 600, ...runSaid("night", { at: present - 600 }));
    await beating("night", present - 300);
    await keep("night");
    expect((await answer("night")).sources).toMatchObject([{ dark: true }]);
    await toldAt(present, said("night-other", { type: "OTHER", at: present }));
    expect(await isKept("night")).toBe(false);
  });
});
