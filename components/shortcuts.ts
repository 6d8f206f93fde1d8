/** Every key of the pages, once: those who listen compare with it, and the list of keys shows it, so that it cannot lie. */

export interface Shortcut {
  /** As a KeyboardEvent names them; "Mod+" stands for ⌘ on a Mac, Ctrl elsewhere. Any of them will do. */
  readonly keys: readonly string[];
  readonly says: string;
}

export const SHORTCUTS = {
  palette: { keys: ["Mod+k", "/"], says: "Search, go to or do something" },
  keys: { keys: ["?"], says: "Show these keys" },
  close: { keys: ["Escape"], says: "Close what lies over the page" },
  play: { keys: [" "], says: "Play what was known, from start to now; pause" },
  walkLeft: { keys: ["ArrowLeft"], says: "To a node that this one needs" },
  walkRight: { keys: ["ArrowRight"], says: "To a node that needs this one" },
  walkUp: { keys: ["ArrowUp"], says: "To the node above" },
  walkDown: { keys: ["ArrowDown"], says: "To the node below" },
  walkHome: { keys: ["Home"], says: "To the node that holds the run" },
  openNode: { keys: ["Enter"], says: "Into the node's panel" },
  leaveNode: {
    keys: ["Escape"],
    says: "From the panel back to the graph, or the row; in the graph, back to what holds the run",
  },
  zoomIn: { keys: ["+", "="], says: "Nearer" },
  zoomOut: { keys: ["-"], says: "Farther" },
  showAll: { keys: ["0"], says: "All of the run's time" },
  panEarlier: { keys: ["ArrowLeft"], says: "To the time before" },
  panLater: { keys: ["ArrowRight"], says: "To the time after" },
  runStart: { keys: ["Home"], says: "To the run's start" },
  runEnd: { keys: ["End"], says: "To the run's end, or now" },
  rowUp: { keys: ["ArrowUp"], says: "To the row above" },
  rowDown: { keys: ["ArrowDown"], says: "To the row below" },
  rowPage: { keys: ["PageUp", "PageDown"], says: "Ten rows up or down" },
  rowEnd: { keys: ["Mod+Home", "Mod+End"], says: "To the first or the last row" },
  openRow: { keys: ["Enter"], says: "Into the row’s panel; a group opens, or folds" },
  chooseRow: { keys: [" "], says: "Choose the row’s node" },
  earlier: { keys: ["ArrowLeft", "ArrowDown"], says: "To what was known before" },
  later: { keys: ["ArrowRight", "ArrowUp"], says: "To what was known next" },
  farEarlier: { keys: ["PageDown"], says: "Ten steps back" },
  farLater: { keys: ["PageUp"], says: "Ten steps on" },
  first: { keys: ["Home"], says: "To the first word of the run" },
  now: { keys: ["End"], says: "To now" },
  cell: { keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], says: "To the next cell" },
  cellEnd: { keys: ["Home", "End"], says: "To the names, or the last run" },
  cellSide: {
    keys: ["Mod+ArrowLeft", "Mod+ArrowRight", "Mod+ArrowUp", "Mod+ArrowDown"],
    says: "To the end of the row or column",
  },
  cellCorner: { keys: ["Mod+Home", "Mod+End"], says: "To the first or last cell of all" },
  cellPage: { keys: ["PageUp", "PageDown"], says: "A screen of nodes up or down" },
} as const satisfies Record<string, Shortcut>;

export type ShortcutName = keyof typeof SHORTCUTS;

export interface KeyGroup {
  readonly label: string;
  readonly names: readonly ShortcutName[];
  /** Of which pages. */
  readonly on: RegExp;
}

const RUN = /^\/runs\/[^/]+$/;

export const KEY_GROUPS: readonly KeyGroup[] = [
  { label: "Everywhere", names: ["palette", "keys", "close"], on: /^/ },
  { label: "On this page", names: ["play"], on: RUN },
  {
    label: "In the graph",
    names: ["walkLeft", "walkRight", "walkUp", "walkDown", "walkHome", "openNode", "leaveNode"],
    on: RUN,
  },
  {
    label: "In the timeline",
    names: [
      "zoomIn",
      "zoomOut",
      "showAll",
      "panEarlier",
      "panLater",
      "runStart",
      "runEnd",
      "rowUp",
      "rowDown",
      "rowPage",
      "rowEnd",
      "openRow",
      "chooseRow",
    ],
    on: RUN,
  },
  {
    label: "On the line of time",
    names: ["earlier", "later", "farEarlier", "farLater", "first", "now", "play"],
    on: RUN,
  },
  {
    label: "In the grid of runs",
    names: ["cell", "cellEnd", "cellSide", "cellCorner", "cellPage"],
    on: /^\/pipelines\/[^/]+\/[^/]+$/,
  },
];

/** The groups that a page has. */
export function keyGroupsOf(path: string): readonly KeyGroup[] {
  return KEY_GROUPS.filter(({ on }) => on.test(path));
}

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** Whether this press is one of the shortcut's. Shift is left alone: on some keyboards `/` and `?` need it. */
export function isShortcut(event: KeyPress, name: ShortcutName): boolean {
  if (event.altKey) return false;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const pressed = event.ctrlKey || event.metaKey ? `Mod+${key}` : key;
  return SHORTCUTS[name].keys.some((wanted) => wanted === pressed);
}

/** Whether the keys are someone else's letters. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input, textarea, select, [role='combobox'], [role='textbox']"))
  );
}
