import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { severity, severityTerms, WORST_SEVERITY, weatherFactor } from '../../src/weather/severity.js';
import { parseOpenWeather, type Weather } from '../../src/weather/weather.js';

const CLEAR: Weather = {
  temperatureC: 20,
  rainMm: 0,
  snowMm: 0,
  windKmh: 0,
  visibilityMeters: 10_000,
  cloudsPercent: 0,
};
const WORST: Partial<Weather> = {
  snowMm: 10,
  windKmh: 80,
  visibilityMeters: 100,
  cloudsPercent: 100,
  temperatureC: -10,
};

describe('severity', () => {
  test.each<[string, Partial<Weather>, number]>([
    ['clear, 20 °C', {}, 0],
    ['rain 5 mm', { rainMm: 5 }, 0.2],
    [
      'snow 3 mm, wind 40, visibility 2000, −2 °C, clouds 100',
      { snowMm: 3, windKmh: 40, visibilityMeters: 2000, temperatureC: -2, cloudsPercent: 100 },
      0.65,
    ],
    ['fog 500 m, clouds 90', { visibilityMeters: 500, cloudsPercent: 90 }, 0.25],
    [
      'rain 20, wind 60, visibility 900, clouds 100',
      { rainMm: 20, windKmh: 60, visibilityMeters: 900, cloudsPercent: 100 },
      0.75,
    ],
    ['worst', WORST, 0.95],
  ])('of %s', (_, conditions, expected) => {
    expect(severity({ ...CLEAR, ...conditions })).toBeCloseTo(expected, 12);
  });

  test.each<[keyof ReturnType<typeof severityTerms>, Partial<Weather>, number]>([
    ['precipitation', { rainMm: 0.1 }, 0.102],
    ['precipitation', { rainMm: 10 }, 0.3],
    ['precipitation', { rainMm: 11 }, 0.3],
    ['precipitation', { snowMm: 0.1 }, 0.205],
    ['precipitation', { snowMm: 4 }, 0.4],
    ['precipitation', { snowMm: 5 }, 0.4],
    ['precipitation', { snowMm: 1, rainMm: 50 }, 0.25],
    ['wind', { windKmh: 30 }, 0],
    ['wind', { windKmh: 30.1 }, 0.1],
    ['wind', { windKmh: 50 }, 0.1],
    ['wind', { windKmh: 50.1 }, 0.2],
    ['visibility', { visibilityMeters: 5000 }, 0],
    ['visibility', { visibilityMeters: 4999 }, 0.1],
    ['visibility', { visibilityMeters: 1000 }, 0.1],
    ['visibility', { visibilityMeters: 999 }, 0.2],
    ['visibility', { visibilityMeters: 0 }, 0.2],
    ['visibility', { visibilityMeters: null }, 0],
    ['clouds', { cloudsPercent: 80 }, 0],
    ['clouds', { cloudsPercent: 81 }, 0.05],
    ['temperature', { temperatureC: -5.1 }, 0.1],
    ['temperature', { temperatureC: -5 }, 0.05],
    ['temperature', { temperatureC: -0.1 }, 0.05],
    ['temperature', { temperatureC: 0 }, 0],
    ['temperature', { temperatureC: 30 }, 0],
    ['temperature', { temperatureC: 30.1 }, 0.05],
    ['temperature', { temperatureC: 35 }, 0.05],
    ['temperature', { temperatureC: 35.1 }, 0.1],
  ])('%s term of %j is %f', (term, conditions, expected) => {
    const terms = severityTerms({ ...CLEAR, ...conditions });
    expect(terms[term]).toBeCloseTo(expected, 12);
    expect(severity({ ...CLEAR, ...conditions })).toBe(terms[term]);
  });
});

describe('factor', () => {
  test('is 0.5 on a fine day and for unknown weather, and 1 at the worst', () => {
    expect(weatherFactor(CLEAR)).toBe(0.5);
    expect(weatherFactor(null)).toBe(0.5);
    expect(weatherFactor({ ...CLEAR, ...WORST })).toBeCloseTo(1, 12);
    expect(weatherFactor({ ...CLEAR, rainMm: 5 })).toBeCloseTo(0.5 + 0.1 / 0.95, 12);
  });

  test('never leaves 0.5 to 1, nor severity 0 to 0.95', () => {
    const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true });
    const weather = fc.record({
      temperatureC: fc.double({ min: -60, max: 60, noNaN: true }),
      rainMm: amount,
      snowMm: amount,
      windKmh: amount,
      visibilityMeters: fc.option(amount, { nil: null }),
      cloudsPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(weather, (conditions) => {
        const sum = severity(conditions);
        const factor = weatherFactor(conditions);
        return sum >= 0 && sum <= WORST_SEVERITY && factor >= 0.5 && factor <= 1;
      }),
    );
  });

  test('is 1 at most at the worst, in spite of rounding', () => {
    expect(weatherFactor({ ...CLEAR, ...WORST })).toBeLessThanOrEqual(1);
  });
});

describe('an OpenWeather report', () => {
  const WHOLE = { main: { temp: 12 }, wind: { speed: 3 }, clouds: { all: 40 } };

  test('with everything', () => {
    const report = {
      main: { temp: 1.5, feels_like: -2, humidity: 90 },
      wind: { speed: 10, gust: 20 },
      rain: { '1h': 0.4 },
      snow: { '1h': 1.2 },
      visibility: 0,
      clouds: { all: 75 },
      cod: '200',
    };
    expect(parseOpenWeather(report)).toEqual({
      temperatureC: 1.5,
      rainMm: 0.4,
      snowMm: 1.2,
      windKmh: 36,
      visibilityMeters: 0,
      cloudsPercent: 75,
    });
  });

  test('with what every report has', () => {
    const report = { main: { temp: 0 }, wind: { speed: 0 }, clouds: { all: 0 } };
    expect(parseOpenWeather(report)).toEqual({
      temperatureC: 0,
      rainMm: 0,
      snowMm: 0,
      windKmh: 0,
      visibilityMeters: null,
      cloudsPercent: 0,
    });
  });

  test.each([
    ['nothing', {}],
    ['no temperature', { wind: { speed: 3 } }],
    ['a temperature as text', { ...WHOLE, main: { temp: '12' } }],
    ['a temperature without its parent', { ...WHOLE, main: 12 }],
    ['no wind', { ...WHOLE, wind: undefined }],
    ['wind without a speed', { ...WHOLE, wind: { deg: 90 } }],
    ['wind that is no number', { ...WHOLE, wind: { speed: 'calm' } }],
    ['no clouds', { ...WHOLE, clouds: null }],
    ['clouds that are no number', { ...WHOLE, clouds: { all: 'many' } }],
    ['rain that is no number', { ...WHOLE, rain: { '1h': true } }],
    ['rain that is a text', { ...WHOLE, rain: 'heavy' }],
    ['snow that is a list', { ...WHOLE, snow: [3] }],
    ['visibility that is no number', { ...WHOLE, visibility: {} }],
  ])('with %s is malformed', (_, report) => {
    expect(parseOpenWeather(JSON.parse(JSON.stringify(report)))).toBeNull();
  });
});
