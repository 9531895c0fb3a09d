import type { Weather } from '../weather/weather.js';
import { allocate, dayDemand } from './calendar.js';
import { weatherTimeFactor } from './delay.js';
import { type Random, randomStream } from './random.js';
import { worldOn } from './scenario.js';
import { dayNumberOf, type SimulationSettings } from './settings.js';
import { simulateWeather } from './weather-process.js';

/** One local day of the simulated period, decided before its first booking. */
export interface SimulatedDay {
  /** From 0 at the start of the period. */
  readonly index: number;
  readonly dayNumber: number;
  readonly bookings: number;
  /** By hour, 0–23. */
  readonly weather: readonly Weather[];
  /** What unknown weather does to the time of a way, on average. */
  readonly meanWeatherTimeFactor: number;
  /** Logarithm of the time factor that all bookings of the day share and none of them shows. */
  readonly slowness: number;
}

const DEMAND_NOISE_SD = 0.12;
const DAY_SLOWNESS_SD = 0.038;
const DAY_PERSISTENCE = 0.5;
const DAYS_PER_MONTH = 30.5;

/** The days of the period with their demand, weather and hidden slowness. Memory grows with the days, not the bookings. */
export function planPeriod(settings: SimulationSettings): SimulatedDay[] {
  const first = dayNumberOf(settings.from);
  const dayNumbers = Array.from({ length: settings.days }, (_, index) => first + index);
  const demandRandom = randomStream(settings.seed, 'demand');
  const demand = dayNumbers.map((dayNumber, day) => dailyDemand(demandRandom, settings, dayNumber, day));
  const bookings = allocate(settings.bookings, demand);
  const slowness = daySlowness(demandRandom, settings.days);
  const weather = simulateWeather(randomStream(settings.seed, 'weather'), dayNumbers, (day) => {
    return worldOn(day, settings.scenario).heavySnow;
  });
  const meanFactors = meanFactorAround(weather);
  return dayNumbers.map((dayNumber, index) => ({
    index,
    dayNumber,
    bookings: bookings[index]!,
    weather: weather[index]!,
    meanWeatherTimeFactor: meanFactors[index]!,
    slowness: slowness[index]!,
  }));
}

function dailyDemand(random: Random, settings: SimulationSettings, dayNumber: number, day: number): number {
  const luck = Math.exp(DEMAND_NOISE_SD * random.normal());
  return dayDemand(dayNumber) * luck * worldOn(day, settings.scenario).demand;
}

/**
 * A stationary AR(1) path: bad days come in runs. A path is scaled to its own standard deviation, so that even a
 * short simulation clusters as much as it should.
 */
function daySlowness(random: Random, days: number): number[] {
  const path: number[] = [];
  let value = random.normal();
  for (let day = 0; day < days; day += 1) {
    path.push(value);
    value = DAY_PERSISTENCE * value + Math.sqrt(1 - DAY_PERSISTENCE ** 2) * random.normal();
  }
  const mean = path.reduce((a, b) => a + b, 0) / days;
  const sd = Math.sqrt(path.reduce((sum, x) => sum + (x - mean) ** 2, 0) / days);
  return path.map((x) => (sd === 0 ? 0 : (DAY_SLOWNESS_SD * (x - mean)) / sd));
}

/** The mean time factor of the weather in the month-long block around each day. */
function meanFactorAround(weather: readonly (readonly Weather[])[]): number[] {
  const blockOf = (day: number) => Math.floor(day / DAYS_PER_MONTH);
  const sums = new Map<number, { sum: number; count: number }>();
  weather.forEach((hours, day) => {
    const block = sums.get(blockOf(day)) ?? { sum: 0, count: 0 };
    for (const hour of hours) block.sum += weatherTimeFactor(hour);
    block.count += hours.length;
    sums.set(blockOf(day), block);
  });
  return weather.map((_, day) => {
    const { sum, count } = sums.get(blockOf(day)) ?? { sum: 1, count: 1 };
    return sum / count;
  });
}
