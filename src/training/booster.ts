import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { type SeededDraws, seededDraws } from '../statistics/random.js';
import type { BinnedTable } from './binning.js';
import { type GrownTree, growTree, leafOfRow, type TreeLimits } from './grow-tree.js';

/** The median of the residuals moves slowly, and finding it is a sort. */
const ROUNDS_PER_LIMIT = 16;

/** How a forest is boosted. */
export interface BoostingSettings extends TreeLimits {
  /** Rounds at most; each adds one tree. */
  readonly rounds: number;
  /** Stop when the watched rows have not improved for so many rounds. */
  readonly patience: number;
  readonly learningRate: number;
  /** Shares of the rows and of the features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  /** Residuals count up to this multiple of their median size: Huber's loss, so that a breakdown is not learned. */
  readonly huberMedians: number;
  readonly seed: number;
}

/** What boosting gives: a constant plus trees whose leaf values include the learning rate. */
export interface Boosted {
  readonly base: number;
  readonly trees: readonly GrownTree[];
  /** Mean |error| on the watched rows after the last tree kept; `null` without watched rows. */
  readonly watchedMae: number | null;
}

/**
 * Stochastic gradient boosting of regression trees (Friedman 2002) on the rows `learn` of a binned table. With rows
 * to `watch`, it keeps the number of rounds at which their mean |error| was smallest. Deterministic for a seed.
 */
export async function boost(
  table: BinnedTable,
  target: Float64Array,
  learn: Int32Array,
  watch: Int32Array | null,
  settings: BoostingSettings,
): Promise<Boosted> {
  const random = seededDraws(settings.seed);
  const base = Math.fround(median(learn, (row) => target[row]!));
  const predicted = new Float64Array(table.rows).fill(base);
  const gradients = new Float64Array(table.rows);
  const trees: GrownTree[] = [];
  let limit = Number.POSITIVE_INFINITY;
  let best = { rounds: 0, mae: Number.POSITIVE_INFINITY };
  while (trees.length < settings.rounds) {
    writeResiduals(gradients, target, predicted, learn);
    if (trees.length % ROUNDS_PER_LIMIT === 0) {
      limit = settings.huberMedians * median(learn, (row) => Math.abs(gradients[row]!));
    }
    clip(gradients, learn, limit);
    const tree = growTree(
      table,
      gradients,
      sampleRows(learn, settings.rowShare, random),
      sampleFeatures(table.bins.length, settings.featureShare, random),
      settings,
    );
    shrink(tree, settings.learningRate);
    addTree(tree, table, predicted);
    trees.push(tree);
    // Rounds take seconds on large histories, and without a turn of the loop Ctrl-C would wait for the last.
    await turnOfTheLoop();
    if (watch === null) continue;
    const mae = meanAbsoluteError(target, predicted, watch);
    if (mae < best.mae) best = { rounds: trees.length, mae };
    else if (trees.length - best.rounds >= settings.patience) break;
  }
  if (watch === null) return { base, trees, watchedMae: null };
  return { base, trees: trees.slice(0, best.rounds), watchedMae: best.mae };
}

function writeResiduals(
  into: Float64Array,
  target: Float64Array,
  predicted: Float64Array,
  rows: Int32Array,
): void {
  for (const row of rows) into[row] = target[row]! - predicted[row]!;
}

/** The gradient of Huber's loss: the residual, cut where squares turn into absolute values. */
function clip(gradients: Float64Array, rows: Int32Array, limit: number): void {
  for (const row of rows) gradients[row] = Math.max(-limit, Math.min(limit, gradients[row]!));
}

function median(rows: Int32Array, of: (row: number) => number): number {
  const values = Float64Array.from(rows, of).sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}

/** Each row with the same chance, in order: ordered rows are read faster than shuffled ones. */
function sampleRows(rows: Int32Array, share: number, random: SeededDraws): Int32Array {
  return share >= 1 ? rows.slice() : rows.filter(() => random.uniform() < share);
}

function sampleFeatures(count: number, share: number, random: SeededDraws): Int32Array {
  const features = Int32Array.from({ length: count }, (_, feature) => feature);
  const taken = Math.max(1, Math.round(count * share));
  for (let i = 0; i < taken; i += 1) {
    const other = random.integer(i, count - 1);
    [features[i], features[other]] = [features[other]!, features[i]!];
  }
  return features.subarray(0, taken).sort();
}

/** Leaf values become 32-bit floats at once, so that training sees what the finished model answers. */
function shrink({ value }: GrownTree, learningRate: number): void {
  for (let node = 0; node < value.length; node += 1) value[node] = Math.fround(value[node]! * learningRate);
}

function addTree(tree: GrownTree, table: BinnedTable, predicted: Float64Array): void {
  for (let row = 0; row < table.rows; row += 1) predicted[row]! += tree.value[leafOfRow(tree, table, row)]!;
}

function meanAbsoluteError(target: Float64Array, predicted: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += Math.abs(target[row]! - predicted[row]!);
  return sum / rows.length;
}
