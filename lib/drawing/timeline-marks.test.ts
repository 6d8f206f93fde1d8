import fc from "fast-check";
import { expect, test } from "vitest";
import { timeScale } from "./time-scale.ts";
import { type AttemptTimes, marksOf, ROW, type RowTimes, toldAt } from "./timeline-marks.ts";

const SECOND = 1_000;
/** A thousand seconds on a thousand pixels: a second is a pixel. */
const SCALE = timeScale(0, 1_000 * SECOND, 1_000);

const NOTHING: RowTimes = {
  waited: undefined,
  attempts: [],
  critical: undefined,
  said: [],
  judged: undefined,
  held: undefined,
  summed: undefined,
};

function anAttempt(more: Partial<AttemptTimes> = {}): AttemptTimes {
  return {
    ...{ tone: "ok", phases: [], strip: undefined, gaps: [], outputs: [], logs: [], cache: undefined },
    ...more,
  };
}

const phase = (name: "waiting" | "preparing" | "running" | "finalizing", from: number, to: number) =>
  ({ what: "phase", phase: name, why: null, from: from * SECOND, to: to * SECOND }) as const;
const gap = (from: number, to: number) =>
  ({ what: "gap", from: from * SECOND, to: to * SECOND, words: `silent ${to - from}s` }) as const;

test("each phase looks different, whatever its colour", () => {
  const phases = [
    phase("waiting", 0, 100),
    phase("preparing", 100, 150),
    phase("running", 150, 700),
    phase("finalizing", 700, 720),
  ];
  const marks = marksOf({ ...NOTHING, attempts: [anAttempt({ phases })] }, SCALE);
  expect(marks).toMatchObject([
    { look: "flat", tone: "wait", x: 0, width: 100 },
    { look: "dashed", tone: "ok", x: 100, width: 50 },
    { look: "solid", tone: "ok", x: 150, width: 550 },
    { look: "half", tone: "ok", x: 700, width: 20 },
  ]);
});

test("what is out of sight is left out, what is partly in sight is cut, and nothing is too narrow to be seen", () => {
  const near = timeScale(400 * SECOND, 500 * SECOND, 1_000);
  const phases = [phase("waiting", 0, 300), phase("running", 300, 450), phase("finalizing", 450, 450)];
  const marks = marksOf({ ...NOTHING, attempts: [anAttempt({ phases })] }, near);
  expect(marks).toMatchObject([
    { look: "solid", x: 0, width: 500 },
    { look: "half", x: 500, width: 2 },
  ]);
});

test("a silence is measured in words where there is room for them", () => {
  const parts = [
    { from: 0, to: 0.2, kind: "beat" as const },
    { from: 0.2, to: 0.5, kind: "gap" as const },
    { from: 0.5, to: 0.9, kind: "beat" as const },
    { from: 0.9, to: 0.95, kind: "gap" as const },
  ];
  const strip = { from: 0, to: 1_000 * SECOND, parts };
  const attempt = anAttempt({ strip, gaps: [gap(200, 500), gap(900, 950)] });
  const marks = marksOf({ ...NOTHING, attempts: [attempt] }, SCALE);
  expect(marks.filter(({ kind }) => kind === "beats")).toMatchObject([
    { x: 0, width: 200, dim: false },
    { x: 500, width: 400 },
  ]);
  const gaps = marks.filter(({ kind }) => kind === "gap");
  expect(gaps).toMatchObject([
    { x: 200, width: 300, words: "silent 300s" },
    { x: 900, width: 50 },
  ]);
  expect(gaps[1]).not.toHaveProperty("words");
});

test("what was written lies over what was only declared", () => {
  const output = (name: string, written: boolean) =>
    ({ what: "output", name, at: 500 * SECOND, written }) as const;
  const outputs = [output("model", true), output("metrics", false)];
  const marks = marksOf({ ...NOTHING, attempts: [anAttempt({ outputs })] }, SCALE);
  expect(marks.map(({ kind }) => kind)).toEqual(["declared", "written"]);
  expect(toldAt(marks, 500, 19)).toMatchObject({ name: "model" });
});

test("what is judged, held and summed says so on its bar", () => {
  const span = { from: 900 * SECOND, to: 1_000 * SECOND };
  const row: RowTimes = {
    ...NOTHING,
    said: [{ what: "said", ...span }],
    judged: { ...span, tone: "suspect", words: "no sign of life" },
    critical: span,
  };
  expect(marksOf(row, SCALE)).toMatchObject([
    { look: "rule" },
    { look: "hatched", tone: "stuck" },
    { look: "framed", tone: "suspect", words: "no sign of life", x: 900, width: 100 },
  ]);
  const held = { ...span, words: "waits for train" };
  expect(marksOf({ ...NOTHING, held }, SCALE)).toMatchObject([{ look: "faint", words: "waits for train" }]);
  const summed = { ...span, tone: "run" as const, words: "1 of 2 done" };
  expect(marksOf({ ...NOTHING, summed }, SCALE)).toMatchObject([{ look: "pale", words: "1 of 2 done" }]);
});

test("one points at what lies uppermost, with a little slack, and at nothing where there is nothing", () => {
  const attempt = anAttempt({
    phases: [phase("running", 100, 300)],
    strip: { from: 100 * SECOND, to: 300 * SECOND, parts: [{ from: 0.5, to: 1, kind: "gap" }] },
    gaps: [gap(200, 300)],
    logs: [{ what: "log", at: 250 * SECOND }],
    cache: { what: "cache", at: 100 * SECOND, status: "MISS" },
  });
  const marks = marksOf({ ...NOTHING, attempts: [attempt] }, SCALE);
  expect(toldAt(marks, 150, 19)).toMatchObject({ what: "phase", phase: "running" });
  expect(toldAt(marks, 250, 33)).toMatchObject({ what: "gap" });
  expect(toldAt(marks, 252, 41)).toMatchObject({ what: "log" });
  expect(toldAt(marks, 101, 5)).toMatchObject({ what: "cache", status: "MISS" });
  expect(toldAt(marks, 500, 19)).toBeUndefined();
  expect(toldAt(marks, 150, 43)).toBeUndefined();
});

test("whatever the window, every mark lies on the row and within what is shown", () => {
  const at = fc.integer({ min: -2_000, max: 3_000 });
  const spans = fc.array(fc.tuple(at, at).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const));
  fc.assert(
    fc.property(spans, at, fc.integer({ min: 1, max: 4_000 }), (all, start, width) => {
      const scale = timeScale(start * SECOND, (start + width) * SECOND, 700);
      const attempt = anAttempt({
        phases: all.map(([a, b]) => phase("running", a, b)),
        gaps: all.map(([a, b]) => gap(a, b)),
        strip: { from: 0, to: 1_000 * SECOND, parts: [{ from: 0, to: 1, kind: "beat" }] },
        logs: all.map(([a]) => ({ what: "log", at: a * SECOND })),
      });
      for (const { kind, x, y, width: w, height } of marksOf({ ...NOTHING, attempts: [attempt] }, scale)) {
        const edge = kind === "log" ? height / 2 : 0;
        expect(x).toBeGreaterThanOrEqual(-edge);
        // What begins at the very end is two pixels wide all the same.
        expect(x + w).toBeLessThanOrEqual(scale.width + Math.max(edge, 2));
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y + height).toBeLessThanOrEqual(ROW);
      }
    }),
  );
});
