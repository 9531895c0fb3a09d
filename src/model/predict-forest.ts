import { type Forest, MODE, NODE_STRIDE } from './forest.js';
import { maskForest } from './mask-forest.js';
import { maskedSummer } from './masked-forest.js';
import { applyPostTransform } from './post-transform.js';

/** Rows walked through one tree before the next tree: both then stay in the cache. */
const BLOCK_ROWS = 256;

/** Predicts `count` rows of `forest.width` features (NaN: missing) into the front of `minutes`. */
export type ForestPredictor = (rows: Float32Array, count: number, minutes: Float64Array) => void;

/**
 * The fastest way to run `forest` for its first target. Sums are taken in double precision, so they differ
 * from a runtime that sums in single precision by its rounding, below 1e-5 of the result.
 */
export function forestPredictor(forest: Forest): ForestPredictor {
  const plainSum =
    forest.modes === null &&
    forest.votes === null &&
    forest.postTransform === 'NONE' &&
    (forest.aggregate === 'SUM' || forest.aggregate === 'AVERAGE');
  if (plainSum) return sumPredictor(forest);
  const score = forestScorer(forest);
  const scores = new Float64Array(forest.targets);
  return (rows, count, minutes) => {
    for (let row = 0; row < count; row += 1) {
      score(rows, row * forest.width, scores);
      minutes[row] = scores[0]!;
    }
  };
}

/**
 * Any forest, every target: a function that scores the row at `offset` of `rows` into `scores`, step by step as
 * the ONNX operator TreeEnsembleRegressor is defined.
 */
export function forestScorer(forest: Forest) {
  const voted = new Uint8Array(forest.targets);
  return (rows: Float32Array, offset: number, scores: Float64Array): void => {
    voted.fill(0);
    scores.fill(0);
    for (let tree = 0; tree < forest.roots.length; tree += 1) {
      addVotes(forest, leafOf(forest, forest.roots[tree]!, rows, offset), scores, voted);
    }
    for (let target = 0; target < forest.targets; target += 1) {
      if (forest.aggregate === 'AVERAGE') scores[target]! /= forest.roots.length;
      scores[target]! += forest.baseValues[target]!;
    }
    applyPostTransform(forest.postTransform, scores);
  };
}

function sumPredictor(forest: Forest): ForestPredictor {
  const divisor = forest.aggregate === 'AVERAGE' ? forest.roots.length : 1;
  const base = forest.baseValues[0]!;
  const masked = maskForest(forest);
  const addLeaves = masked === null ? leafAdder(forest) : maskedSummer(masked, forest.width);
  return (rows, count, minutes) => {
    minutes.fill(0, 0, count);
    addLeaves(rows, count, minutes);
    for (let row = 0; row < count; row += 1) minutes[row] = minutes[row]! / divisor + base;
  };
}

/** Walks every tree: for those too large to be masked. */
function leafAdder(forest: Forest) {
  return (rows: Float32Array, count: number, sums: Float64Array): void => {
    if (count === 1) {
      sums[0] = sumOfRow(forest, rows);
      return;
    }
    for (let start = 0; start < count; start += BLOCK_ROWS) {
      addBlock(forest, rows, start, Math.min(count, start + BLOCK_ROWS), sums);
    }
  };
}

/** One row alone: each tree is left at its leaf instead of walked to its full depth. */
function sumOfRow({ roots, ints, floats, missingFalse }: Forest, row: Float32Array): number {
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree]!;
    let next = step(ints, floats, missingFalse, row, 0, node);
    while (next !== node) {
      node = next;
      next = step(ints, floats, missingFalse, row, 0, node);
    }
    sum += floats[node + 1]!;
  }
  return sum;
}

