import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { type SeededDraws, seededDraws } from '../statistics/random.js';
import type { BinnedTable } from './binning.js';
import { type GrownTree, growTree, type TreeLimits, treeRoom } from './grow-tree.js';
import { GRADIENT_STEPS, packed } from './histogram.js';
import { meanAbsolute, residualsOf, subtractTree } from './residuals.js';

/** The median of the residuals moves slowly, and finding it is a sort: of so many of them at most. */
const ROUNDS_PER_LIMIT = 16;
const MOST_RANKED = 4096;

/** How a forest is boosted. */
export interface BoostingSettings extends TreeLimits {
  /** Rounds at most; each adds one tree. */
  readonly rounds: number;
  /** Stop when the watched rows have not improved for so many rounds. */
  readonly patience: number;
  readonly learningRate: number;
  /** Shares of the rows and of the features that each tree sees, and how many rows at most: no more than 2¹⁹. */
  readonly rowShare: number;
  readonly mostRows: number;
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
  // Shuffled once, any run of rows is a sample, and one that is read in order.
  const learned = residualsOf(shuffled(learn, random), table, target, base);
  const watched = watch === null ? null : residualsOf(watch, table, target, base);
  const gradients = new Float64Array(learn.length);
  const features = Math.max(1, Math.round(table.width * settings.featureShare));
  const sampled = Math.min(Math.ceil(learn.length * settings.rowShare), settings.mostRows);
  const room = treeRoom(sampled, features, settings);
  const trees: GrownTree[] = [];
  let limit = 0;
  let best = { rounds: 0, mae: Number.POSITIVE_INFINITY };
  while (trees.length < settings.rounds) {
    const rows = runOfRows(random.integer(0, learn.length - 1), sampled, learn.length);
    if (trees.length % ROUNDS_PER_LIMIT === 0) {
      limit =
        settings.huberMedians * median(rows.subarray(0, MOST_RANKED), (row) => Math.abs(learned.left[row]!));
    }
    const step = writeGradients(gradients, learned.left, rows, limit);
    const tree = growTree(
      { width: table.width, bins: learned.bins, gradients },
      rows,
      sampleFeatures(table.width, features, random),
      settings,
      room,
    );
    scale(tree, step * settings.learningRate);
    subtractTree(tree, learned);
    trees.push(tree);
    // Rounds take seconds on large histories, and without a turn of the loop Ctrl-C would wait for the last.
    await turnOfTheLoop();
    if (watched === null) continue;
    subtractTree(tree, watched);
    const mae = meanAbsolute(watched);
    if (mae < best.mae) best = { rounds: trees.length, mae };
    else if (trees.length - best.rounds >= settings.patience) break;
  }
  if (watch === null) return { base, trees, watchedMae: null };
  return { base, trees: trees.slice(0, best.rounds), watchedMae: best.mae };
}

/** Fisher and Yates's shuffle of a copy. */
function shuffled(rows: Int32Array, random: SeededDraws): Int32Array {
  const copy = rows.slice();
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const other = random.integer(0, i);
    [copy[i], copy[other]] = [copy[other]!, copy[i]!];
  }
  return copy;
}

/** `count` rows from `first` on; the row after the last is 0. */
function runOfRows(first: number, count: number, all: number): Int32Array {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i += 1) rows[i] = first + i < all ? first + i : first + i - all;
  return rows;
}

/**
 * The gradient of Huber's loss: the residual, cut where squares turn into absolute values. In whole steps, whose
 * size it returns.
 */
function writeGradients(into: Float64Array, left: Float64Array, rows: Int32Array, limit: number): number {
  const perMinute = limit > 0 ? GRADIENT_STEPS / limit : 0;
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!;
    const steps = left[row]! * perMinute;
    // Cut at both ends without a branch, which would be guessed wrong often.
    into[row] = packed((Math.abs(steps + GRADIENT_STEPS) - Math.abs(steps - GRADIENT_STEPS)) / 2);
  }
  return limit / GRADIENT_STEPS;
}

function median(rows: Int32Array, of: (row: number) => number): number {
  const values = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) values[i] = of(rows[i]!);
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}

function sampleFeatures(count: number, taken: number, random: SeededDraws): Int32Array {
  const features = Int32Array.from({ length: count }, (_, feature) => feature);
  for (let i = 0; i < taken; i += 1) {
    const other = random.integer(i, count - 1);
    [features[i], features[other]] = [features[other]!, features[i]!];
  }
  return features.subarray(0, taken).sort();
}

/** Leaf values become 32-bit floats at once, so that training sees what the finished model answers. */
function scale({ value }: GrownTree, factor: number): void {
  for (let node = 0; node < value.length; node += 1) value[node] = Math.fround(value[node]! * factor);
}
