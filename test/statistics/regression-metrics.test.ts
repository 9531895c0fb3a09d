import { describe, expect, it } from 'vitest';
import { seededUniforms } from '../../src/statistics/random.js';
import {
  type RegressionMetrics,
  r2StandardError,
  regressionMetrics,
} from '../../src/statistics/regression-metrics.js';
import { expectNear, readVectors } from './vectors.js';

const OPTIONS = { seed: 1, replicates: 300 };

const vectors = readVectors<{
  name: string;
  y_true: number[];
  y_pred: number[];
  expected: { mae: number; rmse: number; bias_mean_pred_minus_actual: number; r2_sklearn: number };
}>('regression_metrics');

const REFERENCES = {
  mae: 'mae',
  rmse: 'rmse',
  r2: 'r2_sklearn',
  bias: 'bias_mean_pred_minus_actual',
} as const satisfies Record<keyof RegressionMetrics, string>;

describe.each(vectors.cases)('scores of $name', ({ y_true, y_pred, expected }) => {
  it.each(Object.entries(REFERENCES))('%s', (name, reference) => {
    const metrics = regressionMetrics(
      { predicted: fourTimes(y_pred), actual: fourTimes(y_true) },
      [],
      OPTIONS,
    );
    const metric = Object.entries(metrics).find(([key]) => key === name)?.[1];
    if (metric.kind === 'insufficient') expect(metric.reason).toMatch(/say the same|zero|does not vary/);
    else expectNear(metric.value, expected[reference], vectors.tolerance);
  });
});

/** An interval needs 8 bookings; four copies of 2 have the scores of the 2. */
function fourTimes(values: readonly number[]): Float64Array {
  return Float64Array.from([...values, ...values, ...values, ...values]);
}

it('R² needs outcomes that vary by more than rounding', () => {
  const actual = new Float64Array(50).fill(5.1);
  const predicted = actual.map((value, i) => value + (i % 3));
  expect(regressionMetrics({ predicted, actual }, [], OPTIONS).r2).toMatchObject({ kind: 'insufficient' });
});

describe('their intervals', () => {
  function sample(count: number, seed: number) {
    const uniform = seededUniforms(seed);
    const actual = Float64Array.from({ length: count }, () => 12 * uniform());
    return { actual, predicted: actual.map((value) => value + 6 * (uniform() - 0.5)) };
  }

  it('cover the truth about as often as they say', () => {
    // Uniform errors of ±3 minutes about delays that are uniform on 12: MAE 1.5, MSE 3, variance 12.
    const truth = { mae: 1.5, rmse: Math.sqrt(3), r2: 0.75, bias: 0 };
    const covered = { mae: 0, rmse: 0, r2: 0, bias: 0 };
    for (let seed = 0; seed < 200; seed++) {
      const metrics = regressionMetrics(sample(80, seed), [], OPTIONS);
      for (const name of ['mae', 'rmse', 'r2', 'bias'] as const) {
        const metric = metrics[name];
        if (metric.kind === 'insufficient') throw new Error(metric.reason);
        if (metric.interval.lower <= truth[name] && truth[name] <= metric.interval.upper) covered[name]++;
      }
    }
    for (const count of Object.values(covered)) expect(count / 200).toBeGreaterThan(0.89);
    for (const count of Object.values(covered)) expect(count / 200).toBeLessThan(0.99);
  });

  it('agree between the bootstrap and the cluster-robust error', () => {
    const bootstrap = regressionMetrics(sample(3000, 4), [], OPTIONS).r2;
    const robust = regressionMetrics(sample(3000, 4), [], { ...OPTIONS, bootstrapUpTo: 0 }).r2;
    if (bootstrap.kind === 'insufficient' || robust.kind === 'insufficient') throw new Error('no interval');
    expect(robust.method).toBe('cluster-robust');
    expect(robust.interval.lower).toBeCloseTo(bootstrap.interval.lower, 2);
    expect(robust.interval.upper).toBeCloseTo(bootstrap.interval.upper, 2);
  });
});

const r2 = readVectors<{ r2: number; n: number; k: number; expected: { se_olkin_finn: number } }>('r2_se');

describe('the standard error of R² for planning', () => {
  it.each(r2.cases)('$r2 at $n', ({ r2: value, n, k, expected }) => {
    expectNear(r2StandardError(value, n, k), expected.se_olkin_finn, r2.tolerance);
  });
});

describe('intervals of few bookings, one of them far off', () => {
  it('stay where the score can be', () => {
    const actual = Float64Array.from({ length: 9 }, (_, i) => i);
    const predicted = actual.map((minutes, i) => minutes + (i === 4 ? 8 : 0.01 * i));
    const { mae, rmse, r2 } = regressionMetrics({ predicted, actual }, [], OPTIONS);
    const ends = [mae, rmse, r2].map((one) => {
      if (one.kind === 'insufficient') throw new Error(one.reason);
      return one.interval;
    });
    expect(ends.map(({ lower }) => lower)).toEqual([0, 0, expect.any(Number)]);
    expect(ends[2]!.upper).toBeLessThanOrEqual(1);
  });
});
