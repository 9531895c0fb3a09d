import * as v from 'valibot';
import type { Encodings, FeatureName } from '../features/features.js';
import { isFeatureName } from '../features/features.js';
import { t } from '../wording/t.js';

/** What stands beside a model file (`<name>.json`): how to feed it, how good it was, and what it was trained on. */
export interface Manifest {
  readonly schema: 1;
  readonly name: string;
  readonly version: string;
  /** Of the model file, hexadecimal. */
  readonly sha256: string;
  /** ISO 8601 with Z or an offset, as all its times are. */
  readonly trainedAt: string;
  readonly data: TrainingData;
  /** One known answer, checked at every load. `null` in the input is a missing value. */
  readonly check: { readonly input: readonly (number | null)[]; readonly output: number };
  /** In the order of the model's columns. */
  readonly features: readonly FeatureProfile[];
  readonly encodings: Encodings;
  /** Applied before the model: (value − mean) / scale. */
  readonly scaling?: { readonly mean: readonly number[]; readonly scale: readonly number[] } | undefined;
  readonly metrics: {
    readonly train: ScoreSummary | null;
    readonly test: ScoreSummary | null;
    readonly crossValidation: ScoreSummary | null;
  };
  readonly interval: IntervalParameters | null;
  readonly output: {
    readonly name: string;
    readonly unit: 'minutes';
    /** The deciles 0 %, 10 % … 100 % of its predictions for training bookings, each made without that booking. */
    readonly quantiles?: readonly number[] | undefined;
  };
}

export interface TrainingData {
  readonly rows: number;
  /** ISO 8601, UTC; `null` for a table without time. */
  readonly from: string | null;
  readonly to: string | null;
  /** End of the training and validation parts; bookings up to it are never scored. */
  readonly trainedUntil: string | null;
  /** For tables without time: the ids learned from, as base64 of ascending 64-bit hashes. */
  readonly trainingIds?: string | undefined;
  readonly simulated: boolean;
  readonly hash: string;
}

export interface FeatureProfile {
  readonly name: FeatureName;
  readonly unit: string;
  /** Smallest and largest value seen in training; `null` when it was always missing. */
  readonly min: number | null;
  readonly max: number | null;
  /** The deciles 0 %, 10 % … 100 % of the training part. */
  readonly quantiles: readonly number[];
  /** Whether the model has a track of its own for a missing value. */
  readonly missing: boolean;
}

export interface ScoreSummary {
  readonly n: number;
  readonly mae: number;
  readonly rmse: number;
  /** `null` where every outcome was the same. */
  readonly r2: number | null;
}

/** Normalised split conformal prediction: |error| / difficulty has the quantiles `scores`. */
export interface IntervalParameters {
  readonly level: number;
  readonly difficulty: Difficulty;
  /** Evenly spaced quantiles (0 … 1) of the calibration scores, with the finite-sample correction in them. */
  readonly scores: readonly number[];
  /** Share of the test part inside its interval; `null` when there was no test part. */
  readonly coverage: number | null;
}

/** The expected |error| in minutes, linear in the prediction and some features, never below `floor`. */
export interface Difficulty {
  readonly intercept: number;
  readonly perPredictedMinute: number;
  readonly perFeature: Readonly<Partial<Record<FeatureName, number>>>;
  /** Training means of those features, which stand in for missing values. */
  readonly featureMeans: Readonly<Partial<Record<FeatureName, number>>>;
  readonly floor: number;
}

const finite = v.pipe(v.number(), v.finite());
const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
const instant = v.pipe(
  v.string(),
  v.check(
    (text) => ISO_INSTANT.test(text) && !Number.isNaN(Date.parse(text)),
    () => t`expected an ISO 8601 time with Z or an offset, such as 2026-03-02T08:30:00Z`,
  ),
);
/** Whole hashes: a piece of one would match no booking, and let it be scored. */
const trainingIds = v.pipe(
  v.string(),
  v.base64(() => t`expected base64`),
  v.check(
    (text) => Buffer.from(text, 'base64').length % 8 === 0,
    () => t`expected hashes of 8 bytes each`,
  ),
);
const featureName = v.custom<FeatureName>(
  (name) => typeof name === 'string' && isFeatureName(name),
  (issue) => t`${JSON.stringify(issue.input)} is not a feature that atmr-ml can compute`,
);
const encoding = v.object({ default: finite, values: v.record(v.string(), finite) });
const scoreSummary = v.nullable(v.object({ n: finite, mae: finite, rmse: finite, r2: v.nullable(finite) }));

/** What a manifest file must look like. */
export const manifestSchema = v.object({
  schema: v.literal(1),
  name: v.pipe(v.string(), v.nonEmpty()),
  version: v.pipe(v.string(), v.nonEmpty()),
  sha256: v.pipe(
    v.string(),
    v.regex(/^[0-9a-f]{64}$/, () => t`expected 64 hexadecimal digits`),
  ),
  trainedAt: instant,
  data: v.object({
    rows: finite,
    from: v.nullable(instant),
    to: v.nullable(instant),
    trainedUntil: v.nullable(instant),
    trainingIds: v.optional(trainingIds),
    simulated: v.boolean(),
    hash: v.string(),
  }),
  check: v.object({ input: v.array(v.nullable(finite)), output: finite }),
  features: v.pipe(
    v.array(
      v.object({
        name: featureName,
        unit: v.string(),
        min: v.nullable(finite),
        max: v.nullable(finite),
        quantiles: v.array(finite),
        missing: v.boolean(),
      }),
    ),
    v.minLength(1),
  ),
  encodings: v.object({ delay_by_hour: encoding, delay_by_day: encoding, delay_by_driver_exp: encoding }),
  scaling: v.optional(v.object({ mean: v.array(finite), scale: v.array(finite) })),
  metrics: v.object({ train: scoreSummary, test: scoreSummary, crossValidation: scoreSummary }),
  interval: v.nullable(
    v.object({
      level: finite,
      difficulty: v.object({
        intercept: finite,
        perPredictedMinute: finite,
        perFeature: v.record(featureName, finite),
        featureMeans: v.record(featureName, finite),
        floor: finite,
      }),
      scores: v.pipe(v.array(finite), v.minLength(2)),
      coverage: v.nullable(finite),
    }),
  ),
  output: v.object({
    name: v.string(),
    unit: v.literal('minutes'),
    quantiles: v.optional(v.array(finite)),
  }),
}) satisfies v.GenericSchema<unknown, Manifest>;
