import fc from "fast-check";
import { expect, test } from "vitest";
import { tileAt } from "./tile.ts";

test("wherever one has scrolled to, all of the screen is drawn, and no more than is needed", () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 0, max: 1_400_000 }));
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ([screen, more], share) => {
      const content = screen + more;
      const scrollTop = share * more;
      const { top, height } = tileAt(scrollTop, screen, content);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThanOrEqual(scrollTop);
      expect(top + height).toBeGreaterThanOrEqual(scrollTop + screen);
      expect(top + height).toBeLessThanOrEqual(content);
      expect(height).toBeLessThanOrEqual(2.25 * screen + 5);
    }),
  );
});

test("a short way is scrolled without another drawing", () => {
  expect(tileAt(1_000, 500, 100_000)).toEqual(tileAt(1_124, 500, 100_000));
  expect(tileAt(1_000, 500, 100_000)).not.toEqual(tileAt(1_125, 500, 100_000));
});
