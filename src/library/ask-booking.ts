import type { Answerer } from '../answer/answerer.js';
import { NO_MODEL } from '../answer/row.js';
import type { Booking } from '../booking/booking.js';
import { documentReader, requireId } from '../booking/from-document.js';
import { systemClock } from '../clock.js';
import type { Config } from '../config.js';
import { AtmrError, messageOf } from '../errors.js';
import { readInputs } from '../features/inputs.js';
import { heuristicMinutes } from '../model/heuristic.js';
import { weatherUsed } from '../model/predict.js';
import { assemblePrediction, type Prediction } from '../model/prediction.js';
import { type BookingInput, documentOf, type PredictOptions } from './booking-input.js';

type Asking = Pick<Config, 'timeZone' | 'heuristic'>;

/** Asks about a booking; `isClosed`: whether the answerer has ended. */
export function bookingAsker(answerer: Answerer, config: Asking, onNotice: (text: string) => void) {
  const readBooking = documentReader(config.timeZone);
  return async (input: BookingInput, options: PredictOptions, isClosed: boolean): Promise<Prediction> => {
    const booking = readBooking(documentOf(input, options));
    const requestId = options.requestId ?? null;
    if (requestId !== null) requireId('requestId', requestId);
    if (isClosed)
      return heuristicAnswer(booking, requestId, { source: 'heuristic', reason: 'CLOSED' }, config);
    try {
      return (await answerer.answer(booking, requestId)).prediction;
    } catch (thrown) {
      if (thrown instanceof AtmrError) throw thrown;
      // A ride is dispatched also where this library has a bug.
      onNotice(`[ML] This is a bug in atmr-ml; please report it: ${messageOf(thrown)}`);
      return heuristicAnswer(booking, requestId, { source: 'fallback', reason: 'ERROR' }, config);
    }
  };
}

/** What is known without a flag, a model and a store. */
function heuristicAnswer(
  booking: Booking,
  requestId: string | null,
  why: Pick<Prediction, 'source' | 'reason'>,
  { heuristic }: Asking,
): Prediction {
  const inputs = readInputs(booking);
  const answers = {
    ...{ bookingId: booking.id, model: null, failure: null, outOfRange: [], latencyMs: 0 },
    heuristicMinutes: heuristicMinutes(inputs.distanceKm, heuristic),
    weather: weatherUsed(booking, inputs, 'disabled'),
    simulated: booking.simulated,
    modelVersion: NO_MODEL,
  };
  return assemblePrediction(answers, { requestId, variant: null, ...why }, systemClock.nowMs());
}
