import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noncentralTCdf } from '../../src/statistics/noncentral-t.js';
import {
  chiSquareQuantileOfTail,
  chiSquareTail,
  incompleteBeta,
  inverseIncompleteBeta,
  logGamma,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from '../../src/statistics/special-functions.js';
import { expectNear } from './vectors.js';

const values: Record<string, number[][]> = JSON.parse(
  readFileSync('fixtures/statistics/special_functions.json', 'utf8'),
);

/** The reference's t quantiles are bisected to about nine digits: at 1 degree tan(0.475 π) is 12.7062047361747. */
const T_PPF_TOLERANCE = 1e-8;

const FUNCTIONS: [string, (...argument: number[]) => number][] = [
  ['norm_ppf', (p) => normalQuantile(p!)],
  ['norm_cdf', (z) => normalCdf(z!)],
  ['t_ppf', (p, degrees) => studentQuantile(p!, degrees!)],
  ['t_cdf', (t, degrees) => studentCdf(t!, degrees!)],
  ['chi2_sf', (x, degrees) => chiSquareTail(x!, degrees!)],
  ['betainc', (a, b, x) => incompleteBeta(x!, a!, b!)],
  ['gammaln', (x) => logGamma(x!)],
  ['nct_cdf', (t, degrees, delta) => noncentralTCdf(t!, degrees!, delta!)],
];

describe.each(FUNCTIONS)('%s', (name, compute) => {
  it.each(values[name]!)('agrees with the reference at %j', (...row) => {
    const reference = row.at(-1)!;
    const computed = compute(...row.slice(0, -1));
    expectNear(computed, reference, name === 't_ppf' ? T_PPF_TOLERANCE : 1e-11);
    // In a tail, absolute closeness would accept a zero.
    if (reference > 0 && reference < 1e-3) expectNear(computed / reference, 1, 1e-6);
  });
});

describe('inverses', () => {
  it('undo their functions', () => {
    expectNear(incompleteBeta(inverseIncompleteBeta(0.3, 15, 36), 15, 36), 0.3, 1e-12);
    expectNear(chiSquareTail(chiSquareQuantileOfTail(0.01, 9), 9), 0.01, 1e-12);
    expectNear(studentCdf(studentQuantile(0.02, 7.5), 7.5), 0.02, 1e-12);
  });

  it('of Student are the tangent at 1 degree of freedom', () => {
    for (const p of [0.01, 0.6, 0.975, 0.9999]) {
      expectNear(studentQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5)), 1, 1e-12);
    }
  });

  it('reach the ends of the range', () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    expect(chiSquareTail(0, 4)).toBe(1);
    expect(studentQuantile(0.5, 3)).toBe(0);
  });
});
