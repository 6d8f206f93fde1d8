import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AskGate } from "./ask-gate.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A gate before a server that takes so long, ms, and the instants at which it was asked. */
function before(answerMs: () => number) {
  const asked: number[] = [];
  const began = performance.now();
  const gate = new AskGate(() => {
    asked.push(performance.now() - began);
    return new Promise((answered) => setTimeout(answered, answerMs()));
  });
  return { gate, asked };
}

it("asks at once, and what changes meanwhile together", async () => {
  const { gate, asked } = before(() => 50);
  gate.change();
  for (let i = 0; i < 4; i += 1) {
    await vi.advanceTimersByTimeAsync(20);
    gate.change();
  }
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([0, 250]);
  gate.change();
  expect(asked).toHaveLength(3);
});

it("rests twice as long as an answer takes, however often something changes", async () => {
  const { gate, asked } = before(() => 1_000);
  const changing = setInterval(() => gate.change(), 10);
  await vi.advanceTimersByTimeAsync(9_500);
  clearInterval(changing);
  expect(asked).toHaveLength(4);
});

it("asks now where it must, though an answer is still awaited, and only once more for what changes then", async () => {
  let takes = 60_000;
  const { gate, asked } = before(() => takes);
  gate.change();
  await vi.advanceTimersByTimeAsync(1_000);
  takes = 10;
  void gate.now();
  gate.change();
  await vi.advanceTimersByTimeAsync(200_000);
  expect(asked).toEqual([0, 1_000, 1_210]);
});

it("asks no more when it is closed", async () => {
  const { gate, asked } = before(() => 10);
  gate.change();
  gate.change();
  gate.close();
  gate.change();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([0]);
});
