import { expect, test } from "vitest";
import config from "./next.config.mjs";

test("a start needs no development packages: what checks types would ask for those of the tests", () => {
  expect(config.typescript?.ignoreBuildErrors).toBe(true);
});
