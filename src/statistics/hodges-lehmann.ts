import { quickselect } from 'd3-array';
import { t } from '../wording/t.js';
import { type Insufficient, insufficient } from './estimate.js';
import { seededUniforms } from './random.js';

export interface HodgesLehmann {
  readonly kind: 'located';
  readonly value: number;
  /** Differences it rests on: all, or a sample of `LARGEST`. */
  readonly count: number;
}

/** 5,000 differences have 12.5 million pairs: 100 MB, and half a second. */
const LARGEST = 5000;

/**
 * The Hodges–Lehmann location of differences: the median of the means of all pairs, each value with itself
 * included; the shift that Wilcoxon's test finds least surprising. Source: Hodges & Lehmann, Annals of
 * Mathematical Statistics 34 (1963).
 */
export function hodgesLehmann(differences: Float64Array, seed: number): HodgesLehmann | Insufficient {
  if (differences.length === 0) return insufficient(t`there are no differences`);
  const sample = differences.length > LARGEST ? sampled(differences, LARGEST, seed) : differences;
  return { kind: 'located', value: median(pairMeans(sample)), count: sample.length };
}

function pairMeans(values: Float64Array): Float64Array {
  const means = new Float64Array((values.length * (values.length + 1)) / 2);
  let next = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = i; j < values.length; j++) means[next++] = (values[i]! + values[j]!) / 2;
  }
  return means;
}

function median(values: Float64Array): number {
  const middle = values.length >> 1;
  quickselect(values, middle);
  const upper = values[middle]!;
  if (values.length % 2 === 1) return upper;
  // What is left of the middle is unordered, but all of it is at most the middle.
  return (upper + values.subarray(0, middle).reduce((a, b) => Math.max(a, b))) / 2;
}

/** The first steps of a Fisher–Yates shuffle: `size` values without replacement. */
function sampled(values: Float64Array, size: number, seed: number): Float64Array {
  const uniform = seededUniforms(seed);
  const shuffled = values.slice();
  for (let i = 0; i < size; i++) {
    const j = i + Math.floor(uniform() * (shuffled.length - i));
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled.subarray(0, size);
}
