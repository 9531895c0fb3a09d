import { describe, expect, it } from 'vitest';
import { seededUniforms } from '../../src/statistics/random.js';
import { type SignedRankTest, signedRankTest } from '../../src/statistics/wilcoxon.js';
import { expectNear, readVectors } from './vectors.js';

const P_VALUES = { 'two-sided': 'pTwoSided', less: 'pLess', greater: 'pGreater' } as const;

const normal = readVectors<{
  name: string;
  d: number[];
  zero_method: string;
  correction: boolean;
  alternative: keyof typeof P_VALUES;
  mode: string;
  expected: { p: number; w_plus: number; rank_biserial: number };
}>('wilcoxon');
const exact = readVectors<{
  name: string;
  d: number[];
  expected: { w_plus: number; p_less: number; p_greater: number; p_two_sided: number };
}>('wilcoxon_exact_ties');

describe("Wilcoxon's test", () => {
  const plain = normal.cases.filter((one) => one.zero_method === 'wilcox' && !one.correction);
  it.each(plain)('$mode: $name, $alternative', ({ d, mode, alternative, expected }) => {
    const test = tested(d, mode === 'exact' ? undefined : 0);
    expectNear(test[P_VALUES[alternative]], expected.p, normal.tolerance);
    expectNear([test.plus, test.rankBiserial], [expected.w_plus, expected.rank_biserial], normal.tolerance);
  });

  it.each(exact.cases)('exact: $name', ({ d, expected }) => {
    const { plus, pLess, pGreater, pTwoSided } = tested(d);
    const reference = [expected.w_plus, expected.p_less, expected.p_greater, expected.p_two_sided];
    expectNear([plus, pLess, pGreater, pTwoSided], reference, exact.tolerance);
  });

  it('is exact up to 1000 differences, where it meets the normal one', () => {
    const uniform = seededUniforms(3);
    const values = Array.from({ length: 1000 }, () => Math.round((uniform() - 0.52) * 100) || 1);
    const [enumerated, approximate] = [tested(values), tested(values, 0)];
    expect([enumerated.method, tested([...values, 1]).method]).toEqual(['exact', 'normal']);
    expect(enumerated.pTwoSided).toBeCloseTo(approximate.pTwoSided, 3);
    expect(enumerated.pLess + enumerated.pGreater).toBeGreaterThanOrEqual(1);
  });

  it('says nothing of zeros alone', () => {
    expect(signedRankTest(new Float64Array(4)).kind).toBe('insufficient');
  });
});

function tested(d: readonly number[], exactUpTo?: number): SignedRankTest {
  const test = signedRankTest(Float64Array.from(d), exactUpTo);
  if (test.kind === 'insufficient') throw new Error(test.reason);
  return test;
}
