import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readOutcomeFile } from '../../src/outcomes/import-outcomes.js';

const CSV = [
  'booking_id,scheduled_time,actual_pickup_at,actual_delay_minutes,note',
  '1,2026-08-03 08:00,2026-08-03T06:04:30Z,,x',
  '2,,,-2.5,x',
];

const read = (text: string) => readOutcomeFile('-', Readable.from([Buffer.from(text)]), 'Europe/Zurich');

describe('a file of outcomes', () => {
  it('tells minutes and pickups, whichever it holds', async () => {
    const { outcomes } = await read([...CSV, '3,2026-08-03 08:00,,7,x'].join('\n'));
    expect(outcomes).toEqual([
      outcome('1', 4.5, Date.parse('2026-08-03T06:04:30Z')),
      outcome('2', -2.5, null),
      outcome('3', 7, Date.parse('2026-08-03T06:07:00Z')),
    ]);
  });

  it.each([
    ['a delay that is none', '5,,,soon,x', /line 4, actual_delay_minutes: soon is not a number/],
    [
      'a time that is none',
      '5,2026-08-03 08:00,yesterday,,x',
      /line 4, actual_pickup_at: yesterday is not a time/,
    ],
    [
      'a time that never was',
      '5,2026-03-29 02:30,,1,x',
      /line 4, scheduled_time: .* the clocks skip that hour/,
    ],
    ['a pickup without a scheduled time', '5,,2026-08-03 08:00,,x', /line 4, .*without a scheduled_time/],
    ['a booking twice', '2,,,1,x', /line 4, id: 2 comes twice/],
    ['no id', ',,,1,x', /line 4, booking_id is missing/],
    ['a cell too many', '5,,,1,x,y', /line 4 has 6 cells/],
    ['a broken quote', '5,,,"1"2,x', /line 4 has a quote/],
    ['several faults', '5,,,soon,x\n6,,,later,x', /line 4, .*soon.*and 1 more at fault/],
  ])('is refused with %s', async (_, row, message) => {
    await expect(read([...CSV, row].join('\n'))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(read([...CSV, row].join('\n'))).rejects.toThrow(message);
  });

  it.each([
    [
      'no outcome',
      'id,scheduled_time\n1,2026-08-03 08:00',
      /no column actual_delay_minutes, and no actual_pickup_at/,
    ],
    ['no id', 'actual_delay_minutes\n1', /has no column id/],
    [
      'no time to measure from',
      'id,actual_pickup_at\n1,2026-08-03 08:00',
      /actual_pickup_at and no scheduled_time/,
    ],
    ['a column twice', 'id,actual_delay_minutes,id\n1,2,3', /has the column id twice/],
    ['no rows', 'id,actual_delay_minutes\n', /There are no outcomes/],
    ['objects without an outcome', '[{"id":1}]', /booking 1 has no column actual_delay_minutes/],
  ])('is refused with %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });
});

function outcome(bookingId: string, actualDelayMinutes: number, actualPickupMs: number | null) {
  return { bookingId, actualDelayMinutes, actualPickupMs, origin: 'file' };
}
