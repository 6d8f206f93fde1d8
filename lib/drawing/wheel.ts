/** What a wheel event tells of its turn. */
export interface Turn {
  readonly deltaX: number;
  readonly deltaY: number;
  /** Whether it counts in pixels (0), lines (1) or pages (2). */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
}

const PIXELS = [1, 25, 400] as const;

/** How far a wheel was turned, px. */
export function turnedBy({ deltaX, deltaY, deltaMode }: Turn): { readonly x: number; readonly y: number } {
  const unit = PIXELS[deltaMode] ?? 1;
  return { x: deltaX * unit, y: deltaY * unit };
}

/** A pinch on a trackpad comes as a wheel with Ctrl, in steps smaller than any of a wheel's, px. */
const PINCH_BELOW = 20;
const PINCH_SPEED = 0.012;

/** How many times as near a turn leads. `speed`: doublings a pixel of a wheel. */
export function nearerBy(turn: Turn, speed: number): number {
  const { y } = turnedBy(turn);
  const isPinch = turn.ctrlKey && Math.abs(y) < PINCH_BELOW;
  return 2 ** (-y * (isPinch ? PINCH_SPEED : speed));
}
