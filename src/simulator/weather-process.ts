import { parseOpenWeather, type Weather } from '../weather/weather.js';
import { dayOfYear } from './calendar.js';
import { type Random, rounded } from './random.js';

/** What carries over from one day, and one hour, to the next. */
interface Sky {
  /** Warmer or colder than the season, in its usual deviations. */
  warmth: number;
  windiness: number;
  wetDay: boolean;
  precipitating: boolean;
}

/** The season's normal values on one day. */
interface Season {
  readonly meanC: number;
  /** 0 in midwinter, 1 in midsummer. */
  readonly summer: number;
}

const HOURS = 24;
const WARMTH_PERSISTENCE = 0.75;
const WARMTH_SD_C = 3;
const WIND_PERSISTENCE = 0.6;
/** Stations report no visibility now and then. */
const VISIBILITY_MISSING = 0.05;
const FOG_CHANCE_IN_WINTER = 0.12;
const CLEAR_VISIBILITY_M = 10_000;

/**
 * The weather of each hour of `dayNumbers`: Geneva's seasons, with warm and wet spells that last some days.
 * Values are rounded as OpenWeather's are. On a `heavySnow` day it snows all day.
 */
export function simulateWeather(
  random: Random,
  dayNumbers: readonly number[],
  heavySnow: (day: number) => boolean,
): Weather[][] {
  const sky: Sky = {
    warmth: random.normal(),
    windiness: random.normal(),
    wetDay: false,
    precipitating: false,
  };
  return dayNumbers.map((dayNumber, day) => {
    const ordinary = simulateDay(random, sky, seasonOf(dayNumber));
    return heavySnow(day) ? ordinary.map(underHeavySnow) : ordinary;
  });
}

function simulateDay(random: Random, sky: Sky, season: Season): Weather[] {
  sky.warmth = persist(sky.warmth, WARMTH_PERSISTENCE, random);
  sky.windiness = persist(sky.windiness, WIND_PERSISTENCE, random);
  sky.wetDay = random.chance(sky.wetDay ? 0.6 : 0.22);
  const foggy = random.chance((1 - season.summer) * FOG_CHANCE_IN_WINTER) && !sky.wetDay;
  const dryClouds = Math.floor(90 * random.uniform());
  return Array.from({ length: HOURS }, (_, hour) => {
    sky.precipitating = sky.wetDay && random.chance(sky.precipitating ? 0.75 : 0.2);
    return simulateHour(random, sky, season, { hour, foggy: foggy && hour < 11, dryClouds });
  });
}

function simulateHour(
  random: Random,
  sky: Sky,
  season: Season,
  { hour, foggy, dryClouds }: { hour: number; foggy: boolean; dryClouds: number },
): Weather {
  const warmest = Math.sin((2 * Math.PI * (hour - 9)) / HOURS);
  const swing = sky.wetDay ? 1.5 : 2 + 3 * season.summer;
  const temperatureC = season.meanC + WARMTH_SD_C * sky.warmth + swing * warmest + 0.4 * random.normal();
  // Drawn whether it rains or not, so that one hour's luck does not shift the draws of the next.
  const mm = Math.max(0.1, (1.2 + 1.3 * season.summer) * random.exponential());
  const windMs = Math.min(28, 2.6 * Math.exp(0.55 * sky.windiness + 0.2 * random.normal()));
  const fogMeters = 200 + 700 * random.uniform();
  const seen = random.chance(VISIBILITY_MISSING) ? undefined : foggy ? fogMeters : CLEAR_VISIBILITY_M;
  const wet = sky.precipitating ? mm : 0;
  return report({ temperatureC, mm: wet, windMs, visibility: seen, clouds: foggy ? 95 : dryClouds });
}

/** Precipitation hides the sky and shortens the view; below freezing it is snow. */
function report(hour: {
  temperatureC: number;
  mm: number;
  windMs: number;
  visibility: number | undefined;
  clouds: number;
}): Weather {
  const isSnow = hour.temperatureC < 0.5;
  const farthest =
    hour.mm === 0 ? CLEAR_VISIBILITY_M : isSnow ? 4500 - 800 * hour.mm : 11_000 - 700 * hour.mm;
  const view = hour.visibility === undefined ? undefined : Math.min(hour.visibility, farthest);
  const weather = parseOpenWeather({
    main: { temp: rounded(hour.temperatureC, 1) },
    wind: { speed: rounded(hour.windMs, 1) },
    rain: { '1h': isSnow ? 0 : rounded(hour.mm, 1) },
    snow: { '1h': isSnow ? rounded(hour.mm, 1) : 0 },
    visibility: view === undefined ? undefined : Math.max(300, rounded(view / 100, 0) * 100),
    clouds: { all: hour.mm > 0 ? Math.max(85, hour.clouds) : hour.clouds },
  });
  if (weather === null) throw new Error('the simulated weather report is malformed');
  return weather;
}

function underHeavySnow(ordinary: Weather, hour: number): Weather {
  return {
    ...ordinary,
    temperatureC: rounded(Math.min(ordinary.temperatureC, -1 - (hour % 3)), 1),
    rainMm: 0,
    snowMm: rounded(2 + 0.5 * (hour % 5), 1),
    visibilityMeters: 1500,
    cloudsPercent: 100,
  };
}

function seasonOf(dayNumber: number): Season {
  const summer = (1 - Math.cos((2 * Math.PI * (dayOfYear(dayNumber) - 15)) / 365)) / 2;
  return { meanC: 2.2 + 18.5 * summer, summer };
}

/** One step of a stationary AR(1) process of variance 1. */
function persist(value: number, persistence: number, random: Random): number {
  return persistence * value + Math.sqrt(1 - persistence ** 2) * random.normal();
}
