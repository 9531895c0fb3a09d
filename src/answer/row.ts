import type { ModelAttempt, PredictionRow } from '../ledger/ledger.js';
import type { Manifest } from '../model/manifest.js';
import type { Prediction } from '../model/prediction.js';
import type { Verdict } from './ask-model.js';
import type { Considered } from './consider.js';

/** What an answer leaves behind. */
export interface Answered {
  readonly considered: Considered;
  readonly prediction: Prediction;
  /** Names the row; not always the prediction's, which is the caller's. */
  readonly requestId: string;
  readonly createdMs: number;
  readonly instance: string;
  /** Whether the caller may ask for the same answer again. */
  readonly isRepeatable: boolean;
}

/** What became of the model, shadow included. */
export type Shadow = Verdict | { readonly attempt: 'none' | 'ineligible'; readonly tookMs: null };

export const NOT_ASKED: Shadow = { attempt: 'none', tookMs: null };
export const INELIGIBLE: Shadow = { attempt: 'ineligible', tookMs: null };
/** What stands for a model where there is none. */
export const NO_MODEL = 'none';

/** The row of the ledger for an answer and what both arms said. */
export function predictionRow(answered: Answered, shadow: Shadow): PredictionRow {
  const { considered, prediction, requestId, createdMs, instance } = answered;
  const { booking, asked, weather } = considered;
  const manifest = asked?.prepared.model.manifest;
  const minutes = shadow.attempt === 'answered' ? shadow.minutes : null;
  const sure = minutes === null ? null : asked!.prepared.certainty(asked!.question.row, minutes);
  return {
    ...{ requestId, bookingId: booking.id, createdMs, instance },
    scheduledMs: booking.scheduled?.epochMs ?? null,
    ...{ variant: considered.variant, source: prediction.source, reason: prediction.reason },
    ...{ revision: considered.revision, percentage: considered.percentage },
    predictedMinutes: prediction.predicted_minutes,
    modelMinutes: minutes,
    heuristicMinutes: considered.heuristicMinutes,
    lowerMinutes: sure?.interval?.lower ?? null,
    upperMinutes: sure?.interval?.upper ?? null,
    confidence: sure?.confidence ?? null,
    attempt: shadow.attempt satisfies ModelAttempt,
    predictionTimeMs: shadow.tookMs === null ? null : considered.preparationMs + shadow.tookMs,
    ...{ weatherFactor: weather.factor, weatherReason: weather.reason },
    outOfRange: asked?.question.outOfRange.length ?? 0,
    features: asked === null ? {} : featuresOf(asked.question.row, manifest!),
    driverId: booking.driverId,
    modelName: manifest?.name ?? NO_MODEL,
    modelVersion: manifest?.version ?? NO_MODEL,
    simulated: prediction.simulated,
    answer: answered.isRepeatable ? JSON.stringify(prediction) : null,
  };
}

/** Nine digits are exactly what a 32-bit float holds. */
const DIGITS = 9;

function featuresOf(row: Float32Array, { features }: Manifest): Record<string, number | null> {
  return Object.fromEntries(
    features.map(({ name }, i) => {
      const value = row[i]!;
      return [name, Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : null];
    }),
  );
}
