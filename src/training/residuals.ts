import { BINS_PER_FEATURE, type BinnedTable, MISSING_BIN } from './binning.js';
import type { GrownTree } from './grow-tree.js';

/** An entry of the ways through a tree: a node, and the feature that it asks. */
const NODE = ~255;
const FEATURE = 255;

/** Binned rows and what is left of their targets. Where their number is odd, there is room for one more. */
export interface Residuals {
  readonly rows: number;
  readonly width: number;
  /** Row after row. */
  readonly bins: Uint8Array;
  readonly left: Float64Array;
}

/** The rows in the order they are named, nothing explained yet but `base`. */
export function residualsOf(
  rows: Int32Array,
  { width, bins }: BinnedTable,
  target: Float64Array,
  base: number,
): Residuals {
  const room = rows.length + (rows.length % 2);
  const copied = new Uint8Array(room * width);
  const left = new Float64Array(room);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    left[i] = target[row]! - base;
    for (let feature = 0; feature < width; feature += 1) {
      copied[i * width + feature] = bins[row * width + feature]!;
    }
  }
  return { rows: rows.length, width, bins: copied, left };
}

/** Takes what a tree says of each row from what is left of its target. */
export function subtractTree(tree: GrownTree, { width, bins, left }: Residuals): void {
  const ways = waysThrough(tree);
  const depth = depthBelow(tree, 0);
  const { value } = tree;
  const root = Math.max(0, tree.feature[0]!);
  // Every row takes as many steps: a branch would be guessed wrong half of the time. Two rows at a time, as the steps
  // of one wait for each other; three in a row, as most trees are not deeper.
  for (let row = 0, first = 0; row < left.length; row += 2) {
    const second = first + width;
    let a = ways[bins[first + root]!]!;
    let b = ways[bins[second + root]!]!;
    a = ways[(a & NODE) | bins[first + (a & FEATURE)]!]!;
    b = ways[(b & NODE) | bins[second + (b & FEATURE)]!]!;
    a = ways[(a & NODE) | bins[first + (a & FEATURE)]!]!;
    b = ways[(b & NODE) | bins[second + (b & FEATURE)]!]!;
    for (let step = 3; step < depth; step += 1) {
      a = ways[(a & NODE) | bins[first + (a & FEATURE)]!]!;
      b = ways[(b & NODE) | bins[second + (b & FEATURE)]!]!;
    }
    left[row]! -= value[a >> 8]!;
    left[row + 1]! -= value[b >> 8]!;
    first = second + width;
  }
}

export function meanAbsolute({ rows, left }: Residuals): number {
  let sum = 0;
  for (let row = 0; row < rows; row += 1) sum += Math.abs(left[row]!);
  return sum / rows;
}

/** Per node and bin, the node it leads to and the feature asked there; a leaf leads to itself. */
function waysThrough({ feature, bin: last, missingTrue, whenTrue, whenFalse }: GrownTree): Int32Array {
  const nodes = feature.length;
  const ways = new Int32Array(nodes * BINS_PER_FEATURE);
  const to = (node: number) => (node << 8) | Math.max(0, feature[node]!);
  for (let node = 0; node < nodes; node += 1) {
    const start = node * BINS_PER_FEATURE;
    if (feature[node]! < 0) {
      ways.fill(to(node), start, start + BINS_PER_FEATURE);
      continue;
    }
    const firstFalse = start + last[node]! + 1;
    ways.fill(to(whenTrue[node]!), start, firstFalse);
    ways.fill(to(whenFalse[node]!), firstFalse, start + MISSING_BIN);
    ways[start + MISSING_BIN] = to((missingTrue[node] === 1 ? whenTrue : whenFalse)[node]!);
  }
  return ways;
}

function depthBelow(tree: GrownTree, node: number): number {
  if (tree.feature[node]! < 0) return 0;
  return 1 + Math.max(depthBelow(tree, tree.whenTrue[node]!), depthBelow(tree, tree.whenFalse[node]!));
}
