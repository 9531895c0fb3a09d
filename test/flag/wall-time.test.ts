import { expect, it } from 'vitest';
import { wallTime } from '../../src/flag/wall-time.js';

it.each([
  ['2026-11-19T09:43:00.000Z', '10:43'],
  ['2026-11-18T23:00:00.000Z', '00:00'],
  ['2026-11-18T22:59:00.000Z', '2026-11-18 23:59'],
  ['2026-07-19T09:43:00.000Z', '2026-07-19 11:43'],
])('%s, seen on 2026-11-19 in Zurich, is %s', (iso, text) => {
  const wall = { timeZone: 'Europe/Zurich', nowMs: Date.parse('2026-11-19T20:00:00.000Z') };
  expect(wallTime(iso, wall)).toBe(text);
});
