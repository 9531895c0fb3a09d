import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSums, onGrid } from '../../src/statistics/exact-sum.js';

const minutes = fc.double({ min: -180, max: 180, noNaN: true });

test('a value moves by half a millionth at most, and twice is once', () => {
  fc.assert(
    fc.property(fc.double({ min: -(2 ** 31), max: 2 ** 31, noNaN: true }), (value) => {
      expect(Math.abs(onGrid(value) - value)).toBeLessThanOrEqual(2 ** -21);
      expect(Object.is(onGrid(onGrid(value)), onGrid(value))).toBe(true);
    }),
  );
});

test('sums are the same to the last bit in any order and from any parts', () => {
  fc.assert(
    fc.property(fc.array(minutes, { maxLength: 300 }), fc.integer({ min: 1, max: 7 }), (values, parts) => {
      const squares = values.map((value) => onGrid(value * value));
      const whole = squares.reduce((sum, value) => sum + value, 0);
      const partSums = Array.from({ length: parts }, (_, part) =>
        squares.filter((_, i) => i % parts === part).reduce((sum, value) => sum + value, 0),
      );
      expect(partSums.toReversed().reduce((sum, value) => sum + value, 0)).toBe(whole);
      expect(squares.toReversed().reduce((sum, value) => sum + value, 0)).toBe(whole);
    }),
  );
});

test('adds another part name by name, and leaves that as it was', () => {
  const [into, from] = [
    { n: 2, model: 1.5 },
    { n: 3, model: -4 },
  ];
  addSums(into, from);
  expect([into, from]).toEqual([
    { n: 5, model: -2.5 },
    { n: 3, model: -4 },
  ]);
});
