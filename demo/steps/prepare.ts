import { type Row, seeded } from "../numbers.ts";
import { runStep } from "../step.ts";

const ROWS = 6_000;

/** Makes the raw data: flats with a size, an age and a distance, and a price that follows from them with noise. */
await runStep(async ({ progress }) => {
  const random = seeded(20_261_123);
  const rows: Row[] = [];
  for (let i = 0; i < ROWS; i++) {
    const [size, age, distance] = [20 + random() * 130, random() * 90, random() * 25];
    const noise = (random() - 0.5) * 20;
    rows.push({ x: [size, age, distance], y: 40 + 3.1 * size - 0.6 * age - 4.2 * distance + noise });
    if (i % 1_000 === 999) await progress(i + 1, ROWS);
  }
  return rows;
});
