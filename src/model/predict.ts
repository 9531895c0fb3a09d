import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import { featureWriter } from '../features/features.js';
import { type Inputs, readInputs } from '../features/inputs.js';
import { outOfRange } from '../features/out-of-range.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import { explainer } from './explain.js';
import { type HeuristicSettings, heuristicMinutes } from './heuristic.js';
import { confidenceOf, intervalOf } from './interval.js';
import type { Model } from './model.js';
import type { Answers, ModelAnswer, WeatherUsed } from './prediction.js';

/** Asks both arms about one booking. */
export type Predictor = (booking: Booking, weatherReason?: WeatherDefaultReason) => Promise<Answers>;

type Failure = NonNullable<Answers['failure']>;

/**
 * A function that asks both arms about one booking, which never rejects because the model failed: the answer then
 * says why. `weatherReason` tells why a booking without weather has none.
 */
export function bookingPredictor(model: Model, heuristic: HeuristicSettings, clock: Clock): Predictor {
  const { manifest } = model;
  const names = manifest.features.map(({ name }) => name);
  const write = featureWriter(names, manifest.encodings);
  const { ask, describe } = modelAsker(model);
  return async (booking, weatherReason = 'no_history') => {
    const startedMs = clock.monotonicMs();
    const row = new Float32Array(names.length);
    const inputs = readInputs(booking);
    write(inputs, booking.given, row);
    const asked = missingInput(row, model) ?? (await ask(row));
    const latencyMs = clock.monotonicMs() - startedMs;
    const failed = typeof asked !== 'number';
    return {
      bookingId: booking.id,
      heuristicMinutes: heuristicMinutes(inputs.distanceKm, heuristic),
      model: failed ? null : await describe(row, asked),
      failure: failed ? asked : null,
      weather: weatherUsed(booking, inputs, weatherReason),
      outOfRange: outOfRange(row, manifest.features),
      simulated: booking.simulated || manifest.data.simulated,
      modelVersion: manifest.version,
      latencyMs,
    };
  };
}

/** The model's minutes for a row, or why there are none; and what goes with them. */
function modelAsker(model: Model) {
  const { interval, features } = model.manifest;
  const names = features.map(({ name }) => name);
  const explain = explainer(model);
  const ask = async (row: Float32Array): Promise<number | Failure> => {
    const minutes = new Float64Array(1);
    try {
      await model.predict(row, 1, minutes);
    } catch (failure) {
      if (!(failure instanceof AtmrError)) throw failure;
      return { reason: 'ERROR', detail: failure.message };
    }
    if (Number.isFinite(minutes[0])) return minutes[0]!;
    return { reason: 'ERROR', detail: `The model answered ${minutes[0]}, which is no number of minutes.` };
  };
  const describe = async (row: Float32Array, minutes: number): Promise<ModelAnswer> => ({
    minutes,
    interval: interval === null ? null : intervalOf(interval, minutes, row, names),
    confidence: interval === null ? null : confidenceOf(interval, minutes, row, names),
    explanation: await Promise.resolve(explain(row, minutes)).catch(unexplained),
  });
  return { ask, describe };
}

/** A runtime that failed on the explanation has still predicted. */
function unexplained(failure: unknown): null {
  if (failure instanceof AtmrError) return null;
  throw failure;
}

function missingInput(row: Float32Array, { manifest }: Model): Failure | null {
  const lacking = manifest.features.filter(({ missing }, i) => !missing && Number.isNaN(row[i]));
  if (lacking.length === 0) return null;
  const names = lacking.map(({ name }) => name).join(', ');
  return { reason: 'INELIGIBLE', detail: `The booking does not tell ${names}, which the model needs.` };
}

/** A factor that came with the booking counts as known. */
function weatherUsed(
  { weather, given }: Booking,
  inputs: Inputs,
  weatherReason: WeatherDefaultReason,
): WeatherUsed {
  const isDefault = weather === null && given?.weather_factor === undefined;
  return { factor: inputs.weatherFactor, is_default: isDefault, reason: isDefault ? weatherReason : null };
}
