import { expect, test } from 'vitest';
import { leftOutText } from '../../src/render/exclusions.js';

test('every reason is a phrase of its own', () => {
  const excluded = { not_settled: 1, seen_in_training: 4250, bad_row: 2, model_failed: 0 };
  expect(leftOutText(excluded)).toBe(
    'Left out: 1 booking without an outcome yet; 4,250 bookings seen in training; 2 rows that could not be read',
  );
});

test.each([[{}], [{ not_settled: 0 }]])('nothing left out of %j', (excluded) => {
  expect(leftOutText(excluded)).toBe('Left out: none');
});
