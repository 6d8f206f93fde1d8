/** Movements of a hand, and how many frames the page drew meanwhile. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { type Smoothness, smoothness } from "./frames.ts";

/** A mouse tells of its movement about so often, ms. */
const PACE = 8;

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Does `movement`, a small step at a time, for some seconds, and says how smooth that was. */
export async function framesWhile(
  page: Page,
  seconds: number,
  movement: (nth: number) => Promise<void>,
): Promise<Smoothness> {
  await page.evaluate(() => {
    const frames: number[] = [];
    const next = (at: number) => {
      frames.push(at);
      // Until another movement is watched.
      if (Reflect.get(window, "benchFrames") === frames) requestAnimationFrame(next);
    };
    Object.assign(window, { benchFrames: frames });
    requestAnimationFrame(next);
  });
  const until = performance.now() + seconds * 1000;
  for (let nth = 0; performance.now() < until; nth += 1) {
    const began = performance.now();
    await movement(nth);
    await sleep(Math.max(0, PACE - (performance.now() - began)));
  }
  const frames = await page.evaluate(() => {
    const kept: unknown = Reflect.get(window, "benchFrames");
    return Array.isArray(kept) ? kept.map(Number) : [];
  });
  return smoothness(frames);
}

/** The wheel turns one way for a while, then the other: near, and far again. */
export function zooming(page: Page, { x, y }: Place, { turns = 60, by = 40 } = {}) {
  return async (nth: number): Promise<void> => {
    if (nth === 0) await page.mouse.move(x, y);
    await page.mouse.wheel(0, Math.floor(nth / turns) % 2 === 0 ? -by : by);
  };
}

/** Held, and drawn in circles. */
export function dragging(page: Page, { x, y }: Place) {
  return async (nth: number): Promise<void> => {
    const angle = nth / 20;
    await page.mouse.move(x + 250 * Math.sin(angle), y + 150 * Math.sin(angle * 1.3));
    if (nth === 0) await page.mouse.down();
  };
}

/** The wheel turns downwards for a while, then upwards. */
export function scrolling(page: Page, { x, y }: Place) {
  return async (nth: number): Promise<void> => {
    if (nth === 0) await page.mouse.move(x, y);
    await page.mouse.wheel(0, Math.floor(nth / 200) % 2 === 0 ? 120 : -120);
  };
}
