import { expect, test } from 'vitest';
import { daysAsked } from '../../src/error-analysis/days-asked.js';

test('a booking counts once, on the day that was told last', () => {
  const asked = daysAsked();
  expect(asked.perDay()).toEqual(new Map());
  asked.add('a', 20_000);
  asked.add('b', 20_000);
  asked.add('a', 20_001);
  expect(asked.perDay()).toEqual(
    new Map([
      [20_000, 1],
      [20_001, 1],
    ]),
  );
});

test('many bookings count as a map of them would', () => {
  const asked = daysAsked();
  const last = new Map<string, number>();
  for (let i = 0; i < 30_000; i += 1) {
    const id = `booking ${(i * 7919) % 10_007}`;
    asked.add(id, i % 31);
    last.set(id, i % 31);
  }
  const expected = new Map<number, number>();
  for (const day of last.values()) expected.set(day, (expected.get(day) ?? 0) + 1);
  expect(asked.perDay()).toEqual(expected);
});
