import { expect, it } from 'vitest';
import { bookingAsker } from '../../src/library/ask-booking.js';
import { DEFAULT_HEURISTIC } from '../../src/model/heuristic.js';

it('answers by the heuristic where the library has a bug, and says so', async () => {
  const notices: string[] = [];
  const answerer = { answer: () => Promise.reject(new TypeError('x is not a function')) };
  const config = { timeZone: 'Europe/Zurich', heuristic: DEFAULT_HEURISTIC };
  const ask = bookingAsker(answerer, config, (text) => notices.push(text));
  const booking = { id: 1, scheduled_time: '2026-03-02T08:30', distance_meters: 8000 };
  const answer = await ask(booking, {}, false);
  expect(answer).toMatchObject({ source: 'fallback', reason: 'ERROR', predicted_minutes: 7, variant: null });
  expect(notices).toEqual([expect.stringContaining('x is not a function')]);
});
