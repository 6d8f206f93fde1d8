import { expect, it } from "vitest";
import { firstAnswer } from "./first-answer.ts";

const never = new Promise<never>(() => undefined);
const nothing = Promise.resolve(undefined);
const computing = (value: Promise<string | undefined>) => {
  const calls: string[] = [];
  return {
    calls,
    compute: () => {
      calls.push("computed");
      return value;
    },
  };
};

it("an answer that comes soon is taken, and nothing is computed", async () => {
  const { calls, compute } = computing(Promise.resolve("computed"));
  expect(await firstAnswer(Promise.resolve("asked"), never, compute)).toBe("asked");
  expect(calls).toEqual([]);
});

it("where there is none it is computed at once", async () => {
  const { compute } = computing(Promise.resolve("computed"));
  expect(await firstAnswer(nothing, never, compute)).toBe("computed");
});

it("who is slow to answer is not waited for", async () => {
  const { compute } = computing(Promise.resolve("computed"));
  expect(await firstAnswer(never, Promise.resolve(), compute)).toBe("computed");
});

it("a late answer still counts where computing takes longer, or brings nothing", async () => {
  for (const value of [never, nothing]) {
    const late = Promise.withResolvers<string>();
    const { compute } = computing(value);
    const answer = firstAnswer(late.promise, Promise.resolve(), () => {
      late.resolve("asked");
      return compute();
    });
    expect(await answer).toBe("asked");
  }
});

it("where neither brings anything there is nothing", async () => {
  const { calls, compute } = computing(nothing);
  expect(await firstAnswer(nothing, never, compute)).toBeUndefined();
  expect(calls).toEqual(["computed"]);
});
