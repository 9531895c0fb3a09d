import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareErrors, differences } from '../../src/statistics/improvement.js';
import { seededUniforms } from '../../src/statistics/random.js';
import { type Dimension, estimateRatio } from '../../src/statistics/widest.js';

const OPTIONS = { seed: 1, replicates: 400 };

/** Errors in whose difference everything of one day shares `dayShare` minutes at most, up or down. */
function simulated(days: number, perDay: number, modelScale: number, dayShare: number, seed: number) {
  const uniform = seededUniforms(seed);
  const dayEffects = Float64Array.from({ length: days }, () => (uniform() - 0.5) * 2 * dayShare);
  const ids = Int32Array.from({ length: days * perDay }, (_, i) => Math.floor(i / perDay));
  const heuristic = Float64Array.from(ids, () => 2 + 2 * uniform());
  const model = heuristic.map((h, i) => Math.max(0, h * modelScale + uniform() - 0.5 + dayEffects[ids[i]!]!));
  return { errors: { model, heuristic }, day: { name: 'day', ids } satisfies Dimension };
}

describe('the verdict', () => {
  it('is better when the model plainly is, and worse with the arms exchanged', () => {
    const { errors, day } = simulated(30, 10, 0.6, 0, 5);
    const better = compareErrors(errors, [day], OPTIONS);
    expect(better.verdict).toBe('better');
    expect(better.improvement).toMatchObject({ kind: 'estimated', value: expect.closeTo(-0.4, 1) });
    const worse = compareErrors({ model: errors.heuristic, heuristic: errors.model }, [day], OPTIONS);
    expect(worse.verdict).toBe('worse');
  });

  it('is undecided between equals', () => {
    const { errors, day } = simulated(10, 5, 1, 0, 6);
    expect(compareErrors(errors, [day], OPTIONS).verdict).toBe('undecided');
  });

  it('is decided by day where days differ', () => {
    const { errors, day } = simulated(25, 40, 0.95, 1, 7);
    const { improvement, meanDifference } = compareErrors(errors, [day], OPTIONS);
    expect(improvement).toMatchObject({ decidedBy: 'day', indicative: false });
    expect(meanDifference).toMatchObject({ decidedBy: 'day', indicative: false });
  });

  it('says which clusters are too few and which are only indicative', () => {
    const { errors, day } = simulated(12, 4, 0.8, 1, 8);
    const driver = { name: 'driver', ids: day.ids.map((id) => (id % 8 === 7 ? -1 : id % 8)) };
    const { improvement } = compareErrors(errors, [day, driver], OPTIONS);
    expect(improvement.dimensions).toMatchObject([
      { dimension: 'booking', clusters: 48, standing: 'used' },
      { dimension: 'day', clusters: 12, standing: 'indicative' },
      { dimension: 'driver', clusters: 7, standing: 'too few', estimate: { kind: 'insufficient' } },
    ]);
    expect(improvement).toMatchObject({ decidedBy: 'day', indicative: true });
  });

  it('uses the cluster-robust error beyond the bootstrap', () => {
    const { errors, day } = simulated(20, 10, 0.8, 0.2, 9);
    const { improvement } = compareErrors(errors, [day], { ...OPTIONS, bootstrapUpTo: 19 });
    expect(improvement).toMatchObject({ method: 'cluster-robust' });
    const resampled = compareErrors(errors, [day], { ...OPTIONS, bootstrapUpTo: 200 }).improvement;
    expect(resampled.dimensions[0]).toMatchObject({ dimension: 'booking', estimate: { method: 'bca' } });
    if (improvement.kind === 'insufficient' || resampled.kind === 'insufficient')
      throw new Error('no interval');
    expect(improvement.interval.lower).toBeCloseTo(resampled.interval.lower, 1);
    expect(improvement.interval.upper).toBeCloseTo(resampled.interval.upper, 1);
  });
});

describe('errors that decide nothing', () => {
  const cases: [string, number[], number[]][] = [
    ['none', [], []],
    ['one booking', [1], [2]],
    ['the same share everywhere', [1, 2, 3], [2, 4, 6]],
    ['a faultless heuristic', [1, 2, 3], [0, 0, 0]],
    ['two faultless arms', [0, 0, 0], [0, 0, 0]],
    ['a heuristic with one error', [1, 2, 3, 4], [0, 0, 0, 5]],
  ];
  it.each(cases)('%s', (_, model, heuristic) => {
    const errors = { model: Float64Array.from(model), heuristic: Float64Array.from(heuristic) };
    expect(compareErrors(errors, [], OPTIONS)).toMatchObject({
      verdict: 'insufficient',
      improvement: { kind: 'insufficient' },
    });
  });

  it('a difference that is the same on paper is the same in binary', () => {
    const errors = { model: Float64Array.from([0.3, 1.3]), heuristic: Float64Array.from([0.1, 1.1]) };
    expect([...differences(errors)]).toEqual([0.2, 0.2]);
    expect(compareErrors(errors, [], OPTIONS).meanDifference).toMatchObject({ kind: 'insufficient' });
  });
});

describe('any errors', () => {
  const minutes = fc.float({ min: 0, max: 60, noNaN: true });
  const bookings = fc.array(fc.tuple(minutes, minutes, fc.integer({ min: -1, max: 12 })), { maxLength: 60 });

  it('give ordered finite ends around which the narrower lie inside in width, or none', () => {
    fc.assert(
      fc.property(bookings, (rows) => {
        const model = Float64Array.from(rows, ([m]) => m);
        const heuristic = Float64Array.from(rows, ([, h]) => h);
        const driver = { name: 'driver', ids: Int32Array.from(rows, ([, , id]) => id) };
        const units = { numerator: model, denominator: heuristic };
        const estimate = estimateRatio(units, [driver], { seed: 3, replicates: 60 });
        if (estimate.kind === 'insufficient') return;
        const { interval, bounds } = estimate;
        expect([interval.lower, bounds.lower, bounds.upper, interval.upper].every(Number.isFinite)).toBe(
          true,
        );
        expect(interval.lower).toBeLessThanOrEqual(bounds.lower);
        expect(bounds.lower).toBeLessThanOrEqual(bounds.upper);
        expect(bounds.upper).toBeLessThanOrEqual(interval.upper);
        for (const { estimate: other, standing } of estimate.dimensions) {
          if (other.kind === 'insufficient' || standing === 'too few') continue;
          expect(other.interval.upper - other.interval.lower).toBeLessThanOrEqual(
            interval.upper - interval.lower,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
