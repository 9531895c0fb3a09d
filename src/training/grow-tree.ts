import { BINS_PER_FEATURE, type BinnedTable, MISSING_BIN } from './binning.js';
import { findSplit, type Histogram, type Split, type SplitLimits } from './split-search.js';

/** How large one tree may become. */
export interface TreeLimits extends SplitLimits {
  readonly maxLeaves: number;
  readonly maxDepth: number;
}

/** One grown tree; node 0 is the root. A leaf has `feature` -1. */
export interface GrownTree {
  readonly feature: Int32Array;
  /** Bins up to this one take the true child. */
  readonly bin: Uint8Array;
  readonly missingTrue: Uint8Array;
  readonly whenTrue: Int32Array;
  readonly whenFalse: Int32Array;
  /** How many of the rows reached each node. */
  readonly cover: Int32Array;
  /** A leaf's mean gradient, regularised. */
  readonly value: Float64Array;
}

/** A leaf that may still be cut; its rows are `order[start … start + count]`. */
interface OpenLeaf {
  readonly node: number;
  readonly start: number;
  readonly count: number;
  readonly depth: number;
  readonly gradientSum: number;
  readonly histogram: Histogram;
  readonly split: Split | null;
}

interface Growth {
  readonly table: BinnedTable;
  readonly gradients: Float64Array;
  readonly features: Int32Array;
  readonly limits: TreeLimits;
  readonly order: Int32Array;
  readonly spare: Int32Array;
  readonly tree: GrownTree;
  nodes: number;
}

/**
 * Grows a regression tree on the gradients of `rows` over `features`, always cutting the leaf that gains most
 * (leaf-wise growth; Shi 2007, LightGBM). `rows` is reordered.
 */
export function growTree(
  table: BinnedTable,
  gradients: Float64Array,
  rows: Int32Array,
  features: Int32Array,
  limits: TreeLimits,
): GrownTree {
  const growth = startGrowth(table, gradients, rows, features, limits);
  let leaves = [openLeaf(growth, 0, 0, rows.length, 0, null)];
  while (leaves.length < limits.maxLeaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (best.split === null) break;
    leaves = [...leaves.filter((leaf) => leaf !== best), ...cut(growth, best, best.split)];
  }
  for (const leaf of leaves) growth.tree.value[leaf.node] = leaf.gradientSum / (leaf.count + limits.l2);
  return growth.tree;
}

/** The leaf that a row of the table falls into. */
export function leafOfRow(tree: GrownTree, { bins }: BinnedTable, row: number): number {
  let node = 0;
  while (tree.feature[node]! >= 0) {
    const bin = bins[tree.feature[node]!]![row]!;
    const isTrue = bin === MISSING_BIN ? tree.missingTrue[node] === 1 : bin <= tree.bin[node]!;
    node = isTrue ? tree.whenTrue[node]! : tree.whenFalse[node]!;
  }
  return node;
}

function startGrowth(
  table: BinnedTable,
  gradients: Float64Array,
  order: Int32Array,
  features: Int32Array,
  limits: TreeLimits,
): Growth {
  const size = 2 * limits.maxLeaves - 1;
  const tree: GrownTree = {
    feature: new Int32Array(size).fill(-1),
    bin: new Uint8Array(size),
    missingTrue: new Uint8Array(size),
    whenTrue: new Int32Array(size),
    whenFalse: new Int32Array(size),
    cover: new Int32Array(size),
    value: new Float64Array(size),
  };
  return { table, gradients, features, limits, order, spare: new Int32Array(order.length), tree, nodes: 1 };
}

/** Two children of a leaf. The larger child's histogram is the parent's less the smaller child's. */
function cut(growth: Growth, leaf: OpenLeaf, split: Split): OpenLeaf[] {
  const { tree } = growth;
  const [whenTrue, whenFalse] = [growth.nodes, growth.nodes + 1];
  growth.nodes += 2;
  tree.feature[leaf.node] = split.feature;
  tree.bin[leaf.node] = split.bin;
  tree.missingTrue[leaf.node] = split.missingTrue ? 1 : 0;
  tree.whenTrue[leaf.node] = whenTrue;
  tree.whenFalse[leaf.node] = whenFalse;
  const trueCount = partition(growth, leaf, split);
  const falseCount = leaf.count - trueCount;
  const middle = leaf.start + trueCount;
  const depth = leaf.depth + 1;
  if (trueCount <= falseCount) {
    const smaller = openLeaf(growth, whenTrue, leaf.start, trueCount, depth, null);
    return [smaller, openLeaf(growth, whenFalse, middle, falseCount, depth, less(growth, leaf, smaller))];
  }
  const smaller = openLeaf(growth, whenFalse, middle, falseCount, depth, null);
  return [openLeaf(growth, whenTrue, leaf.start, trueCount, depth, less(growth, leaf, smaller)), smaller];
}

function openLeaf(
  growth: Growth,
  node: number,
  start: number,
  count: number,
  depth: number,
  known: Histogram | null,
): OpenLeaf {
  const { features, limits } = growth;
  growth.tree.cover[node] = count;
  const histogram = known ?? countBins(growth, start, count);
  const gradientSum = sumOver(histogram, features[0]!);
  const mayBeCut = depth < limits.maxDepth && count >= 2 * limits.minLeafRows;
  const split = mayBeCut ? findSplit(histogram, features, gradientSum, count, limits) : null;
  return { node, start, count, depth, gradientSum, histogram, split };
}

/** Moves the rows of the true side to the front of the leaf's range, in their order; returns their number. */
function partition({ table, order, spare }: Growth, { start, count }: OpenLeaf, split: Split): number {
  const bins = table.bins[split.feature]!;
  let trueCount = 0;
  let falseCount = 0;
  for (let i = start; i < start + count; i += 1) {
    const row = order[i]!;
    const bin = bins[row]!;
    if (bin === MISSING_BIN ? split.missingTrue : bin <= split.bin) {
      order[start + trueCount] = row;
      trueCount += 1;
    } else {
      spare[falseCount] = row;
      falseCount += 1;
    }
  }
  order.set(spare.subarray(0, falseCount), start + trueCount);
  return trueCount;
}

function countBins({ table, gradients, features, order }: Growth, start: number, count: number): Histogram {
  const histogram = new Float64Array(table.bins.length * BINS_PER_FEATURE * 2);
  for (const feature of features) {
    const bins = table.bins[feature]!;
    const offset = feature * BINS_PER_FEATURE;
    for (let i = start; i < start + count; i += 1) {
      const row = order[i]!;
      const at = (offset + bins[row]!) * 2;
      histogram[at]! += gradients[row]!;
      histogram[at + 1]! += 1;
    }
  }
  return histogram;
}

function less({ features }: Growth, { histogram }: OpenLeaf, smaller: OpenLeaf): Histogram {
  for (const feature of features) {
    const start = feature * BINS_PER_FEATURE * 2;
    for (let i = start; i < start + BINS_PER_FEATURE * 2; i += 1) histogram[i]! -= smaller.histogram[i]!;
  }
  return histogram;
}

function sumOver(histogram: Histogram, feature: number): number {
  const start = feature * BINS_PER_FEATURE * 2;
  let sum = 0;
  for (let i = start; i < start + BINS_PER_FEATURE * 2; i += 2) sum += histogram[i]!;
  return sum;
}
