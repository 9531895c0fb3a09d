import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import cases from '../../fixtures/bucketing.json' with { type: 'json' };
import { bucketOf, hashUtf8 } from '../../src/flag/bucket.js';
import { decide } from '../../src/flag/decide.js';

describe('hashUtf8', () => {
  it.each([
    ['ejOoVL', 0],
    ['bY9fO-', 1],
    ['SI7p-', 0x7fffffff],
    ['6LvT0', 0x80000000],
    ['ceQdGm', 0xffffffff],
    // From the C++ reference implementation over UTF-8.
    ['My 🚀 is full of 🦎.', 1818098979],
    ['吉 星 高 照', 3435142074],
  ])('of %s is the published %i', (text, hash) => {
    expect(hashUtf8(text)).toBe(hash);
  });

  it('takes any text, lone surrogates too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        expect(hashUtf8(text)).toBeGreaterThanOrEqual(0);
        expect(hashUtf8(`${text}\ud800`)).toBe(hashUtf8(`${text}\ufffd`));
      }),
    );
  });
});

describe('bucketOf', () => {
  it('answers as flagd does in every case of the fixture', () => {
    expect(cases.length).toBeGreaterThanOrEqual(600);
    for (const { salt, targetingKey, percentage, bucket, variant } of cases) {
      const answer = decide({ enabled: true, percentage, salt }, targetingKey);
      expect({ targetingKey, percentage, variant: answer.variant }).toEqual({
        targetingKey,
        percentage,
        variant,
      });
      if (bucket !== null) expect(bucketOf(salt, targetingKey)).toBe(bucket);
    }
  });
});
