import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './running-server.js';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
  for (const id of ['a', 'b', 'c', 'd']) {
    const booking = { id, scheduled_time: '2099-03-02T08:30', distance_meters: 8000 };
    const { status } = await server.ask('/api/predictions', { body: { booking, request_id: id } });
    expect(status).toBe(201);
  }
});
afterAll(() => server.close());

const report = (body: unknown) => server.ask('/api/outcomes', { body });
const COUNTS = { settled: 0, corrected: 0, unchanged: 0, unpredicted: 0, refused: [] };

describe('POST /outcomes', () => {
  it('settles, idempotently, and corrects', async () => {
    const outcome = { booking_id: 'a', actual_delay_minutes: 4.5 };
    expect(await report(outcome)).toMatchObject({ status: 200, json: { ...COUNTS, settled: 1 } });
    expect((await report(outcome)).json).toEqual({ ...COUNTS, unchanged: 1 });
    expect((await report({ ...outcome, actual_delay_minutes: -2 })).json).toEqual({
      ...COUNTS,
      corrected: 1,
    });
    expect((await report({ ...outcome, actual_delay_minutes: -2 })).json).toEqual({
      ...COUNTS,
      unchanged: 1,
    });
    expect(await delayOf('a')).toBe(-2);
  });

  it('works out the delay from the pickup’s time, local or with an offset', async () => {
    const both = [
      { booking_id: 'b', actual_pickup_at: '2099-03-02T08:42' },
      { booking_id: 'c', actual_pickup_at: '2099-03-02T07:27:30Z' },
    ];
    expect((await report(both)).json).toEqual({ ...COUNTS, settled: 2 });
    expect([await delayOf('b'), await delayOf('c')]).toEqual([12, -2.5]);
  });

  it('keeps the outcome of a booking that nobody asked about', async () => {
    const { json } = await report({ booking_id: 99, actual_delay_minutes: 3 });
    expect(json).toEqual({ ...COUNTS, settled: 1, unpredicted: 1 });
  });

  it('refuses a recording error by itself', async () => {
    const { status, json } = await report([
      { booking_id: 'x', actual_delay_minutes: 181 },
      { booking_id: 'd', actual_delay_minutes: 180 },
      { booking_id: 'y', actual_pickup_at: '2099-03-02T08:42' },
      { booking_id: 'z', actual_delay_minutes: -200 },
    ]);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ...{ settled: 1, unpredicted: 0 },
      refused: [
        { index: 0, booking_id: 'x', reason: 'delay_over_180_min' },
        { index: 2, booking_id: 'y', reason: 'scheduled_time_unknown' },
        { index: 3, booking_id: 'z', reason: 'delay_over_180_min' },
      ],
    });
  });

  it('answers 422 when nothing is left', async () => {
    const { status, json } = await report({ booking_id: 'a', actual_delay_minutes: 1000 });
    expect(status).toBe(422);
    expect(json).toMatchObject({ code: 'BAD_INPUT', refused: [{ index: 0 }] });
    expect(json.error).toContain('1000 min');
    expect(await delayOf('a')).toBe(-2);
  });
});

describe('what is no outcome', () => {
  const good = { booking_id: 'new', actual_delay_minutes: 1 };
  it.each([
    ['no id', { actual_delay_minutes: 1 }, 'outcomes[1].booking_id'],
    ['an id that no database keeps', { booking_id: '\0', actual_delay_minutes: 1 }, 'outcomes[1].booking_id'],
    ['no delay', { booking_id: 1 }, 'outcomes[1] tells neither'],
    [
      'a delay that is none',
      { booking_id: 1, actual_delay_minutes: 'soon' },
      'outcomes[1].actual_delay_minutes',
    ],
    ['a truth value', { booking_id: 1, actual_delay_minutes: true }, 'outcomes[1].actual_delay_minutes'],
    ['a time that is none', { booking_id: 1, actual_pickup_at: 'noon' }, 'outcomes[1].actual_pickup_at'],
    ['a text', 'outcome', 'outcomes[1] is not an object'],
    ['the same booking again', { ...good, actual_delay_minutes: 2 }, 'same booking as outcomes[0]'],
  ])('%s: nothing is written', async (_, bad, text) => {
    const { status, json } = await report([good, bad]);
    expect(json).toMatchObject({ code: 'BAD_INPUT', error: expect.stringContaining(text) });
    expect(status).toBe(400);
    expect((await server.ledger.settle([], 0)).settled).toBe(0);
  });

  it.each([
    ['an empty list', []],
    [
      'a list that is too long',
      Array.from({ length: 1001 }, (_, i) => ({ booking_id: i, actual_delay_minutes: 0 })),
    ],
    ['a text', 'outcome'],
    ['nothing', 'null'],
  ])('%s', async (_, body) => expect((await report(body)).status).toBe(400));

  it('left nothing behind', async () => {
    expect((await report(good)).json).toMatchObject({ settled: 1 });
  });
});

async function delayOf(bookingId: string): Promise<number | null | undefined> {
  const { predictions } = await server.ledger.predictions(1000, null);
  return predictions.find(({ row }) => row.bookingId === bookingId)?.actualDelayMinutes;
}
