import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { openWholeFile } from '../whole-file.js';
import type { HeuristicSettings } from './heuristic.js';
import type { Model } from './model.js';
import { bookingPredictor } from './predict.js';
import { assemblePrediction, type Prediction } from './prediction.js';
import { PREDICTION_HEADER, predictionRow } from './prediction-csv.js';

interface OfflineSurroundings {
  readonly model: Model;
  readonly heuristic: HeuristicSettings;
  readonly clock: Clock;
}

/**
 * Predicts bookings for whoever asks, without a flag: the model answers, and the heuristic where the model cannot.
 * With `csv`, a table of the predictions appears under that name, whole or not at all.
 */
export async function predictOffline(
  bookings: AsyncIterable<Booking> | Iterable<Booking>,
  csv: string | undefined,
  { model, heuristic, clock }: OfflineSurroundings,
): Promise<Prediction[]> {
  const ask = bookingPredictor(model, heuristic, clock);
  const table = csv === undefined ? null : await openWholeFile(csv, '--csv');
  const predictions: Prediction[] = [];
  try {
    await table?.write(`${PREDICTION_HEADER}\n`);
    for await (const booking of bookings) {
      const answers = await ask(booking);
      const assignment = {
        requestId: null,
        variant: null,
        source: answers.model === null ? 'heuristic' : 'model',
        reason: answers.failure?.reason ?? null,
      } as const;
      const prediction = assemblePrediction(answers, assignment, clock.nowMs());
      predictions.push(prediction);
      await table?.write(`${predictionRow(prediction)}\n`);
    }
    await table?.finish();
    return predictions;
  } finally {
    await table?.abandon();
  }
}
