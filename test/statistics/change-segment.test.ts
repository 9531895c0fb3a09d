import { describe, expect, test } from 'vitest';
import { changeSegment, levelOf, type WeightedSeries } from '../../src/statistics/change-segment.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { normalQuantile } from '../../src/statistics/special-functions.js';

/** An AR(1) series around zero with lag-1 correlation 0.4, as the days of a fleet have. */
function days(count: number, seed: number): Float64Array {
  const uniform = seededUniforms(seed);
  // Of small seeds the first numbers are all near 1.
  for (let i = 0; i < 20; i += 1) uniform();
  let value = 0;
  return Float64Array.from({ length: count }, () => {
    value = 0.4 * value + 0.5 * normalQuantile(Math.max(uniform(), 1e-9));
    return value;
  });
}

/** An AR(1) series of variance 1 / weight a day, a new one each call. */
function correlated(weights: Float64Array, persistence: number, seed: number): () => Float64Array {
  const uniform = seededUniforms(seed);
  for (let i = 0; i < 20; i += 1) uniform();
  const normal = () => normalQuantile(Math.max(uniform(), 1e-9));
  return () => {
    let next = normal();
    return weights.map((weight) => {
      const value = next / Math.sqrt(weight);
      next = persistence * next + Math.sqrt(1 - persistence ** 2) * normal();
      return value;
    });
  };
}

/** Two means fitted to each stretch of at least 4 days with at least 7 outside: the fit that leaves the least. */
function bestFit({ values, weights }: WeightedSeries) {
  const about = (days: number[]) => {
    const mass = days.reduce((sum, i) => sum + weights[i]!, 0);
    const mean = days.reduce((sum, i) => sum + weights[i]! * values[i]!, 0) / mass;
    return { mean, squares: days.reduce((sum, i) => sum + weights[i]! * (values[i]! - mean) ** 2, 0) };
  };
  const all = [...values.keys()];
  const fits = all.flatMap((from) =>
    all
      .map((i) => i + 1)
      .filter((until) => until - from >= 4 && until - from + 7 <= all.length)
      .map((until) => {
        const within = (i: number) => i >= from && i < until;
        const [inside, outside] = [about(all.filter(within)), about(all.filter((i) => !within(i)))];
        return { within, from, until, inside, outside, left: inside.squares + outside.squares };
      }),
  );
  const best = fits.reduce((a, b) => (b.left < a.left ? b : a));
  const residuals = all.map(
    (i) => (values[i]! - (best.within(i) ? best.inside : best.outside).mean) * Math.sqrt(weights[i]!),
  );
  const products = residuals.slice(1).reduce((sum, value, i) => sum + value * residuals[i]!, 0);
  const correlation = products / residuals.reduce((sum, value) => sum + value ** 2, 0);
  return { ...best, correlation, contrast: about(all).squares / best.left };
}

const SERIES = 150;
const PERSISTENCES = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];

/** What series without a change look like, by persistence: the correlation left beside their best fit, and its contrast. */
function withoutChange(weights: Float64Array) {
  const looks = PERSISTENCES.map((persistence) => {
    const draw = correlated(weights, persistence, 70 + 10 * persistence);
    const fits = Array.from({ length: SERIES }, () => bestFit({ values: draw(), weights }));
    return {
      correlation: fits.reduce((sum, fit) => sum + fit.correlation, 0) / fits.length,
      contrasts: fits.map(({ contrast }) => contrast),
    };
  });
  /** The share with a larger contrast, of series that look as correlated; persistence from 0.2 to 0.7. */
  return ({ correlation, contrast }: { correlation: number; contrast: number }) => {
    const shares = looks.map((look) => look.contrasts.filter((one) => one >= contrast).length / SERIES);
    const above = looks.findIndex((look) => look.correlation >= correlation);
    if (above === -1) return shares.at(-1)!;
    if (above <= 2) return shares[2]!;
    const [low, high] = [looks[above - 1]!.correlation, looks[above]!.correlation];
    const part = (correlation - low) / (high - low);
    return shares[above - 1]! * (1 - part) + shares[above]! * part;
  };
}

const ripple = (_: unknown, i: number) => (i % 2 === 0 ? 0.1 : -0.1);

const equal = (values: Float64Array) => ({ values, weights: new Float64Array(values.length).fill(1) });

