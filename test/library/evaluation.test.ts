import { describe, expect, it } from 'vitest';
import { evaluationOf, targetingKeyOf } from '../../src/library/evaluation.js';

describe('the key of a booking', () => {
  it.each([
    ['a text', 'booking-1', 'booking-1'],
    ['a whole number', 42, '42'],
    ['a large number of a database', 9_007_199_254_740_993n, '9007199254740993'],
    ['a fraction', 4.5, ''],
    ['a number that is not exact', 2 ** 53, ''],
    ['nothing', undefined, ''],
    ['an object', { id: 1 }, ''],
    ['a symbol', Symbol('id'), ''],
  ])('is read from %s', (_, id, key) => expect(targetingKeyOf(id)).toBe(key));
});

describe('an evaluation', () => {
  it('has a code for each error', () => {
    expect(evaluationOf({ variant: 'control', reason: 'ERROR' }, null).errorCode).toBe(
      'TARGETING_KEY_MISSING',
    );
    const regressed = { variant: 'control', reason: 'ERROR', code: 'STORE_REGRESSED' } as const;
    expect(evaluationOf(regressed, null).errorCode).toBe('STORE_REGRESSED');
    expect(evaluationOf({ variant: 'control', reason: 'STALE' }, null)).not.toHaveProperty('errorCode');
  });
});
