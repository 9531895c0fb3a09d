import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Booking } from '../booking/booking.js';
import { AtmrError } from '../errors.js';
import { FEATURES, type FeatureName } from '../features/features.js';
import type { FeatureProfile, Manifest } from '../model/manifest.js';
import type { Runner } from '../model/model.js';
import { readOnnx } from '../model/onnx-file.js';
import { readModelFile } from '../model/read-manifest.js';
import { startRuntime } from '../model/runtime.js';
import { scaler } from '../model/scaling.js';
import { t } from '../wording/t.js';
import { featureTable } from './feature-table.js';
import { fitInterval } from './fit-interval.js';
import { profileFeatures } from './inspect-features.js';
import { learnEncodings } from './learn-encodings.js';
import { scoreSummary } from './score-summary.js';
import { rowsBetween, splitExamples } from './split.js';
import { trainingData } from './training-data.js';
import { collectExamples, type Example, FEWEST_EXAMPLES } from './training-set.js';

/** What is known about a model that other tools made. */
export interface ForeignModel {
  readonly path: string;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** In the order of the model's columns. */
  readonly features: readonly FeatureName[];
  /** Those for which the model can take NaN. */
  readonly missing: ReadonlySet<FeatureName>;
  readonly scaling: Manifest['scaling'];
  /** The bookings that it learned from; without them there is neither a range nor an interval. */
  readonly bookings: AsyncIterable<Booking> | null;
  /** ISO 8601, UTC. */
  readonly describedAt: string;
}

/** What the manifest takes from the training table. */
type Learned = Pick<Manifest, 'data' | 'features' | 'encodings' | 'metrics' | 'interval'>;

/** Any seed orders a table without times, all of which counts as learned from. */
const SEED = 1;
const NO_DELAYS = { default: 0, values: {} };

/**
 * The manifest of an ONNX file that other tools made: its hash, one known answer by running it, and from the training
 * table what each feature looked like, how far off the model is and how sure. Throws BAD_MODEL for a file that does
 * not take these features.
 */
export async function describeModel(model: ForeignModel): Promise<Manifest> {
  const { path, features, scaling } = model;
  const bytes = await readModelFile(path);
  const graph = readOnnx(bytes, path);
  const width = graph.inputs[0]?.width ?? features.length;
  if (width !== features.length) {
    throw new AtmrError(
      'BAD_MODEL',
      t`${path} takes ${width} features, but --features names ${features.length}.`,
    );
  }
  const outputName = graph.outputs[0]?.name ?? '';
  const runner = await startRuntime({ label: path, bytes, graph, width, outputName }, null);
  try {
    const predict = scaledPredictor(runner, model);
    const learned = model.bookings === null ? unlearned(model) : await learn(model, model.bookings, predict);
    const input = learned.features.map(({ quantiles }) => quantiles[Math.floor(quantiles.length / 2)] ?? 0);
    const [output] = await predict(Float32Array.from(input), 1);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return {
      schema: 1,
      name: model.name ?? basename(path, '.onnx'),
      version: model.version ?? `${model.describedAt.slice(0, 10)}-${sha256.slice(0, 8)}`,
      sha256,
      trainedAt: model.describedAt,
      check: { input, output: finite(output, path) },
      ...learned,
      ...(scaling === undefined ? {} : { scaling }),
      output: { name: outputName, unit: 'minutes' },
    };
  } finally {
    await runner.close();
  }
}

type TablePredictor = (table: Float32Array, rows: number) => Promise<Float64Array>;

function scaledPredictor(runner: Runner, { scaling, features }: ForeignModel): TablePredictor {
  const scaled = scaler({ scaling, features: features.map(unseen) });
  return async (table, rows) => {
    const minutes = new Float64Array(rows);
    await runner.predict(scaled(table, rows), rows, minutes);
    return minutes;
  };
}

function finite(output: number | undefined, path: string): number {
  if (output !== undefined && Number.isFinite(output)) return output;
  const fact = t`${path} answers ${String(output)} to a booking of medians`;
  throw new AtmrError('BAD_MODEL', t`${fact}; minutes were expected. Check the order of --features.`);
}

async function learn(
  { features, missing }: ForeignModel,
  bookings: AsyncIterable<Booking>,
  predict: TablePredictor,
): Promise<Learned> {
  const { examples: collected } = await collectExamples(bookings);
  const split = splitExamples(eligibleExamples(collected, features, missing), SEED);
  const { examples } = split;
  const rows = examples.length;
  const encodings = learnEncodings(examples, rowsBetween(0, rows));
  const table = featureTable(examples, features, encodings);
  const predicted = await predict(table, rows);
  const actual = Float64Array.from(examples, ({ delayMinutes }) => delayMinutes);
  return {
    data: trainingData({ ...split, trainEnd: rows, learnEnd: rows }),
    features: profileFeatures(table, features, rows).map((profile) => ({
      ...profile,
      missing: missing.has(profile.name),
    })),
    encodings,
    metrics: { train: scoreSummary(predicted, actual), test: null, crossValidation: null },
    interval: fitInterval({ names: features, table, predicted, actual }),
  };
}

/** The bookings that tell all that the model needs; of the others it cannot be asked. */
function eligibleExamples(
  examples: readonly Example[],
  features: readonly FeatureName[],
  missing: ForeignModel['missing'],
): readonly Example[] {
  const required = features.filter((name) => !missing.has(name));
  const table = featureTable(examples, required, learnEncodings(examples, rowsBetween(0, examples.length)));
  const lacks = (row: number) =>
    required.find((_, column) => Number.isNaN(table[row * required.length + column]));
  const eligible = examples.filter((_, row) => lacks(row) === undefined);
  if (eligible.length >= FEWEST_EXAMPLES) return eligible;
  const lacking = required.filter((name) => examples.some((_, row) => lacks(row) === name));
  const fact = t`Only ${eligible.length} of ${examples.length} settled bookings tell all that the model needs`;
  const remedy = t`at least ${FEWEST_EXAMPLES} were expected. Missing are ${lacking.join(', ')}; name those that the model can do without in --missing`;
  throw new AtmrError('BAD_INPUT', `${fact}; ${remedy}.`);
}

function unlearned({ features, missing }: ForeignModel): Learned {
  return {
    data: { rows: 0, from: null, to: null, trainedUntil: null, simulated: false, hash: '' },
    features: features.map((name) => ({ ...unseen(name), missing: missing.has(name) })),
    encodings: { delay_by_hour: NO_DELAYS, delay_by_day: NO_DELAYS, delay_by_driver_exp: NO_DELAYS },
    metrics: { train: null, test: null, crossValidation: null },
    interval: null,
  };
}

function unseen(name: FeatureName): FeatureProfile {
  return { name, unit: FEATURES[name].unit, min: null, max: null, quantiles: [], missing: false };
}
