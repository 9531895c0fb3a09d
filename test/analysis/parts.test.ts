import { describe, expect, test } from 'vitest';
import { calibrationOf, spearman } from '../../src/analysis/calibration.js';
import { daySeries } from '../../src/analysis/day-series.js';
import { demandIn } from '../../src/analysis/demand.js';
import { designEffect } from '../../src/analysis/design-effect.js';
import { type Column, driftOf } from '../../src/analysis/drift.js';
import { driftDays, heldDrift } from '../../src/analysis/drift-days.js';
import { errorSummary } from '../../src/analysis/error-summary.js';
import { MOST_ANALYSED, rowKeeper } from '../../src/analysis/kept-rows.js';
import { newDrivers } from '../../src/analysis/new-drivers.js';
import { absoluteErrorOf, errorOf } from '../../src/analysis/scored-row.js';
import { sharesOf } from '../../src/analysis/shares.js';
import { errorsOverTime } from '../../src/analysis/shifts.js';
import { weatherContrast } from '../../src/analysis/weather-contrast.js';
import { meanOf } from '../../src/statistics/mean.js';
import { FIRST_DAY, rides, row } from './rows.js';

describe('errors', () => {
  test('are summed up by hand', () => {
    const rows = [-4, -1, 0, 1, 2, 3, 6, 9].map((error, i) =>
      row({ modelMinutes: error, actualMinutes: 0, day: FIRST_DAY + i }),
    );
    const summary = errorSummary(rows, 1);
    expect(summary.metrics.mae).toMatchObject({ value: 26 / 8 });
    expect(summary.metrics.bias).toMatchObject({ value: 2 });
    expect(summary.missRate).toBe(2 / 8);
    expect(summary.accuracyRate).toBe(4 / 8);
    expect(summary.quantiles.find(({ p }) => p === 0.5)?.minutes).toBe(1.5);
    expect(summary.absoluteQuantiles.at(-1)).toEqual({ p: 1, minutes: 9 });
    expect(summary.histogram[0]).toEqual({ fromMinutes: -8, count: 0 });
    // 9 is farther off than the last bin begins.
    expect(summary.histogram.at(-1)).toEqual({ fromMinutes: 7, count: 1 });
    expect(summary.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(8);
  });
});

describe('days', () => {
  test('have one mean each, and weigh less than their bookings', () => {
    const rows = [
      row({ day: 3, modelMinutes: 6 }),
      row({ day: 3, modelMinutes: 8 }),
      row({ day: 1 }),
      row({ day: null }),
    ];
    const { days, values, weights, daysEach } = daySeries(rows, errorOf);
    expect({ days, values: [...values], daysEach }).toEqual({ days: [1, 3], values: [0, 2], daysEach: 1 });
    expect([...weights]).toEqual([1, 2 / 1.05]);
  });

  test('show it too where the first day is off by itself', () => {
    const rows = rides(40, 10, (day) => ({ modelMinutes: day === 0 ? 3 : day < 20 ? 5 : 2 }));
    const { biasShift } = errorsOverTime(rows, 1);
    expect(biasShift).toMatchObject({ kind: 'tested', firstDay: FIRST_DAY + 20, lasting: true });
    expect(biasShift.kind === 'tested' && biasShift.shift).toBeLessThan(-2);
  });

  test('of years are put together', () => {
    const { values, daysEach } = daySeries(rides(400, 1), errorOf);
    expect(daysEach).toBe(3);
    expect(values.length).toBe(134);
  });

  test('show a change, which is what came later', () => {
    const rows = rides(40, 10, (day) => (day < 12 ? { modelMinutes: 3 } : {}));
    const { biasShift } = errorsOverTime(rows, 1);
    expect(biasShift).toMatchObject({ kind: 'tested', firstDay: FIRST_DAY + 12, lasting: true, p: 0.001 });
    expect(biasShift.kind === 'tested' && biasShift.shift).toBeCloseTo(2, 0);
  });

  test('share what makes values less than they are', () => {
    const days = Array.from({ length: 100 }, (_, i) => Math.floor(i / 10));
    expect(designEffect(Float64Array.from(days), days)).toBeCloseTo((10 * 10) / 9, 9);
    expect(
      designEffect(
        Float64Array.from({ length: 100 }, (_, i) => i % 2),
        days,
      ),
    ).toBe(1);
  });
});

describe('demand', () => {
  const perDay = (double: boolean) =>
    new Map(
      Array.from({ length: 42 }, (_, i) => [
        i,
        (i % 7 > 4 ? 10 : 30) * (double && i >= 21 ? 2 : 1) + (i % 2),
      ]),
    );

  test('that doubled is found, weekday by weekday', () => {
    const found = demandIn(perDay(true), { firstDay: 21, lastDay: 41 });
    expect(found).toMatchObject({ kind: 'tested' });
    if (found.kind !== 'tested') return;
    expect(found.ratio).toBeCloseTo(1.96, 1);
    expect(found.p).toBeLessThan(1e-6);
  });

  test('of a weekend is no surge', () => {
    const found = demandIn(perDay(false), { firstDay: 14, lastDay: 18 });
    expect(found.kind === 'tested' && found.ratio).toBeCloseTo(1, 1);
    expect(found.kind === 'tested' && found.p).toBeGreaterThan(0.05);
  });

  test('needs days on both sides', () => {
    expect(demandIn(perDay(true), { firstDay: 0, lastDay: 41 }).kind).toBe('insufficient');
  });
});

describe('new drivers', () => {
  const world = (late: number) =>
    rides(20, 20, (_, i, luck) => {
      const isNew = i % 20 < 8;
      return {
        driverTotalBookings: isNew ? Math.floor(i / 20) : 200,
        actualMinutes: 5 + luck + (isNew ? late : 0),
      };
    });

  test('who come late are found', () => {
    const found = newDrivers(world(3), 1);
    expect(found).toMatchObject({ kind: 'tested', drivers: 8, others: 12, bookings: 160, share: 0.4 });
    if (found.kind !== 'tested') return;
    expect(found.p).toBeLessThanOrEqual(0.005);
    expect(found.contrast).toBeCloseTo(-3, 0);
    expect(found.bias - found.othersBias).toBeCloseTo(-3, 0);
  });

  test('who come as expected are not', () => {
    const found = newDrivers(world(0), 1);
    expect(found.kind === 'tested' && found.p).toBeGreaterThan(0.05);
  });

  test('must be known', () => {
    expect(newDrivers(rides(10, 20), 1).kind).toBe('insufficient');
  });
});

describe('severe weather', () => {
  const world = (late: number) =>
    rides(40, 10, (day, _, luck) => {
      const isStorm = day % 8 === 0;
      return { weatherFactor: isStorm ? 0.8 : 0.5, actualMinutes: 5 + luck + (isStorm ? late : 0) };
    });

  test('in which rides come late is found', () => {
    const found = weatherContrast(world(3), [0.6, 0.9]);
    expect(found).toMatchObject({ kind: 'tested', above: 0.6, bookings: 50, share: 1 / 8, days: 5 });
    expect(found.kind === 'tested' && found.contrast).toBeCloseTo(-3, 0);
    expect(found.kind === 'tested' && found.p).toBeLessThan(0.005);
  });

  test('that the model foresees is not, and two stormy days are no evidence', () => {
    const none = weatherContrast(world(0), [0.6]);
    expect(none.kind === 'tested' && none.p).toBeGreaterThan(0.05);
    const two = rides(20, 20, (day) => (day < 2 ? { weatherFactor: 0.9, modelMinutes: 0 } : {}));
    expect(weatherContrast(two, [0.6])).toEqual({
      kind: 'insufficient',
      reason: 'too few in it; bookings: 40, days: 2',
    });
  });
});

describe('calibration', () => {
  test('counts what lies inside, by width and by confidence', () => {
    const rows = rides(20, 10, (_, i) => ({
      actualMinutes: i % 4 === 0 ? 12 : 5,
      lowerMinutes: 5 - (i % 5) - 1,
      upperMinutes: 5 + (i % 5) + 1,
      confidence: 0.5 + (i % 5) / 10,
    }));
    const found = calibrationOf(rows, 0.9, 1);
    if ('kind' in found) throw new Error(found.reason);
    expect(found.coverage).toMatchObject({ value: 0.75 });
    expect(found.byWidth.map(({ meanWidthMinutes }) => meanWidthMinutes)).toEqual([2, 4, 6, 8, 10]);
    expect(found.byConfidence.map(({ n, observed }) => [n, observed])).toEqual(Array(5).fill([40, 0.75]));
    expect(found.byConfidence[0]?.promised).toBeCloseTo(0.5, 12);
  });

  test('has a rank correlation, with ties', () => {
    // Ranks 1, 2.5, 2.5, 4 and 4, 2, 3, 1: scipy gives −0.9486832980505139.
    expect(spearman([1, 2, 2, 3], [9, 4, 5, 1])).toBeCloseTo(-0.9486832980505139, 12);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
  });

  test('needs intervals', () => {
    expect(calibrationOf(rides(20, 10), null, 1)).toEqual({
      kind: 'insufficient',
      reason: 'the model has no interval',
    });
  });
});

describe('shares', () => {
  const asked = {
    bookings: 200,
    attempts: 180,
    failures: { failed: 3, late: 2, not_finite: 1 },
    ineligible: 20,
    missingDistance: 60,
    weatherDefault: 0,
    weatherReasons: {},
    perDay: new Map(),
  };

  test('tell faulty inputs from weather', () => {
    const rows = rides(10, 20, (_, i) => {
      if (i % 10 === 0)
        return { outOfRange: ['distance_km', 'weather_factor'], modelMinutes: 15, actualMinutes: 5 };
      return i % 10 === 1 ? { outOfRange: ['weather_factor'] } : { actualMinutes: 5 };
    });
    const shares = sharesOf(rows, asked);
    expect(shares.outOfRange.count).toBe(40);
    expect(shares.outOfRangeInputs).toMatchObject({
      count: 20,
      mae: 10,
      bias: 10,
      features: [{ name: 'distance_km', count: 20 }],
    });
    expect(shares.outOfRangeInputs.p).toBeLessThan(1e-6);
    expect(shares.failures).toMatchObject({ count: 6, of: 180 });
    expect(shares.missingDistance.p).toBeLessThan(1e-6);
    expect(shares.weatherDefault.p).toBe(1);
  });
});

describe('drift', () => {
  const columns: Column[] = [
    {
      name: 'distance_km',
      deciles: Array.from({ length: 11 }, (_, i) => i),
      read: ({ features }) => features[0]!,
    },
    { name: 'month', deciles: Array.from({ length: 11 }, (_, i) => i), read: () => 99 },
  ];
  const usual = rides(20, 20);
  const moved = rides(20, 20, (_, i) => ({ features: Float32Array.of(5 + ((i * 7) % 50) / 10) }), 2);

  test('is not seen in rides like those of training, and what moves anyway is not looked at', () => {
    const found = driftOf(usual, columns, { kind: 'profile', rows: 3500 });
    expect(found.map(({ name, drifted }) => [name, drifted])).toEqual([['distance_km', false]]);
  });

  test('is seen against the profile and against a window', () => {
    for (const reference of [
      { kind: 'profile', rows: 3500 },
      { kind: 'window', rows: usual },
    ] as const) {
      const [found] = driftOf(moved, columns, reference);
      expect(found).toMatchObject({ name: 'distance_km', drifted: true, test: 'kolmogorov-smirnov' });
      expect(found?.distance).toBeCloseTo(0.5, 1);
      expect(found?.moved).toBeCloseTo(2.5 / 2.9, 1);
    }
  });

  test('of a category against a window is a chi-square test', () => {
    const flag: Column = {
      name: 'is_urgent',
      deciles: [],
      read: ({ driverTotalBookings }) => driverTotalBookings!,
    };
    const share = (one: number) => rides(20, 20, (_, i) => ({ driverTotalBookings: i % 10 < one ? 1 : 0 }));
    const [same] = driftOf(share(3), [flag], { kind: 'window', rows: share(3) });
    const [other] = driftOf(share(7), [flag], { kind: 'window', rows: share(3) });
    expect(same).toMatchObject({ test: 'chi-square', drifted: false, index: 0, p: 1 });
    // (0.4) ln(7/3) twice.
    expect(other).toMatchObject({ test: 'chi-square', drifted: true });
    expect(other?.index).toBeCloseTo(0.8 * Math.log(7 / 3), 6);
  });

  test('holds after two days running', () => {
    const days = driftDays(
      [
        ...rides(1, 120),
        ...rides(3, 120, (day) => ({ day: FIRST_DAY + 1 + day, features: Float32Array.of(9) })),
      ],
      columns,
      {
        kind: 'profile',
        rows: 3500,
      },
    );
    expect(days.map(({ names }) => names)).toEqual([[], ['distance_km'], ['distance_km'], ['distance_km']]);
    expect(heldDrift(days)).toEqual(['distance_km']);
    expect(heldDrift(days.slice(0, 2))).toEqual([]);
  });
});

test('what is kept of rows that pass is their number, their worst, and a choice in their order', () => {
  const all = rides(40, 30, (_, i, luck) => ({ actualMinutes: 5 + luck + i / 100 }));
  const keeper = rowKeeper({ seed: 1, worst: 3 });
  for (let round = 0; round < 50; round += 1) for (const row of all) keeper.add(row);
  const { n, rows, worst, meanPrediction, period } = keeper.kept();
  expect([n, rows.length]).toEqual([60_000, MOST_ANALYSED]);
  const largest = Math.max(...all.map(absoluteErrorOf));
  expect(worst.map(absoluteErrorOf)).toEqual([largest, largest, largest]);
  expect(meanPrediction).toBeCloseTo(meanOf(all.map(({ modelMinutes }) => modelMinutes)), 6);
  const times = all.map(({ atMs }) => atMs!);
  expect(period).toEqual({ fromMs: Math.min(...times), toMs: Math.max(...times) });
  expect(rowKeeper({ seed: 1, worst: 3 }).kept()).toEqual({
    ...{ n: 0, rows: [], worst: [], meanPrediction: null, period: null },
  });
});
