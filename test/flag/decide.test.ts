import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, modelBuckets } from '../../src/flag/decide.js';

const ON = { enabled: true, percentage: 50, salt: 'ml-delay-prediction' };
const percentages = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100);

describe('decide', () => {
  it.each([
    ['no flag', null, 'booking-1', 'DEFAULT'],
    ['a disabled flag', { ...ON, enabled: false }, 'booking-1', 'DISABLED'],
    ['nobody', { ...ON, percentage: 0 }, 'booking-1', 'DISABLED'],
    ['an empty key', ON, '', 'ERROR'],
  ])('answers control for %s', (_name, flag, key, reason) => {
    expect(decide(flag, key)).toEqual({ variant: 'control', reason });
  });

  it('answers model for everybody at 100 %', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (key) => {
        expect(decide({ ...ON, percentage: 100 }, key)).toEqual({ variant: 'model', reason: 'SPLIT' });
      }),
    );
  });

  it('never takes the model away from a key when the percentage grows, and is sticky', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), percentages, percentages, (key, salt, a, b) => {
        const at = (percentage: number) => decide({ enabled: true, percentage, salt }, key).variant;
        if (at(Math.min(a, b)) === 'model') expect(at(Math.max(a, b))).toBe('model');
        expect(at(a)).toBe(at(a));
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, whatever plain JavaScript passes as a key', () => {
    for (const key of [undefined, null, 17, {}, Symbol('key')]) {
      expect(decide(ON, key as never)).toEqual({ variant: 'control', reason: 'ERROR' });
    }
  });
});

describe('modelBuckets', () => {
  it('turns each hundredth of a percent into one bucket', () => {
    for (let hundredths = 0; hundredths <= 10_000; hundredths++) {
      expect(modelBuckets(hundredths / 100)).toBe(hundredths);
    }
  });
});