describe('a change for a stretch', () => {
  test('finds where it begins and ends, and how large it is', () => {
    const values = days(60, 1).map((value, i) => value + (i >= 30 && i < 37 ? -4 : 0));
    const found = changeSegment(equal(values), { seed: 1 });
    expect(found).toMatchObject({ kind: 'tested', from: 30, until: 37, p: 0.001 });
    if (found.kind !== 'tested') return;
    const inside = values.slice(30, 37).reduce((a, b) => a + b, 0) / 7;
    expect(found.inside).toBeCloseTo(inside, 12);
    expect(found.shift).toBeCloseTo(found.inside - found.outside, 12);
  });

  test('finds one that lasts', () => {
    const values = days(40, 2).map((value, i) => value + (i >= 22 ? 3 : 0));
    const found = changeSegment(equal(values), { seed: 1 });
    // The stretch may be what came before: both tell of the same day.
    expect(found.kind === 'tested' && [found.from, found.until]).toContain(22);
  });

  test('weighs the values', () => {
    const values = Float64Array.from({ length: 24 }, (_, i) =>
      i < 12 ? (i % 2 === 0 ? 0 : 3) : 10 + (i % 3),
    );
    const weights = values.map((_, i) => (i % 2 === 0 ? 3 : 1));
    const found = changeSegment({ values, weights }, { seed: 1, draws: 99 });
    expect(found.kind).toBe('tested');
    if (found.kind !== 'tested') return;
    const [low, high] = [Math.min(found.inside, found.outside), Math.max(found.inside, found.outside)];
    expect(low).toBeCloseTo(0.75, 12);
    // 10, 11, 12 in turn, weights 3 and 1: (3·10 + 1·11 + 3·12 + 1·10 + 3·11 + 1·12) / 12.
    expect(high).toBeCloseTo(132 / 12, 12);
  });

  test('calls few autocorrelated series without a change one', () => {
    const found = Array.from({ length: 80 }, (_, i) =>
      changeSegment(equal(days(45, 100 + i)), { seed: 3, draws: 99 }),
    );
    const share = (alpha: number) =>
      found.filter((one) => one.kind === 'tested' && one.p <= alpha).length / 80;
    expect(share(0.01)).toBeLessThanOrEqual(0.04);
    expect(share(0.1)).toBeLessThanOrEqual(0.2);
  });

  test('says what it lacks', () => {
    expect(changeSegment(equal(days(10, 1)), { seed: 1 })).toEqual({
      kind: 'insufficient',
      reason: '10 of at least 11 days with bookings',
    });
    expect(changeSegment(equal(new Float64Array(20).fill(2)), { seed: 1 })).toEqual({
      kind: 'insufficient',
      reason: 'every day has the same value',
    });
  });

  test('takes no rounding for a change', () => {
    for (const value of [0.1, -1234567.1, 1e9 / 3, 1e-9]) {
      const values = new Float64Array(20).fill(value);
      const weights = values.map((_, i) => 0.1 * (1 + (i % 7)));
      expect(changeSegment({ values, weights }, { seed: 1 }).kind).toBe('insufficient');
    }
  });

  test.each([
    [0, 4],
    [3, 7],
    [7, 11],
  ])('finds four of eleven days, the %d. and on', (from, until) => {
    const values = new Float64Array(11)
      .map(ripple)
      .map((value, i) => value + (i >= from && i < until ? 5 : 1));
    const found = changeSegment(equal(values), { seed: 1, draws: 99 });
    expect(found).toMatchObject({ kind: 'tested', from, until, p: 0.01 });
    // Of an even number of neighbours the ripple leaves nothing.
    expect(found.kind === 'tested' && found.inside).toBeCloseTo(5, 12);
  });

  test('takes a day for no stretch, and keeps seven days outside', () => {
    for (let spike = 0; spike < 14; spike += 1) {
      const values = new Float64Array(14).map((_, i) => (i === spike ? 50 : i % 2));
      const found = changeSegment(equal(values), { seed: 1, draws: 9 });
      if (found.kind === 'insufficient') throw new Error(found.reason);
      const days = found.until - found.from;
      expect([days >= 4, days <= 7, found.from >= 0, found.until <= 14]).toEqual([true, true, true, true]);
    }
  });

  test('leaves the least of all fits of two means', () => {
    for (let i = 0; i < 20; i += 1) {
      const weights = Float64Array.from({ length: 11 + (i % 5) }, (_, day) => 1 + ((day * 7 + i) % 5));
      const values = correlated(weights, 0.3, 500 + i)();
      const found = changeSegment({ values, weights }, { seed: 1, draws: 0 });
      const { from, until, inside, outside } = bestFit({ values, weights });
      expect(found).toMatchObject({ from, until });
      if (found.kind === 'insufficient') throw new Error(found.reason);
      expect(found.inside).toBeCloseTo(inside.mean, 10);
      expect(found.outside).toBeCloseTo(outside.mean, 10);
    }
  });

  test('is the same in other units', () => {
    const values = days(30, 4).map((value, i) => value + (i >= 12 && i < 18 ? 1.5 : 0));
    const found = changeSegment(equal(values), { seed: 1, draws: 199 });
    if (found.kind === 'insufficient') throw new Error(found.reason);
    for (const unit of [1 / 4096, -1, 4096]) {
      const scaled = changeSegment(equal(values.map((value) => unit * value)), { seed: 1, draws: 199 });
      expect(scaled).toEqual({
        ...found,
        inside: unit * found.inside,
        outside: unit * found.outside,
        shift: unit * found.shift,
      });
    }
  });

  test.each([0, 1, 9, 99])('counts the series drawn, %d of them, and its own', (draws) => {
    // Up and down by turns hardly differs for any stretch: each series drawn differs more.
    const even = changeSegment(equal(new Float64Array(20).map(ripple)), { seed: 1, draws });
    expect(even).toMatchObject({ p: 1 });
    const shifted = new Float64Array(20).map(ripple).map((value, i) => value + (i >= 8 && i < 14 ? 9 : 0));
    expect(changeSegment(equal(shifted), { seed: 1, draws })).toMatchObject({ p: 1 / (draws + 1) });
    // Two means without anything left differ more than any.
    const steps = new Float64Array(20).map((_, i) => (i >= 8 && i < 14 ? 9 : 0));
    expect(changeSegment(equal(steps), { seed: 1, draws })).toMatchObject({ p: 1 / (draws + 1) });
  });
});

