import type { Words } from '../../wording/words.js';
import type { WeatherAnswer } from '../documents.js';

export type WeatherState = keyof Words['weather']['states'];

/** By the bookings of the last hour; without a key nothing else was to be expected. */
export function stateOf({ configured, last_hour }: WeatherAnswer): WeatherState {
  const { requests, weather_defaults } = last_hour;
  if (requests === 0) return configured ? 'quiet' : 'off';
  if (weather_defaults === 0) return 'good';
  if (weather_defaults < requests) return 'partly';
  return configured ? 'down' : 'off';
}
