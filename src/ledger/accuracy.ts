import { ACCURATE_BELOW_MINUTES, LATE_ABOVE_MINUTES, MISSED_ABOVE_MINUTES } from '../booking/outcome.js';
import type { PredictionSource } from '../model/prediction.js';
import type { Accuracy, ArmScores } from './ledger.js';

/** `scored` has a prediction from before its pickup, `unscored` only later ones, `unpredicted` none at all. */
export type Standing = 'scored' | 'unscored' | 'unpredicted';

/** What is scored of a prediction, minutes. */
export interface ScoredPrediction {
  readonly source: PredictionSource;
  readonly predictedMinutes: number;
  readonly modelMinutes: number | null;
  readonly heuristicMinutes: number;
  readonly lowerMinutes: number | null;
  readonly upperMinutes: number | null;
}

const ARMS = ['model', 'heuristic', 'served', 'served_by_model'] as const;
/** Of minutes in whole thousandths, and of their squares in millionths: no sum drifts when a part is taken away. */
const ARM_SUMS = [
  'count',
  'actual',
  'actual_squares',
  'error',
  'absolute',
  'squares',
  'accurate',
  'missed',
] as const;
const COUNTS = [
  'scored',
  'unscored',
  'unpredicted',
  'late',
  'late_predicted',
  'covered',
  'with_interval',
] as const;

type Arm = (typeof ARMS)[number];
export type AccuracyColumn = (typeof COUNTS)[number] | `${Arm}_${(typeof ARM_SUMS)[number]}`;

export const ACCURACY_COLUMNS: readonly AccuracyColumn[] = [
  ...COUNTS,
  ...ARMS.flatMap((arm) => ARM_SUMS.map((sum) => `${arm}_${sum}` as const)),
];

/** A day: beyond, an error counts as this much, so that the squares of millions of them fit into 64 bits. */
export const MOST_MINUTES = 1440;

/** What one settled booking adds; `scored` is `null` where it has no prediction from before its pickup. */
export function accuracyOf(
  standing: Standing,
  scored: ScoredPrediction | null,
  actual: number,
): Partial<Record<AccuracyColumn, number>> {
  if (standing !== 'scored' || scored === null) return { [standing]: 1 };
  const { source, predictedMinutes, modelMinutes, heuristicMinutes } = scored;
  const served = armSums('served', predictedMinutes, actual);
  const byModel = source === 'model' ? armSums('served_by_model', predictedMinutes, actual) : {};
  if (modelMinutes === null) return { scored: 1, ...served, ...byModel };
  const late = actual > LATE_ABOVE_MINUTES;
  return {
    scored: 1,
    ...served,
    ...byModel,
    ...armSums('model', modelMinutes, actual),
    ...armSums('heuristic', heuristicMinutes, actual),
    ...coverage(scored, actual),
    late: Number(late),
    late_predicted: Number(late && modelMinutes > LATE_ABOVE_MINUTES),
  };
}

/** The scores behind sums over many bookings. */
export function accuracyFrom(sums: Readonly<Record<AccuracyColumn, bigint>>): Accuracy {
  const [model, heuristic] = [armScores('model', sums), armScores('heuristic', sums)];
  const baseline = heuristic.mae ?? 0;
  return {
    settled: Number(sums.scored),
    unscored: Number(sums.unscored),
    unpredicted: Number(sums.unpredicted),
    model,
    heuristic,
    served: armScores('served', sums),
    servedByModel: armScores('served_by_model', sums),
    improvement: model.mae === null || baseline === 0 ? null : model.mae / baseline - 1,
    late: Number(sums.late),
    latePredicted: Number(sums.late_predicted),
    covered: Number(sums.covered),
    withInterval: Number(sums.with_interval),
  };
}

function armSums(arm: Arm, predicted: number, actual: number): Partial<Record<AccuracyColumn, number>> {
  const actualThousandths = thousandths(actual);
  const error = thousandths(predicted - actual);
  const distance = Math.abs(predicted - actual);
  return {
    [`${arm}_count`]: 1,
    [`${arm}_actual`]: actualThousandths,
    [`${arm}_actual_squares`]: actualThousandths ** 2,
    [`${arm}_error`]: error,
    [`${arm}_absolute`]: Math.abs(error),
    [`${arm}_squares`]: error ** 2,
    [`${arm}_accurate`]: Number(distance < ACCURATE_BELOW_MINUTES),
    [`${arm}_missed`]: Number(distance > MISSED_ABOVE_MINUTES),
  };
}

function coverage({ lowerMinutes, upperMinutes }: ScoredPrediction, actual: number) {
  if (lowerMinutes === null || upperMinutes === null) return {};
  return { with_interval: 1, covered: Number(lowerMinutes <= actual && actual <= upperMinutes) };
}

function armScores(arm: Arm, sums: Readonly<Record<AccuracyColumn, bigint>>): ArmScores {
  const sum = (name: (typeof ARM_SUMS)[number]) => sums[`${arm}_${name}`];
  const count = Number(sum('count'));
  const mean = (name: (typeof ARM_SUMS)[number]) => (count === 0 ? null : Number(sum(name)) / count);
  const meanSquare = mean('squares');
  // n · SST, exactly: as fractions, what happened to equal bookings would vary by rounding.
  const spread = sum('count') * sum('actual_squares') - sum('actual') ** 2n;
  return {
    count,
    mae: scaled(mean('absolute')),
    rmse: meanSquare === null ? null : Math.sqrt(meanSquare) / 1000,
    r2: spread > 0n ? 1 - Number(sum('count') * sum('squares')) / Number(spread) : null,
    bias: scaled(mean('error')),
    accuracyRate: mean('accurate'),
    missRate: mean('missed'),
  };
}

function scaled(thousandth: number | null): number | null {
  return thousandth === null ? null : thousandth / 1000;
}

function thousandths(minutes: number): number {
  return Math.round(Math.min(MOST_MINUTES, Math.max(-MOST_MINUTES, minutes)) * 1000);
}
