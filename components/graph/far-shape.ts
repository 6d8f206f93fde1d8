import type { Palette } from "@/components/ui/canvas-looks";
import type { StateName } from "@/components/ui/state-shape";

export function colourOf(state: StateName, palette: Palette): string {
  switch (state) {
    case "stuck":
    case "failed":
      return palette.stuck;
    case "suspect":
      return palette.suspect;
    case "slow":
      return palette.slow;
    case "progressing":
      return palette.run;
    case "finished":
    case "reused":
      return palette.ok;
    case "waiting":
    case "unknown":
    case "aborted":
      return palette.wait;
    case "planned":
      return palette.ghost;
  }
}

/** The state's shape in its simplest form: never colour alone. */
export function paintShape(
  context: CanvasRenderingContext2D,
  state: StateName,
  x: number,
  y: number,
  palette: Palette,
): void {
  const r = 6.5;
  context.lineWidth = 1.6;
  context.strokeStyle = context.fillStyle;
  context.beginPath();
  switch (state) {
    case "stuck": {
      const c = r * 0.45;
      context.moveTo(x - c, y - r);
      for (const [dx, dy] of [
        [c, -r],
        [r, -c],
        [r, c],
        [c, r],
        [-c, r],
        [-r, c],
        [-r, -c],
      ] as const) {
        context.lineTo(x + dx, y + dy);
      }
      context.closePath();
      context.fill();
      context.fillStyle = palette.panel;
      context.fillRect(x - 3.4, y - 0.9, 6.8, 1.8);
      return;
    }
    case "suspect":
      context.moveTo(x, y - r);
      context.lineTo(x + r, y);
      context.lineTo(x, y + r);
      context.lineTo(x - r, y);
      context.closePath();
      break;
    case "slow":
      context.moveTo(x, y - r);
      context.lineTo(x + r, y + r * 0.8);
      context.lineTo(x - r, y + r * 0.8);
      context.closePath();
      break;
    case "failed":
      context.rect(x - r + 0.8, y - r + 0.8, 2 * r - 1.6, 2 * r - 1.6);
      context.moveTo(x - 2.6, y - 2.6);
      context.lineTo(x + 2.6, y + 2.6);
      context.moveTo(x + 2.6, y - 2.6);
      context.lineTo(x - 2.6, y + 2.6);
      break;
    case "progressing":
      context.arc(x, y, r - 1, -Math.PI / 2, 0.2);
      break;
    case "finished":
    case "reused":
      context.arc(x, y, r - 0.6, 0, 2 * Math.PI);
      context.moveTo(x - 2.6, y + 0.2);
      context.lineTo(x - 0.8, y + 2);
      context.lineTo(x + 2.8, y - 2);
      break;
    default:
      context.setLineDash(state === "planned" ? [1, 2.2] : [2.4, 2]);
      context.arc(x, y, r - 1, 0, 2 * Math.PI);
  }
  context.stroke();
  context.setLineDash([]);
}
