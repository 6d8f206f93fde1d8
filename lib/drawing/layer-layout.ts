/**
 * A layout in plain columns: instant, for chains, for graphs too wide for Graphviz to be of use, and for the
 * moment until Graphviz has answered.
 */
import {
  COLUMN_GAP,
  type Coordinates,
  type GraphShape,
  indexShape,
  NODE_HEIGHT,
  NODE_WIDTH,
  ROW_GAP,
} from "./graph-shape.ts";
import { layersOf, type Neighbours, neighboursOf } from "./layers.ts";

const COLUMN = NODE_WIDTH + COLUMN_GAP;
const ROW = NODE_HEIGHT + ROW_GAP;
/** Beyond a few sweeps the order no longer changes for the better. */
const SWEEPS = 4;

export function layerLayout(shape: GraphShape): Coordinates {
  const indexed = indexShape(shape);
  const near = neighboursOf(indexed);
  const { layers } = layersOf(indexed);
  const columns = layers.map((layer) => [...layer]);
  const rank = new Float64Array(indexed.size);
  orderColumns(columns, near, rank);
  const tallest = tallestColumn(indexed.size);
  const coordinates: Coordinates = new Float64Array(indexed.size * 2);
  const y = new Float64Array(indexed.size);
  const wrapped = columns.map((column) => column.length > tallest);
  columns.forEach((column, i) => {
    // A block is searched by name, so it keeps the order that was given.
    if (wrapped[i]) column.sort((a, b) => a - b);
    else placeEvenly(column, y);
  });
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forwards = sweep % 2 === 0;
    for (let step = 0; step < columns.length; step += 1) {
      const i = forwards ? step : columns.length - 1 - step;
      const column = columns[i] ?? [];
      if (!wrapped[i]) align(column, forwards ? near.upstream : near.downstream, y);
    }
  }
  let x = 0;
  columns.forEach((column, i) => {
    const rows = wrapped[i] ? gridRows(column.length) : column.length;
    column.forEach((node, place) => {
      const row = wrapped[i] ? place % rows : 0;
      coordinates[node * 2] = x + (wrapped[i] ? Math.floor(place / rows) * (NODE_WIDTH + ROW_GAP / 2) : 0);
      coordinates[node * 2 + 1] = wrapped[i]
        ? (row - (rows - 1) / 2) * (NODE_HEIGHT + ROW_GAP / 2)
        : (y[node] ?? 0);
    });
    const wide = wrapped[i] ? Math.ceil(column.length / rows) - 1 : 0;
    x += COLUMN + wide * (NODE_WIDTH + ROW_GAP / 2);
  });
  return coordinates;
}

/** A column longer than this is folded into a block: nobody reads three thousand nodes below one another. */
export function tallestColumn(size: number): number {
  return Math.max(60, Math.ceil(3 * Math.sqrt(size)));
}

/** Rows of a block of about two by one. */
function gridRows(count: number): number {
  const cell = (NODE_WIDTH + ROW_GAP / 2) / (NODE_HEIGHT + ROW_GAP / 2);
  return Math.max(1, Math.ceil(Math.sqrt((count * cell) / 2)));
}

/** Sorts each column by the mean place of its neighbours, back and forth, so that few edges cross. */
function orderColumns(columns: number[][], near: Neighbours, rank: Float64Array): void {
  const number = (column: readonly number[]) => {
    column.forEach((node, i) => {
      rank[node] = (i + 0.5) / column.length;
    });
  };
  for (const column of columns) number(column);
  const mean = new Float64Array(rank.length);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forwards = sweep % 2 === 0;
    const towards = forwards ? near.upstream : near.downstream;
    for (let step = 0; step < columns.length; step += 1) {
      const column = columns[forwards ? step : columns.length - 1 - step] ?? [];
      for (const node of column) mean[node] = meanOf(towards[node] ?? [], rank, rank[node] ?? 0);
      column.sort((a, b) => (mean[a] ?? 0) - (mean[b] ?? 0) || (rank[a] ?? 0) - (rank[b] ?? 0) || a - b);
      number(column);
    }
  }
}

function meanOf(nodes: readonly number[], values: Float64Array, otherwise: number): number {
  if (nodes.length === 0) return otherwise;
  let sum = 0;
  for (const node of nodes) sum += values[node] ?? 0;
  return sum / nodes.length;
}

function placeEvenly(column: readonly number[], y: Float64Array): void {
  column.forEach((node, i) => {
    y[node] = (i - (column.length - 1) / 2) * ROW;
  });
}

/**
 * Moves each node of a column towards the mean height of its neighbours and keeps order and distance: the nearest
 * such heights in the sense of least squares (pool adjacent violators).
 */
function align(column: readonly number[], towards: readonly (readonly number[])[], y: Float64Array): void {
  const sums: number[] = [];
  const counts: number[] = [];
  column.forEach((node, i) => {
    let sum = meanOf(towards[node] ?? [], y, y[node] ?? 0) - i * ROW;
    let count = 1;
    while (sums.length > 0 && (sums.at(-1) ?? 0) / (counts.at(-1) ?? 1) > sum / count) {
      sum += sums.pop() ?? 0;
      count += counts.pop() ?? 0;
    }
    sums.push(sum);
    counts.push(count);
  });
  let i = 0;
  sums.forEach((sum, block) => {
    const count = counts[block] ?? 1;
    for (let k = 0; k < count; k += 1, i += 1) {
      const node = column[i];
      if (node !== undefined) y[node] = sum / count + i * ROW;
    }
  });
}
