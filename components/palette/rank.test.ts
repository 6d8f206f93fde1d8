import { describe, expect, test } from "vitest";
import { match, rank } from "./rank.ts";

const best = (query: string, texts: readonly string[]) => rank(query, texts, (text) => text, 10).best;

describe("what answers", () => {
  test("a part, in any case", () => expect(match("RAI", "train[2]")?.at).toEqual([1, 2, 3]));
  test("letters in their order, with others between", () => {
    expect(match("tr2", "train[2]")?.at).toEqual([0, 1, 6]);
    expect(match("2tr", "train[2]")).toBeUndefined();
  });
  test("all words of the query, in any order", () => {
    expect(match("2 train", "train[2]")).toBeDefined();
    expect(match("train 3", "train[2]")).toBeUndefined();
  });
  test("letters scattered over a long name do not", () => {
    expect(match("aoe", "extract_from_warehouse")).toBeUndefined();
    expect(match("eval", "Go to when it was first held, Nov alone")).toBeUndefined();
    expect(match("evl", "never, evaluate")?.at).toEqual([7, 8, 10]);
  });
  test("everything answers to nothing", () => expect(match("  ", "train")?.at).toEqual([]));
});

describe("what answers best", () => {
  test("the whole name, then its start, then a word's start, then the inside of a word", () => {
    expect(best("train", ["retrain", "pre_train", "train_eval", "train"])).toEqual([
      ...["train", "train_eval", "pre_train", "retrain"],
    ]);
  });
  test("a part before letters that are spread", () => {
    expect(best("sco", ["select_columns", "score"])).toEqual(["score", "select_columns"]);
  });
  test("the initials of the words before other letters", () => {
    expect(best("lc", ["silence", "lost completion"])[0]).toBe("lost completion");
  });
  test("of equals the shorter, and of these the first given", () => {
    expect(best("load", ["load_bb", "load_a", "load_c"])).toEqual(["load_a", "load_c", "load_bb"]);
  });
});

test("few are shown and all are counted", () => {
  const names = Array.from({ length: 30_000 }, (_, i) => `score[${i}]`);
  const found = rank("score", names, (name) => name, 12);
  expect(found.best).toHaveLength(12);
  expect(found.total).toBe(30_000);
  expect(best("29999", names)).toEqual(["score[29999]"]);
});
