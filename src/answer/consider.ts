import type { Booking } from '../booking/booking.js';
import type { Clock } from '../clock.js';
import { readInputs } from '../features/inputs.js';
import type { FlagReader } from '../flag/reader.js';
import { type HeuristicSettings, heuristicMinutes } from '../model/heuristic.js';
import type { Model } from '../model/model.js';
import { weatherUsed } from '../model/predict.js';
import type { WeatherUsed } from '../model/prediction.js';
import type { Question } from '../model/question.js';
import type { WeatherDefaultReason } from '../weather/default-reason.js';
import type { WeatherSource } from '../weather/weather-source.js';
import type { PreparedModel } from './prepare-model.js';
import { within } from './within.js';

/** Everything about one booking that is known before a model is asked. */
export interface Considered {
  readonly booking: Booking;
  readonly variant: 'model' | 'control';
  /** The flag reader's word for the variant, or the code of its fault. */
  readonly reason: string;
  readonly revision: number | null;
  readonly percentage: number | null;
  readonly fallbackOnError: boolean;
  /** `null` where this process has no model now. */
  readonly asked: { readonly prepared: PreparedModel; readonly question: Question } | null;
  readonly heuristicMinutes: number;
  readonly weather: WeatherUsed;
  /** Time that the weather and the features took. */
  readonly preparationMs: number;
}

export interface Surroundings {
  readonly clock: Clock;
  readonly reader: Pick<FlagReader, 'decide' | 'view'>;
  readonly weather: WeatherSource;
  readonly heuristic: HeuristicSettings;
  readonly model: () => Model | null;
  readonly prepare: (model: Model) => PreparedModel;
}

/** The most of the deadline that the weather may take; what comes later serves the next booking. */
const WEATHER_WAIT_MS = 300;

/** Assigns a booking to an arm and works out what both arms need, within `leftMs`. */
export async function consider(
  booking: Booking,
  leftMs: number,
  surroundings: Surroundings,
): Promise<Considered> {
  const { clock, reader, weather, heuristic, prepare } = surroundings;
  const startedMs = clock.monotonicMs();
  const decided = assign(booking, surroundings);
  const seen = await withWeather(booking, weather, Math.min(WEATHER_WAIT_MS, leftMs));
  const inputs = readInputs(seen.booking);
  const prepared = decided.model && prepare(decided.model);
  const { flag } = reader.view().state;
  return {
    booking: seen.booking,
    variant: decided.variant,
    reason: decided.reason,
    revision: flag?.revision ?? null,
    percentage: flag?.percentage ?? null,
    fallbackOnError: flag?.fallbackOnError ?? true,
    asked: prepared && { prepared, question: prepared.question(seen.booking, inputs) },
    heuristicMinutes: heuristicMinutes(inputs.distanceKm, heuristic),
    weather: weatherUsed(seen.booking, inputs, seen.reason),
    preparationMs: clock.monotonicMs() - startedMs,
  };
}

/** A process whose model went between two looks takes no part in the split, like one that never had it. */
function assign({ id }: Booking, { reader, model }: Surroundings) {
  const { variant, reason, code } = reader.decide(id);
  const loaded = model();
  if (variant === 'model' && loaded === null) {
    return { variant: 'control', reason: 'MODEL_MISSING', model: null } as const;
  }
  return { variant, reason: code ?? reason, model: loaded };
}

/** Weather that came with the booking is used as it came. */
async function withWeather(
  booking: Booking,
  source: WeatherSource,
  waitMs: number,
): Promise<{ readonly booking: Booking; readonly reason: WeatherDefaultReason }> {
  if (booking.weather !== null || booking.given?.weather_factor !== undefined) {
    return { booking, reason: 'no_history' };
  }
  const place = booking.pickup;
  const answer = await within(source.weatherFor(place, booking.scheduled?.epochMs ?? null, waitMs), waitMs);
  return {
    booking: answer === null ? booking : { ...booking, weather: answer.weather },
    reason: answer === null ? 'timeout' : (answer.reason ?? 'unreachable'),
  };
}
