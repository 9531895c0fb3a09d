import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePercentage } from '../../src/flag/percentage-text.js';

describe('parsePercentage', () => {
  it.each([
    ['25', 25],
    ['12.5', 12.5],
    ['25%', 25],
    ['25 %', 25],
    [' 25 % ', 25],
    ['0', 0],
    ['100', 100],
    ['0.29', 0.29],
  ])('reads %s', (text, percentage) => {
    expect(parsePercentage(text)).toBe(percentage);
  });

  it.each([
    'true',
    '1e2',
    '-1',
    '101',
    '100.01',
    'NaN',
    '',
    ' ',
    '12.345',
    '0x10',
    '1,5',
    '+5',
    'Infinity',
    '5%%',
  ])('refuses "%s"', (text) => {
    expect(parsePercentage(text)).toBeNull();
  });

  it('reads every share that a flag can have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
        expect(parsePercentage((hundredths / 100).toString())).toBe(hundredths / 100);
      }),
    );
  });
});
