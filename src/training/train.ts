import { createHash } from 'node:crypto';
import type { Booking } from '../booking/booking.js';
import type { FeatureName } from '../features/features.js';
import { intervalOf } from '../model/interval.js';
import type { IntervalParameters, Manifest } from '../model/manifest.js';
import { OUTPUT_NAME, writeOnnx } from '../model/onnx-writer.js';
import { quantileOfSorted } from '../statistics/quantile.js';
import { t } from '../wording/t.js';
import { crossPredict, FOLDS } from './cross-validate.js';
import { featureTable } from './feature-table.js';
import { fitInterval } from './fit-interval.js';
import { type Fitted, fitRows, type Problem, predictRows } from './fit-rows.js';
import { profileFeatures, refuseLeaks, uselessFeatures } from './inspect-features.js';
import { learnEncodings } from './learn-encodings.js';
import { scoreSummary } from './score-summary.js';
import { requireParts, rowsBetween, type SplitExamples, splitExamples } from './split.js';
import { trainingData } from './training-data.js';
import { type Collected, collectExamples } from './training-set.js';

export interface TrainSettings {
  readonly name: string;
  readonly seed: number;
  readonly features: readonly FeatureName[];
  /** ISO 8601, UTC. */
  readonly trainedAt: string;
  /** Awaited before each step with what it is. */
  readonly onProgress: (step: string) => Promise<void>;
}

export interface Trained {
  readonly onnx: Uint8Array;
  readonly manifest: Manifest;
  readonly split: { by: SplitExamples['by']; train: number; validation: number; test: number };
  readonly excluded: Collected['excluded'];
  /** Trees in the forest. */
  readonly rounds: number;
  readonly notices: readonly string[];
}

/**
 * Learns a delay model from settled bookings. The number of trees is found on the validation part, intervals are
 * calibrated on cross-validated predictions, and the test part takes no part in any choice. The model that is
 * returned learned from training and validation together, so that it knows the latest bookings it may; on simulated
 * ones that scored the same. The same bookings and settings give the same bytes. Throws BAD_INPUT for data that a model must not be trained on.
 */
export async function trainModel(
  bookings: AsyncIterable<Booking> | Iterable<Booking>,
  settings: TrainSettings,
): Promise<Trained> {
  const { onProgress } = settings;
  await onProgress(t`reading bookings`);
  const { examples, excluded } = await collectExamples(bookings);
  const split = splitExamples(examples, settings.seed);
  requireParts(split);
  const problem = poseProblem(split, settings);
  const { trainEnd, learnEnd } = split;
  await onProgress(t`finding the number of trees`);
  const { rounds } = await fitRows(problem, rowsBetween(0, trainEnd), {
    watch: rowsBetween(trainEnd, learnEnd),
  });
  const heldOut = await crossPredict(problem, learnEnd, rounds, (fold) =>
    onProgress(t`cross-validation ${fold} of ${FOLDS}`),
  );
  await onProgress(t`training the model`);
  const fitted = await fitRows(problem, rowsBetween(0, learnEnd), { rounds });
  const onnx = writeOnnx(fitted.columns, '1');
  const manifest = describe(problem, split, fitted, heldOut, onnx, settings);
  return {
    onnx,
    manifest,
    split: {
      by: split.by,
      train: trainEnd,
      validation: learnEnd - trainEnd,
      test: split.examples.length - learnEnd,
    },
    excluded,
    rounds,
    notices: uselessFeatures(manifest.features),
  };
}

function poseProblem({ examples, trainEnd }: SplitExamples, { features, seed }: TrainSettings): Problem {
  const target = Float64Array.from(examples, ({ delayMinutes }) => delayMinutes);
  const encodings = learnEncodings(examples, rowsBetween(0, trainEnd));
  refuseLeaks(featureTable(examples, features, encodings), features, target);
  return { examples, target, names: features, seed };
}

function describe(
  problem: Problem,
  split: SplitExamples,
  fitted: Fitted,
  heldOut: Float64Array,
  onnx: Uint8Array,
  { name, trainedAt }: TrainSettings,
): Manifest {
  const { names, target } = problem;
  const { learnEnd } = split;
  const learnedTarget = target.subarray(0, learnEnd);
  const testMinutes = predictRows(fitted, learnEnd, target.length);
  const interval = fitInterval({ names, table: fitted.table, predicted: heldOut, actual: learnedTarget });
  const features = profileFeatures(fitted.table, names, learnEnd);
  const sha256 = createHash('sha256').update(onnx).digest('hex');
  return {
    schema: 1,
    name,
    version: `${trainedAt.slice(0, 10)}-${sha256.slice(0, 8)}`,
    sha256,
    trainedAt,
    data: trainingData(split),
    check: knownAnswer(fitted, features),
    features,
    encodings: fitted.encodings,
    metrics: {
      train: scoreSummary(predictRows(fitted, 0, learnEnd), learnedTarget),
      test: scoreSummary(testMinutes, target.subarray(learnEnd)),
      crossValidation: scoreSummary(heldOut, learnedTarget),
    },
    interval: { ...interval, coverage: coverageOf(interval, problem, fitted, testMinutes, learnEnd) },
    output: { name: OUTPUT_NAME, unit: 'minutes', quantiles: decilesOf(heldOut) },
  };
}

function decilesOf(minutes: Float64Array): number[] {
  const sorted = minutes.toSorted();
  return Array.from({ length: 11 }, (_, i) => quantileOfSorted(sorted, i / 10));
}

/** The answer for a booking of medians: nobody's own booking, and nothing missing that ever was known. */
function knownAnswer(fitted: Fitted, features: Manifest['features']): Manifest['check'] {
  const input = features.map(({ quantiles }) => quantiles[Math.floor(quantiles.length / 2)] ?? null);
  const table = Float32Array.from(input, (value) => value ?? Number.NaN);
  return { input, output: predictRows({ ...fitted, table }, 0, 1)[0]! };
}

/** The share of the rows from `from` on whose outcome lies inside its interval; `null` without any. */
function coverageOf(
  interval: IntervalParameters,
  { names, target }: Problem,
  { table }: Fitted,
  minutes: Float64Array,
  from: number,
): number | null {
  if (minutes.length === 0) return null;
  let covered = 0;
  minutes.forEach((predicted, i) => {
    const row = table.subarray((from + i) * names.length, (from + i + 1) * names.length);
    const { lower, upper } = intervalOf(interval, predicted, row, names);
    const actual = target[from + i]!;
    if (actual >= lower && actual <= upper) covered += 1;
  });
  return covered / minutes.length;
}
