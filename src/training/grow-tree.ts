import { BINS_PER_FEATURE, MISSING_BIN } from './binning.js';
import {
  type Counted,
  countRows,
  emptyHistogram,
  type Histogram,
  type Sums,
  subtract,
  sumsIn,
} from './histogram.js';
import { findSplit, type Split, type SplitLimits } from './split-search.js';

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

/** What trees grow in, one after the other: zeroing it is cheaper than making it. */
export interface TreeRoom {
  /** Per node. */
  readonly histograms: readonly Histogram[];
  readonly spare: Int32Array;
}

interface Node {
  readonly node: number;
  readonly rows: Int32Array;
  readonly sums: Sums;
  readonly depth: number;
}

/** A node that may be cut where `split` says. */
interface OpenLeaf extends Node {
  readonly split: Split | null;
}

interface Growth {
  readonly counted: Counted;
  readonly features: Int32Array;
  readonly limits: TreeLimits;
  readonly room: TreeRoom;
  readonly tree: GrownTree;
  nodes: number;
}

export function treeRoom(rows: number, features: number, { maxLeaves }: TreeLimits): TreeRoom {
  const histograms = Array.from({ length: 2 * maxLeaves - 1 }, () => emptyHistogram(features));
  return { histograms, spare: new Int32Array(rows) };
}

/**
 * Grows a regression tree on the gradients of `rows` over `features`, always cutting the leaf that gains most
 * (leaf-wise growth; Shi 2007, LightGBM). `rows` is reordered.
 */
export function growTree(
  counted: Counted,
  rows: Int32Array,
  features: Int32Array,
  limits: TreeLimits,
  room: TreeRoom,
): GrownTree {
  const growth: Growth = { counted, features, limits, room, tree: emptyTree(limits), nodes: 1 };
  let leaves: readonly OpenLeaf[] = [openRoot(growth, rows)];
  while (leaves.length < limits.maxLeaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (best.split === null) break;
    const isLast = leaves.length + 1 === limits.maxLeaves;
    leaves = [...leaves.filter((leaf) => leaf !== best), ...cut(growth, best, best.split, isLast)];
  }
  for (const { node, sums } of leaves) growth.tree.value[node] = sums.gradient / (sums.rows + limits.l2);
  return growth.tree;
}

function emptyTree({ maxLeaves }: TreeLimits): GrownTree {
  const size = 2 * maxLeaves - 1;
  return {
    feature: new Int32Array(size).fill(-1),
    bin: new Uint8Array(size),
    missingTrue: new Uint8Array(size),
    whenTrue: new Int32Array(size),
    whenFalse: new Int32Array(size),
    cover: new Int32Array(size),
    value: new Float64Array(size),
  };
}

function openRoot({ counted, features, limits, room, tree }: Growth, rows: Int32Array): OpenLeaf {
  const histogram = room.histograms[0]!;
  countRows(histogram, counted, rows, features);
  const sums = sumsIn(histogram);
  tree.cover[0] = sums.rows;
  const root = { node: 0, rows, sums, depth: 0 };
  return { ...root, split: mayBeCut(root, limits) ? findSplit(histogram, sums, limits) : null };
}

function mayBeCut({ depth, sums }: Node, { maxDepth, minLeafRows }: TreeLimits): boolean {
  return depth < maxDepth && sums.rows >= 2 * minLeafRows;
}

function closed(node: Node): OpenLeaf {
  return { ...node, split: null };
}

/** The two children of a leaf; after the last cut nobody asks where they may be cut. */
function cut(growth: Growth, leaf: OpenLeaf, split: Split, isLast: boolean): readonly OpenLeaf[] {
  const { tree, features, limits } = growth;
  const { node, rows, sums } = leaf;
  const depth = leaf.depth + 1;
  const [whenTrue, whenFalse] = [growth.nodes, growth.nodes + 1];
  growth.nodes += 2;
  tree.feature[node] = features[split.slot]!;
  tree.bin[node] = split.bin;
  tree.missingTrue[node] = split.missingTrue ? 1 : 0;
  tree.whenTrue[node] = whenTrue;
  tree.whenFalse[node] = whenFalse;
  const trueCount = split.whenTrue.rows;
  const falseSums = { rows: sums.rows - trueCount, gradient: sums.gradient - split.whenTrue.gradient };
  tree.cover[whenTrue] = trueCount;
  tree.cover[whenFalse] = falseSums.rows;
  const children: readonly Node[] = [
    { node: whenTrue, rows: rows.subarray(0, trueCount), sums: split.whenTrue, depth },
    { node: whenFalse, rows: rows.subarray(trueCount), sums: falseSums, depth },
  ];
  if (isLast || !children.some((child) => mayBeCut(child, limits))) return children.map(closed);
  partition(growth, rows, split);
  return openChildren(growth, leaf, children);
}

/** Moves the rows of the true side to the front, in their order. Each row is written to both sides: no guess goes wrong. */
function partition(
  { counted: { bins, width }, features, room: { spare } }: Growth,
  rows: Int32Array,
  { slot, bin: last, missingTrue }: Split,
): void {
  const feature = features[slot]!;
  const goesTrue = new Uint8Array(BINS_PER_FEATURE).fill(1, 0, last + 1);
  goesTrue[MISSING_BIN] = missingTrue ? 1 : 0;
  let trueCount = 0;
  let falseCount = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const side = goesTrue[bins[row * width + feature]!]!;
    rows[trueCount] = row;
    spare[falseCount] = row;
    trueCount += side;
    falseCount += 1 - side;
  }
  rows.set(spare.subarray(0, falseCount), trueCount);
}

/** Finds where the children of a leaf may be cut. The larger's histogram is the parent's less the smaller's. */
function openChildren(
  { counted, features, limits, room }: Growth,
  leaf: OpenLeaf,
  children: readonly Node[],
): readonly OpenLeaf[] {
  const [smaller, larger] = children.toSorted((a, b) => a.sums.rows - b.sums.rows) as [Node, Node];
  const part = room.histograms[smaller.node]!;
  countRows(part, counted, smaller.rows, features);
  subtract(room.histograms[larger.node]!, room.histograms[leaf.node]!, part);
  return children.map((child) => {
    if (!mayBeCut(child, limits)) return closed(child);
    return { ...child, split: findSplit(room.histograms[child.node]!, child.sums, limits) };
  });
}