describe('a level', () => {
  test('is the weighted mean, with an error that neighbours widen', () => {
    // Deviations −1, 1, −1, 1 alternate, so the persistence is the least one, 0.2: factor 1.2 / 0.8.
    const level = levelOf(equal(Float64Array.of(1, 3, 1, 3)));
    expect(level).toMatchObject({ kind: 'tested', mean: 2 });
    expect(level.kind === 'tested' && level.standardError).toBeCloseTo(Math.sqrt((4 / 3 / 4) * 1.5), 12);
  });

  test('weighs the days', () => {
    // Mean (3·0 + 1·4 + 3·0 + 1·4) / 8 = 1; squares 3·1 + 9 + 3·1 + 9 = 24, of 3 degrees of freedom: 8; by the mass, 1.
    const level = levelOf({ values: Float64Array.of(0, 4, 0, 4), weights: Float64Array.of(3, 1, 3, 1) });
    expect(level).toMatchObject({ kind: 'tested', mean: 1 });
    expect(level.kind === 'tested' && level.standardError).toBeCloseTo(Math.sqrt(1.5), 12);
  });

  test('is judged by the correlation of neighbours, corrected for few days', () => {
    // Deviations 2, 2, −2, −2 and again: products 4 − 4 + 4 − 4 + 4 − 4 + 4 = 4 of squares 32, so 1/8; and (1 + 3/8) / 8 more.
    const values = Float64Array.of(3, 3, -1, -1, 3, 3, -1, -1);
    const persistence = 1 / 8 + 11 / 64;
    const expected = Math.sqrt((32 / 7 / 8) * ((1 + persistence) / (1 - persistence)));
    const level = levelOf(equal(values));
    expect(level).toMatchObject({ kind: 'tested', mean: 1 });
    expect(level.kind === 'tested' && level.standardError).toBeCloseTo(expected, 12);
  });

  test('takes neighbours for no more alike than 0.7', () => {
    // Days that rise steadily: variance 42 / 7 = 6, by 8 days; factor 1.7 / 0.3.
    const level = levelOf(equal(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8)));
    expect(level.kind === 'tested' && level.standardError).toBeCloseTo(Math.sqrt((6 / 8) * (1.7 / 0.3)), 12);
  });

  test.each([1, -1])('has the p of Student with one degree less than days, on either side (%d)', (sign) => {
    // t = 2 / √0.5 = √8, 3 degrees: P(|T| > t) = 1 − (2/π) (atan(t/√3) + (t/√3) / (1 + t²/3)).
    const level = levelOf(equal(Float64Array.of(1, 3, 1, 3).map((value) => sign * value)));
    const ratio = Math.sqrt(8 / 3);
    const p = 1 - (2 / Math.PI) * (Math.atan(ratio) + ratio / (1 + 8 / 3));
    expect(level.kind === 'tested' && level.p).toBeCloseTo(p, 9);
  });

  test('that is zero has a p of 1', () => {
    const level = levelOf(equal(Float64Array.of(1, -1, 1, -1)));
    expect(level).toMatchObject({ mean: 0 });
    expect(level.kind === 'tested' && level.p).toBeCloseTo(1, 12);
  });

  test('needs four days, and days that differ', () => {
    for (const few of [[], [1], [1, 2], [1, 2, 3]]) {
      const reason = `${few.length} of at least 4 days`;
      expect(levelOf(equal(Float64Array.from(few)))).toEqual({ kind: 'insufficient', reason });
    }
    const reason = 'every day has the same value';
    expect(levelOf(equal(Float64Array.of(2, 2, 2, 2, 2)))).toEqual({ kind: 'insufficient', reason });
  });
});

describe('the chance of a stretch without a change', () => {
  test.each([
    ['alike', new Float64Array(18).fill(1)],
    ['unlike', new Float64Array(18).map((_, i) => (i % 3 === 0 ? 9 : 1))],
  ])('differs as often as series that look as correlated, the weights being %s', (_, weights) => {
    const expected = withoutChange(weights);
    const off = Array.from({ length: 12 }, (_, i) => {
      const values = correlated(weights, i / 15, 900 + i)();
      const p = [1, 2, 3].map((seed) => changeSegment({ values, weights }, { seed, draws: 199 }));
      const mean = p.reduce((sum, one) => sum + (one.kind === 'tested' ? one.p : Number.NaN), 0) / 3;
      return Math.abs(mean - expected(bestFit({ values, weights })));
    });
    expect(Math.max(...off)).toBeLessThan(0.1);
    expect(off.reduce((sum, one) => sum + one, 0) / off.length).toBeLessThan(0.035);
  });
});
