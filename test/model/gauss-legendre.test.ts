import { describe, expect, test } from 'vitest';
import { gaussLegendre } from '../../src/model/gauss-legendre.js';

describe('the Gauss–Legendre rule', () => {
  test.each([1, 2, 3, 5, 8, 13, 20])('of %i points takes polynomials up to degree 2n − 1 exactly', (n) => {
    const { points, weights } = gaussLegendre(n);
    for (let degree = 0; degree < 2 * n; degree += 1) {
      const integral = points.reduce((sum, x, i) => sum + weights[i]! * x ** degree, 0);
      expect(integral).toBeCloseTo(1 / (degree + 1), 13);
    }
  });
});
