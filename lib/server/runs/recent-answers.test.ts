import { expect, it } from "vitest";
import type { Instant } from "../../base/instant.ts";
import { RecentAnswers } from "./recent-answers.ts";

const at = (seconds: number) => (seconds * 1_000) as Instant;

/** Answers that know how often their question was worked on. */
function counted(weighsTooMuch = false) {
  const answers = new RecentAnswers<number>(() => weighsTooMuch);
  let worked = 0;
  const ask = (question: string, seconds: number) =>
    answers.ask(question, at(seconds), async () => {
      worked += 1;
      if (question === "bad") throw new Error("no answer");
      return worked;
    });
  return { ask };
}

it("works once on a question that is asked twice, at once or soon after", async () => {
  const { ask } = counted();
  expect(await Promise.all([ask("a", 0), ask("a", 0), ask("b", 1)])).toEqual([1, 1, 2]);
  expect(await ask("a", 29)).toBe(1);
});

it("works again after a while, and on what was pushed out by others", async () => {
  const { ask } = counted();
  await ask("a", 0);
  expect(await ask("a", 30)).toBe(2);
  for (const question of "bcdefg") await ask(question, 31);
  expect(await ask("a", 32)).toBe(9);
  expect(await ask("g", 32)).toBe(8);
});

it("keeps nothing that failed, or weighs too much", async () => {
  const { ask } = counted(true);
  await expect(ask("bad", 0)).rejects.toThrow("no answer");
  await expect(ask("bad", 0)).rejects.toThrow("no answer");
  expect(await ask("a", 0)).toBe(3);
  expect(await ask("a", 0)).toBe(4);
});
