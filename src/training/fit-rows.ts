import type { Encodings, FeatureName } from '../features/features.js';
import { layOutForest } from '../model/lay-out-forest.js';
import { forestPredictor } from '../model/predict-forest.js';
import type { TreeColumns } from '../model/tree-columns.js';
import { t } from '../wording/t.js';
import { binTable } from './binning.js';
import { boostedColumns } from './boosted-columns.js';
import { boost } from './booster.js';
import { DEFAULT_BOOSTING, MAX_BINS } from './boosting-defaults.js';
import { featureTable } from './feature-table.js';
import { learnEncodings } from './learn-encodings.js';
import type { Example } from './training-set.js';

/** What stays the same from one fit of a training to the next. */
export interface Problem {
  readonly examples: readonly Example[];
  readonly target: Float64Array;
  readonly names: readonly FeatureName[];
  readonly seed: number;
}

/** A model fitted to some rows of a problem. */
export interface Fitted {
  readonly encodings: Encodings;
  /** The features of every example under these encodings. */
  readonly table: Float32Array;
  readonly columns: TreeColumns;
  readonly rounds: number;
}

/**
 * Fits encodings and trees to the rows `learn` alone. `stop` says when to stop: after so many rounds, or where the
 * error on other rows was smallest.
 */
export async function fitRows(
  problem: Problem,
  learn: Int32Array,
  stop: { rounds: number } | { watch: Int32Array },
): Promise<Fitted> {
  const { examples, target, names, seed } = problem;
  const encodings = learnEncodings(examples, learn);
  const table = featureTable(examples, names, encodings);
  const binned = binTable(table, names.length, learn, MAX_BINS);
  const settings = { ...DEFAULT_BOOSTING, seed };
  const boosted =
    'rounds' in stop
      ? await boost(binned, target, learn, null, { ...settings, rounds: stop.rounds })
      : await boost(binned, target, learn, stop.watch, settings);
  return { encodings, table, columns: boostedColumns(boosted, binned), rounds: boosted.trees.length };
}

/** The fitted model's minutes for the rows from `from` up to `to`, by the evaluator that will serve it. */
export function predictRows({ columns, table }: Fitted, from: number, to: number): Float64Array {
  const predict = forestPredictor(layOutForest(columns, t`the model in training`));
  const minutes = new Float64Array(to - from);
  predict(table.subarray(from * columns.width, to * columns.width), to - from, minutes);
  return minutes;
}
