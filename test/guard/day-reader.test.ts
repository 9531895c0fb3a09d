import { describe, expect, it } from 'vitest';
import { openDayReader } from '../../src/guard/day-reader.js';
import type { DayWindow } from '../../src/ledger/rollout-reads.js';
import { emptyDay } from '../../src/rollout/day-figures.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FIRST_DAY = 20_612;
/** Noon of the day after the last of ten days. */
const NOW_MS = (FIRST_DAY + 10) * DAY_MS + DAY_MS / 2;

const windowOf = (dayNumber: number): DayWindow => {
  return { dayNumber, fromMs: dayNumber * DAY_MS, untilMs: (dayNumber + 1) * DAY_MS };
};
const TEN_DAYS = Array.from({ length: 10 }, (_, i) => windowOf(FIRST_DAY + i));
/** Those that ended less than 48 h ago, and those before. */
const YOUNG = [FIRST_DAY + 8, FIRST_DAY + 9];
const ALL = TEN_DAYS.map(({ dayNumber }) => dayNumber);

/** A reader of a ledger that counts how often each day was read, and tells that as the day's bookings. */
function counting() {
  const asked: { readonly days: readonly number[]; readonly version: string | null }[] = [];
  let reads = 0;
  const days = openDayReader({
    dayFigures: async (windows, version) => {
      asked.push({ days: windows.map(({ dayNumber }) => dayNumber), version });
      reads += 1;
      return windows.map(({ dayNumber }) => ({ ...emptyDay(dayNumber), asked: reads }));
    },
  });
  return { asked, days };
}

describe('a reader of days', () => {
  it('reads all once, and then those of the last two days alone, for ten minutes', async () => {
    const { asked, days } = counting();
    await days(TEN_DAYS, '1', NOW_MS);
    await days(TEN_DAYS, '1', NOW_MS + 15_000);
    const figures = await days(TEN_DAYS, '1', NOW_MS + 10 * MINUTE_MS - 1);
    expect(asked.map((one) => one.days)).toEqual([ALL, YOUNG, YOUNG]);
    // In the order of the windows: what is remembered is of the first read, the rest of the third.
    expect(figures.map(({ dayNumber }) => dayNumber)).toEqual(ALL);
    expect(figures.map((one) => one.asked)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 3, 3]);
  });

  it('reads old days again after ten minutes', async () => {
    const { asked, days } = counting();
    await days(TEN_DAYS, '1', NOW_MS);
    const figures = await days(TEN_DAYS, '1', NOW_MS + 10 * MINUTE_MS);
    expect(asked.at(-1)?.days).toEqual(ALL);
    expect(new Set(figures.map((one) => one.asked))).toEqual(new Set([2]));
  });

  it('takes a day for young until 48 h after its end', async () => {
    const { asked, days } = counting();
    const [day] = TEN_DAYS;
    const oldMs = day!.untilMs + 2 * DAY_MS;
    await days([day!], '1', oldMs - 1);
    await days([day!], '1', oldMs);
    await days([day!], '1', oldMs + 1);
    expect(asked.map((one) => one.days.length)).toEqual([1, 1, 0]);
  });

  it('keeps versions apart, and days that begin at another time', async () => {
    const { asked, days } = counting();
    const old = TEN_DAYS.slice(0, 2);
    await days(old, '1', NOW_MS);
    await days(old, '2', NOW_MS + 1);
    await days(old, null, NOW_MS + 2);
    const [first, second] = old;
    await days([{ ...first!, fromMs: first!.fromMs + 1 }, second!], '1', NOW_MS + 3);
    await days(old, '2', NOW_MS + 4);
    expect(asked.map(({ days: read, version }) => [version, read.length])).toEqual([
      ['1', 2],
      ['2', 2],
      [null, 2],
      ['1', 1],
      ['2', 0],
    ]);
  });

  it('serves two sets of days at once, as a look asks for them', async () => {
    const { days } = counting();
    for (const nowMs of [NOW_MS, NOW_MS + 60 * MINUTE_MS]) {
      const [earlier, own] = await Promise.all([
        days(TEN_DAYS.slice(0, 5), '1', nowMs),
        days(TEN_DAYS.slice(5), '1', nowMs),
      ]);
      expect([...earlier, ...own].map(({ dayNumber }) => dayNumber)).toEqual(ALL);
    }
  });

  it('remembers nothing of a read that failed', async () => {
    let isAway = true;
    const days = openDayReader({
      dayFigures: async (windows) => {
        if (isAway) throw new Error('away');
        return windows.map(({ dayNumber }) => emptyDay(dayNumber));
      },
    });
    await expect(days(TEN_DAYS, '1', NOW_MS)).rejects.toThrow('away');
    isAway = false;
    expect(await days(TEN_DAYS, '1', NOW_MS)).toHaveLength(10);
  });
});
