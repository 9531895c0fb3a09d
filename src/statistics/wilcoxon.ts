import { t } from '../wording/t.js';
import { type Insufficient, insufficient } from './estimate.js';
import { midRanks, type Ranks } from './ranks.js';
import { normalCdf } from './special-functions.js';

export interface SignedRankTest {
  readonly kind: 'tested';
  /** Differences that are not zero; zeros are left out. */
  readonly count: number;
  /** Sum of the ranks of positive differences. */
  readonly plus: number;
  readonly pTwoSided: number;
  /** Of differences that tend below zero: the model is better. */
  readonly pLess: number;
  readonly pGreater: number;
  /** (W+ − W−) / (W+ + W−), from −1 to 1. Source: Kerby, Comprehensive Psychology 3 (2014). */
  readonly rankBiserial: number;
  readonly method: 'exact' | 'normal';
}

/** Non-zero differences up to which the distribution is enumerated, in about half a second. */
const EXACT_UP_TO = 1000;

/**
 * Wilcoxon's signed-rank test of differences that are symmetric about zero; differences equal to rounding
 * must be made equal before, for ties share their rank. Exact, with ties, up to `exactUpTo` differences;
 * beyond, normal with variance corrected for ties. Source: Pratt & Gibbons, Concepts of Nonparametric Theory
 * (1981).
 */
export function signedRankTest(
  differences: Float64Array,
  exactUpTo = EXACT_UP_TO,
): SignedRankTest | Insufficient {
  const nonzero = differences.filter((difference) => difference !== 0);
  const count = nonzero.length;
  if (count === 0) return insufficient(t`no difference is other than zero`);
  const ranks = midRanks(nonzero.map(Math.abs));
  const plus = ranks.ranks.reduce((total, rank, i) => (nonzero[i]! > 0 ? total + rank : total), 0);
  const method = count <= exactUpTo ? 'exact' : 'normal';
  const [pLess, pGreater] = method === 'exact' ? exactTails(ranks.ranks, plus) : normalTails(ranks, plus);
  const pTwoSided = Math.min(1, 2 * Math.min(pLess, pGreater));
  const rankBiserial = (4 * plus) / (count * (count + 1)) - 1;
  return { kind: 'tested', count, plus, pTwoSided, pLess, pGreater, rankBiserial, method };
}

/** P(W ≤ plus), P(W ≥ plus) over all signs of the given ranks, which are doubled to be whole. */
function exactTails(ranks: Float64Array, plus: number): [number, number] {
  const total = ranks.length * (ranks.length + 1);
  const chances = new Float64Array(total + 1);
  chances[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    const doubled = Math.round(2 * rank);
    reached += doubled;
    for (let sum = reached; sum >= doubled; sum--)
      chances[sum] = (chances[sum]! + chances[sum - doubled]!) / 2;
    for (let sum = doubled - 1; sum >= 0; sum--) chances[sum]! /= 2;
  }
  const observed = Math.round(2 * plus);
  const add = (a: number, b: number): number => a + b;
  return [chances.subarray(0, observed + 1).reduce(add, 0), chances.subarray(observed).reduce(add, 0)];
}

function normalTails({ ranks, tieCubes }: Ranks, plus: number): [number, number] {
  const count = ranks.length;
  const variance = (count * (count + 1) * (2 * count + 1) - tieCubes / 2) / 24;
  const z = (plus - (count * (count + 1)) / 4) / Math.sqrt(variance);
  return [normalCdf(z), normalCdf(-z)];
}
