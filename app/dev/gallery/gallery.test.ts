import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../../components/ui/", import.meta.url);
const shown = ["still.tsx", "interactive.tsx"]
  .map((name) => readFileSync(new URL(name, import.meta.url), "utf8"))
  .join("\n");

test("every component of the design system is in the gallery", () => {
  const components = readdirSync(folder).filter((name) => name.endsWith(".tsx"));
  expect(components.length).toBeGreaterThan(20);
  const missing = components.filter((name) => !shown.includes(`"@/components/ui/${name.slice(0, -4)}"`));
  expect(missing).toEqual([]);
});
