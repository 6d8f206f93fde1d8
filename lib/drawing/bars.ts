/** A bar of two parts, in the units of the drawing: `base` at the bottom, `top` above it. */
export interface Bar {
  readonly base: number;
  readonly top: number;
}

/** Below this a part would not be seen: one message among a million is drawn all the same. */
const LEAST = 1.5;

/** Heights of bars side by side, the highest of them as high as the drawing. Nothing is as high as nothing. */
export function barHeights(
  values: readonly { readonly base: number; readonly top: number }[],
  height: number,
): Bar[] {
  const most = Math.max(0, ...values.map(({ base, top }) => base + top));
  const scaled = (value: number) => (value <= 0 ? 0 : Math.max(LEAST, (value / most) * height));
  return values.map((value) => {
    const top = scaled(value.top);
    return { base: value.base <= 0 ? 0 : Math.max(LEAST, Math.min(scaled(value.base), height - top)), top };
  });
}
