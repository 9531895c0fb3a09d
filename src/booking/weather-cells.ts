import { isPossible, type OpenWeatherReport, parseOpenWeather, type Weather } from '../weather/weather.js';
import { t } from '../wording/t.js';
import type { Field } from './columns.js';
import { cell, fail, type Row } from './row.js';
import { ANY_NUMBER, between, NOT_NEGATIVE, type NumberRule, readNumber } from './values.js';

const PERCENT = between(0, 100, () => t`is not a percentage`);

/**
 * The weather of a row: an OpenWeather report as an object or its JSON text in `weather`, or its parts in columns
 * such as `weather.main.temp`. `null` when nothing is filled in, or a column of every report (temperature, wind,
 * clouds) is not; a report that cannot be read is a fault.
 */
export function readRowWeather(row: Row): Weather | null {
  const report = cell(row, 'weather');
  return report === null ? flattened(row) : whole(row, report);
}

function whole(row: Row, report: unknown): Weather | null {
  const object = typeof report === 'string' ? parseOrNull(report) : report;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    return fail(row, 'weather', t`is not an OpenWeather report (expected a JSON object)`);
  }
  if (Object.keys(object).length === 0) return null;
  return checked(row, 'weather', parseOpenWeather(object));
}

function flattened(row: Row): Weather | null {
  const parts = {
    temp: part(row, 'weather.main.temp', ANY_NUMBER),
    speed: part(row, 'weather.wind.speed', NOT_NEGATIVE),
    rain: part(row, 'weather.rain.1h', NOT_NEGATIVE),
    snow: part(row, 'weather.snow.1h', NOT_NEGATIVE),
    visibility: part(row, 'weather.visibility', NOT_NEGATIVE),
    clouds: part(row, 'weather.clouds.all', PERCENT),
  };
  // Calm and clear are measurements too: a report without one of these is not known.
  const isKnown = parts.temp !== null && parts.speed !== null && parts.clouds !== null;
  if (row.fault !== null || !isKnown) return null;
  const report: OpenWeatherReport = {
    main: { temp: parts.temp },
    wind: { speed: parts.speed },
    rain: { '1h': parts.rain },
    snow: { '1h': parts.snow },
    visibility: parts.visibility,
    clouds: { all: parts.clouds },
  };
  return checked(row, 'weather.main.temp', parseOpenWeather(report));
}

function part(row: Row, field: Field, rule: NumberRule): number | null {
  const value = cell(row, field);
  if (value === null) return null;
  const read = readNumber(value, rule);
  return typeof read === 'string' ? fail(row, field, read) : read;
}

/** Numbers that no weather station reports are a fault, not the weather. */
function checked(row: Row, field: Field, weather: Weather | null): Weather | null {
  if (weather === null)
    return fail(
      row,
      field,
      t`gives no weather (expected main.temp, wind.speed and clouds.all at least, as numbers)`,
    );
  if (isPossible(weather)) return weather;
  return fail(row, field, t`gives impossible weather (expected amounts from 0, clouds up to 100 %)`);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
