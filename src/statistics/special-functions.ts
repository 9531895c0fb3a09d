import { createRequire } from 'node:module';

/**
 * The special functions that the statistics rest on: Moshier's Cephes, compiled to WebAssembly by the package
 * `cephes`. Arguments outside a function's domain throw a RangeError; callers here pass proper ones.
 */
interface Cephes {
  ndtr(z: number): number;
  ndtri(p: number): number;
  chdtrc(degrees: number, x: number): number;
  chdtri(degrees: number, tail: number): number;
  incbet(a: number, b: number, x: number): number;
  incbi(a: number, b: number, p: number): number;
  lgam(x: number): number;
}

/**
 * The package's CommonJS build is ready when loaded; its ES build has to be awaited and takes twice as long. To compile
 * it takes 12 ms, which whoever asks for no statistics does not wait for.
 */
const require = createRequire(import.meta.url);
let compiled: Cephes | null = null;

function cephes(): Cephes {
  compiled ??= require('cephes') as Cephes;
  return compiled;
}

/** Φ(z), the standard normal distribution function. */
export function normalCdf(z: number): number {
  return cephes().ndtr(z);
}

/** Φ⁻¹(p); −∞ at 0 and ∞ at 1. */
export function normalQuantile(p: number): number {
  if (p <= 0) return Number.NEGATIVE_INFINITY;
  return p >= 1 ? Number.POSITIVE_INFINITY : cephes().ndtri(p);
}

/** P(T ≤ t) of Student's t with `degrees` > 0, whole or not. */
export function studentCdf(t: number, degrees: number): number {
  const tail = incompleteBeta(degrees / (degrees + t ** 2), degrees / 2, 0.5) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** The t with P(T ≤ t) = p, 0 < p < 1. */
export function studentQuantile(p: number, degrees: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  // x = t² / (degrees + t²), or its complement where x is so near 1 that 1 − x has lost its digits.
  const x = inverseIncompleteBeta(2 * p - 1, 0.5, degrees / 2);
  if (x < 0.5) return Math.sqrt((degrees * x) / (1 - x));
  const complement = inverseIncompleteBeta(2 * (1 - p), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - complement)) / complement);
}

/** P(X > x) of chi-square with `degrees`. */
export function chiSquareTail(x: number, degrees: number): number {
  return x <= 0 ? 1 : cephes().chdtrc(degrees, x);
}

/** The x with P(X > x) = `tail`, 0 < tail < 1. */
export function chiSquareQuantileOfTail(tail: number, degrees: number): number {
  return cephes().chdtri(degrees, tail);
}

/** I_x(a, b), the regularised incomplete beta function; a, b > 0. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : cephes().incbet(a, b, x);
}

/** The x with I_x(a, b) = p, 0 ≤ p ≤ 1. */
export function inverseIncompleteBeta(p: number, a: number, b: number): number {
  return cephes().incbi(a, b, p);
}

/** ln Γ(x), x > 0. */
export function logGamma(x: number): number {
  return cephes().lgam(x);
}

/** ln B(a, b), a, b > 0. */
export function logBeta(a: number, b: number): number {
  const { lgam } = cephes();
  return lgam(a) + lgam(b) - lgam(a + b);
}
