import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY_MS, instantOfWallTime, localTime } from '../../src/booking/local-time.js';
import { readTimestamp } from '../../src/booking/timestamp.js';
import { ANY_NUMBER, readNumber } from '../../src/booking/values.js';

const ZONES = [
  'Europe/Zurich',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Pacific/Apia',
  'UTC',
];
/** What is taken for a time, in one expression. */
const GRAMMAR = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?$/i;

const instants = fc.integer({ min: DAY_MS, max: Date.UTC(2199, 11, 31) });
const separator = fc.constantFrom('T', 't', ' ', '_', '');
const seconds = fc.constantFrom('', ':00', ':59', ':5', ':', ':07.5', ':07,25', '.5', ':aa');
const tail = fc.constantFrom('', 'Z', 'z', ' Z', '  Z', '+01:00', '-0330', '+02', '+1', '+01:', 'ZZ', ' ');

describe('a scheduled time', () => {
  test('is a time exactly when its text is one', () => {
    fc.assert(
      fc.property(instants, separator, seconds, tail, (at, between, second, offset) => {
        const iso = new Date(at).toISOString();
        const text = `${iso.slice(0, 10)}${between}${iso.slice(11, 16)}${second}${offset}`;
        expect(typeof readTimestamp(text, 'UTC') === 'object').toBe(GRAMMAR.test(text.trim()));
      }),
      { numRuns: 2000 },
    );
  });

  test('is the instant that its parts say', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -14 * 60, max: 14 * 60 }), (at, offsetMinutes) => {
        const wall = new Date(at + offsetMinutes * 60_000).toISOString().slice(0, 23);
        const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
        const sign = offsetMinutes < 0 ? '-' : '+';
        const text = `${wall}${sign}${two(hours)}:${two(minutes)}`;
        expect(readTimestamp(text, 'Europe/Zurich')).toEqual(localTime(at, 'Europe/Zurich'));
      }),
    );
  });

  test('shows the calendar that Intl shows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (timeZone, at) => {
        const parts = new Intl.DateTimeFormat('en', {
          ...{ timeZone, hourCycle: 'h23', weekday: 'short', year: 'numeric' },
          ...{ month: 'numeric', day: 'numeric', hour: 'numeric' },
        }).formatToParts(at);
        const of = (type: string) => parts.find((part) => part.type === type)!.value;
        const { hour, weekday, month, dayNumber } = localTime(at, timeZone);
        expect({ hour, month }).toEqual({ hour: Number(of('hour')), month: Number(of('month')) });
        expect(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][weekday]).toBe(of('weekday'));
        expect(dayNumber * DAY_MS).toBe(Date.UTC(Number(of('year')), month - 1, Number(of('day'))));
      }),
      { numRuns: 1000 },
    );
  });

  test('comes back from what the clocks showed, but in the second pass of an hour', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (timeZone, at) => {
        const wallMs = wallOf(at, timeZone);
        const first = instantOfWallTime(wallMs, timeZone);
        expect(first === at || (first !== null && first < at && wallOf(first, timeZone) === wallMs)).toBe(
          true,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

test('a number is what its text says, to the last bit', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 17n }),
      fc.integer({ min: 0, max: 18 }),
      fc.boolean(),
      (digits, point, minus) => {
        const whole = String(digits);
        const cut = Math.min(point, whole.length);
        const text = `${minus ? '-' : ''}${whole.slice(0, cut)}${cut < whole.length && cut > 0 ? '.' : ''}${whole.slice(cut)}`;
        expect(Object.is(readNumber(text, ANY_NUMBER), Number(text))).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
  for (const text of ['1.', '.5', '+3', ' 7 ', '1e3', '-.25', '00012', '-0']) {
    expect(readNumber(text, ANY_NUMBER)).toBe(Number(text));
  }
  for (const text of ['', '-', '.', '1.2.3', '0x10', '12abc', '1 2', '--1', '1,5', 'NaN']) {
    expect(readNumber(text, ANY_NUMBER)).toMatch(/is not a number/);
  }
});

function wallOf(at: number, timeZone: string): number {
  const { dayNumber, hour } = localTime(at, timeZone);
  // The offsets of all zones here are of whole minutes, so what is below an hour comes with them.
  const zoned = new Date(at).toLocaleString('sv', { timeZone }).slice(14, 19).split(':').map(Number);
  return dayNumber * DAY_MS + hour * 3_600_000 + zoned[0]! * 60_000 + zoned[1]! * 1000 + (at % 1000);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
