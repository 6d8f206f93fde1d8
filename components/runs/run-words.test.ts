import { expect, test } from "vitest";
import { riskWords } from "./run-words";

test("a risk is told where there is one, and what is none says of what", () => {
  expect(riskWords("Harmless to a process that runs.")).toBe("Harmless to a process that runs.");
  expect(riskWords("None. It helps from the next run on.")).toBe(
    "Risk: none. It helps from the next run on.",
  );
  for (const nothing of ["", "None", "None.", "None: it only looks."]) expect(riskWords(nothing)).toBe("");
});
