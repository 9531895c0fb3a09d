import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { AtmrError } from '../errors.js';
import { type Inputs, readInputs } from '../features/inputs.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import { attemptPrediction, notFiniteText } from './attempt.js';
import { explainer } from './explain.js';
import { type HeuristicSettings, heuristicMinutes } from './heuristic.js';
import { confidenceOf, intervalOf } from './interval.js';
import type { Model } from './model.js';
import type { Answers, ModelAnswer, WeatherUsed } from './prediction.js';
import { lackingText, type Question, questionWriter } from './question.js';

/** Asks both arms about one booking. */
export type Predictor = (booking: Booking, weatherReason?: WeatherDefaultReason) => Promise<Answers>;

type Failure = NonNullable<Answers['failure']>;

/**
 * A function that asks both arms about one booking, which never rejects because the model failed: the answer then
 * says why. `weatherReason` tells why a booking without weather has none. Without `factors` nothing is explained, in a
 * third of the time.
 */
export function bookingPredictor(
  model: Model,
  heuristic: HeuristicSettings,
  clock: Clock,
  { factors = true }: { readonly factors?: boolean } = {},
): Predictor {
  const { manifest } = model;
  const question = questionWriter(manifest);
  const { ask, describe } = modelAsker(model, factors);
  return async (booking, weatherReason = 'no_history') => {
    const startedMs = clock.monotonicMs();
    const inputs = readInputs(booking);
    const asked = question(booking, inputs);
    const { row } = asked;
    const answer = asked.lacking.length > 0 ? ineligible(asked) : await ask(row);
    const latencyMs = clock.monotonicMs() - startedMs;
    const failed = typeof answer !== 'number';
    return {
      bookingId: booking.id,
      heuristicMinutes: heuristicMinutes(inputs.distanceKm, heuristic),
      model: failed ? null : await describe(row, answer),
      failure: failed ? answer : null,
      weather: weatherUsed(booking, inputs, weatherReason),
      outOfRange: asked.outOfRange,
      simulated: booking.simulated || manifest.data.simulated,
      modelVersion: manifest.version,
      latencyMs,
    };
  };
}

/** The model's minutes for a row, or why there are none; and what goes with them. */
function modelAsker(model: Model, factors: boolean) {
  const { interval, features } = model.manifest;
  const names = features.map(({ name }) => name);
  const explain = factors ? explainer(model) : () => null;
  const ask = async (row: Float32Array): Promise<number | Failure> => {
    const attempt = await attemptPrediction(model, row);
    if (attempt.kind === 'answered') return attempt.minutes;
    if (attempt.kind === 'not_finite') return { reason: 'ERROR', detail: notFiniteText(attempt.minutes) };
    if (!(attempt.cause instanceof AtmrError)) throw attempt.cause;
    return { reason: 'ERROR', detail: attempt.cause.message };
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

function ineligible(question: Question): Failure {
  return { reason: 'INELIGIBLE', detail: lackingText(question) };
}

/** A factor that came with the booking counts as known. */
export function weatherUsed(
  { weather, given }: Booking,
  inputs: Inputs,
  weatherReason: WeatherDefaultReason,
): WeatherUsed {
  const isDefault = weather === null && given?.weather_factor === undefined;
  return { factor: inputs.weatherFactor, is_default: isDefault, reason: isDefault ? weatherReason : null };
}