/** Four rows descend side by side: while one waits for memory the others go on. */
function addBlock(
  { roots, depths, ints, floats, missingFalse, width }: Forest,
  rows: Float32Array,
  start: number,
  end: number,
  sums: Float64Array,
): void {
  const last = end - 1;
  for (let tree = 0; tree < roots.length; tree += 1) {
    const root = roots[tree]!;
    const depth = depths[tree]!;
    for (let row = start; row < end; row += 4) {
      // Past the end of the block the last row is walked again, and not added.
      const at0 = row * width;
      const at1 = Math.min(row + 1, last) * width;
      const at2 = Math.min(row + 2, last) * width;
      const at3 = Math.min(row + 3, last) * width;
      let node0 = root;
      let node1 = root;
      let node2 = root;
      let node3 = root;
      for (let level = 0; level < depth; level += 1) {
        node0 = step(ints, floats, missingFalse, rows, at0, node0);
        node1 = step(ints, floats, missingFalse, rows, at1, node1);
        node2 = step(ints, floats, missingFalse, rows, at2, node2);
        node3 = step(ints, floats, missingFalse, rows, at3, node3);
      }
      sums[row]! += floats[node0 + 1]!;
      if (row + 1 < end) sums[row + 1]! += floats[node1 + 1]!;
      if (row + 2 < end) sums[row + 2]! += floats[node2 + 1]!;
      if (row + 3 < end) sums[row + 3]! += floats[node3 + 1]!;
    }
  }
}

/**
 * The node after `node`; a leaf gives itself. Adding comparisons up as numbers instead of branching on them is
 * three times as fast: which way a row goes cannot be predicted.
 */
function step(
  ints: Int32Array,
  floats: Float32Array,
  missingFalse: Uint8Array,
  rows: Float32Array,
  offset: number,
  node: number,
): number {
  const value = rows[offset + ints[node]!]!;
  const above = Number(value > floats[node + 1]!);
  const missing = Number(Number.isNaN(value)) & missingFalse[node >> 2]!;
  return ints[node + 2 + (above | missing)]!;
}

function leafOf(forest: Forest, root: number, rows: Float32Array, offset: number): number {
  let node = root;
  for (;;) {
    const next = forest.ints[node + (takesTrue(forest, node, rows, offset) ? 2 : 3)]!;
    if (next === node) return node;
    node = next;
  }
}

/** Whether the row at `offset` of `rows` takes the true child of `node`, whatever the node's mode. */
export function takesTrue(forest: Forest, node: number, rows: Float32Array, offset: number): boolean {
  const { ints, floats, missingFalse, modes } = forest;
  const value = rows[offset + ints[node]!]!;
  if (Number.isNaN(value) && missingFalse[node / NODE_STRIDE] === 0) return true;
  return holds(modes === null ? MODE.LEQ : modes[node / NODE_STRIDE]!, value, floats[node + 1]!);
}

/** The ordered modes are all laid out as `<=`. */
function holds(mode: number, value: number, threshold: number): boolean {
  if (mode === MODE.EQ) return value === threshold;
  if (mode === MODE.NEQ) return value !== threshold;
  return value <= threshold;
}

function addVotes(
  { votes, floats, aggregate }: Forest,
  leaf: number,
  scores: Float64Array,
  voted: Uint8Array,
): void {
  if (votes === null) {
    scores[0] = combine(aggregate, voted[0] === 1, scores[0]!, floats[leaf + 1]!);
    voted[0] = 1;
    return;
  }
  const node = leaf / NODE_STRIDE;
  for (let vote = votes.starts[node]!; vote < votes.starts[node + 1]!; vote += 1) {
    const target = votes.targets[vote]!;
    scores[target] = combine(aggregate, voted[target] === 1, scores[target]!, votes.weights[vote]!);
    voted[target] = 1;
  }
}

function combine(aggregate: Forest['aggregate'], voted: boolean, score: number, weight: number): number {
  if (!voted) return weight;
  if (aggregate === 'MIN') return Math.min(score, weight);
  if (aggregate === 'MAX') return Math.max(score, weight);
  return score + weight;
}
