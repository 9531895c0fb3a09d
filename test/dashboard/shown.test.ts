import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlagNow, Prediction, StatusAnswer, WeatherAnswer } from '../../src/dashboard/documents.js';
import { flagShown } from '../../src/dashboard/flag-now.js';
import { bookingHash, bookingOf } from '../../src/dashboard/panels/booking-hash.js';
import { fits, NO_FILTER } from '../../src/dashboard/panels/prediction-filter.js';
import { stateOf } from '../../src/dashboard/panels/weather-state.js';
import { sorted } from '../../src/dashboard/sorted.js';
import { pathOf } from '../../src/dashboard/spark-path.js';
import { formatsOf } from '../../src/wording/formats.js';

describe('numbers and times', () => {
  const [english, french] = [formatsOf('en', 'Europe/Zurich'), formatsOf('fr', 'Europe/Zurich')];

  it('are written as their readers write them', () => {
    expect([english.minutes(1.475), french.minutes(1.475)]).toEqual(['1.48\u00A0min', '1,48\u00A0min']);
    expect([english.signedPercent(-0.324), french.signedPercent(-0.324)]).toEqual([
      '−32.4 %',
      '−32,4\u00A0%',
    ]);
    expect([english.wholePercent(33.1), english.chf(418_125.4)]).toEqual(['3,310 %', '418,125\u00A0CHF']);
    expect([english.milliseconds(4.26), english.milliseconds(47.2)]).toEqual(['4.3\u00A0ms', '47\u00A0ms']);
  });

  it('are a dash where nothing is known, never a 0', () => {
    // These take texts, and what is always known.
    const { day: _day, span: _span, ends: _ends, ...shown } = english;
    for (const show of Object.values(shown)) {
      expect((show as (value: null) => string)(null)).toBe('–');
    }
  });

  it('part the ends of an interval by what no number has', () => {
    expect(english.ends('1.08', '1.97')).toBe('[1.08, 1.97]');
    expect(formatsOf('fr', 'Europe/Zurich').ends('1,08', '1,97')).toBe('[1,08; 1,97]');
  });

  it('are of the company’s zone, also where its clocks change', () => {
    expect(english.dateTime('2026-03-29T00:59:00Z')).toBe('29/03, 01:59');
    expect(english.dateTime('2026-03-29T01:01:00Z')).toBe('29/03, 03:01');
    // A local day is a name, not an instant.
    expect(english.day('2026-03-29')).toBe('29 Mar');
  });

  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [59_999, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [90_061_000, '1 d 1 h'],
    [86_400_000 * 3 + 59_000, '3 d'],
  ])('a span of %i ms is %s', (ms, text) => {
    expect(english.span(ms)).toBe(text.replaceAll(/(?<=\d) (?=\D)/g, '\u00A0'));
  });

  it('a day is a j in French', () => expect(french.span(86_400_000)).toBe('1\u00A0j'));
});

describe('who answers', () => {
  const asked = (state: string, share: number, atMs: number) => ({
    value: {
      state,
      config: { ML_ENABLED: state === 'on' },
      flag: { percentage: share },
    } as unknown as StatusAnswer,
    atMs,
  });
  const told = (share: number, atMs: number, changes: object = {}) => ({
    value: {
      ...{ flag: { enabled: true, percentage: share }, forced_off: false, marks: [] },
      ...{ regressed: false, model_missing: false },
      ...changes,
    } as unknown as FlagNow,
    atMs,
  });
  const NOTHING = { value: null, atMs: null };

  it('is not known before anybody said it', () => expect(flagShown(NOTHING, null)).toBeNull());

  it.each([
    ['what was told after the asking', asked('on', 10, 100), told(37, 101), { share: 37, enabled: true }],
    [
      'what was asked after the telling',
      asked('on', 25, 200),
      told(0, 101, { forced_off: true }),
      { share: 25, forcedOff: false },
    ],
    [
      'a forced off, though the share is still recorded',
      asked('forced off', 50, 200),
      told(50, 101),
      { share: 0, forcedOff: true },
    ],
    ['what was told, before anything was asked', NOTHING, told(5, 1), { share: 5 }],
    [
      'control where the store lost data',
      NOTHING,
      told(5, 1, { regressed: true }),
      { share: 0, enabled: false },
    ],
    ['control where the model is not here', NOTHING, told(5, 1, { model_missing: true }), { share: 0 }],
    ['nobody while it is off', asked('off', 25, 1), null, { share: 0, enabled: false, forcedOff: false }],
  ])('is %s', (_, status, live, expected) => {
    expect(flagShown(status, live)).toMatchObject(expected);
  });
});

describe('a table', () => {
  it('sorts what is known, whichever way, and has the rest last', () => {
    const by = ({ n }: { n: number | null }) => n;
    fc.assert(
      fc.property(fc.array(fc.record({ n: fc.option(fc.integer()) })), fc.boolean(), (rows, descending) => {
        const values = sorted(rows, by, descending).map(by);
        const known = values.filter((value) => value !== null);
        expect(values.slice(0, known.length)).toEqual(known);
        expect(known).toEqual(known.toSorted((a, b) => (descending ? b - a : a - b)));
        expect(values.length).toBe(rows.length);
      }),
    );
  });

  it('sorts names with numbers in them by these', () => {
    const rows = ['booking-10', 'booking-9', 'Booking-1'];
    expect(sorted(rows, (row) => row, false)).toEqual(['Booking-1', 'booking-9', 'booking-10']);
  });
});

describe('the filter of predictions', () => {
  const row = { booking_id: 'Ride-7', variant: 'model', source: 'fallback', error_minutes: -6 } as Prediction;
  it.each([
    [{}, true],
    [{ booking: ' ride ' }, true],
    [{ booking: '8' }, false],
    [{ variant: 'control' as const }, false],
    [{ source: 'fallback' as const }, true],
    [{ source: 'model' as const }, false],
    [{ outcome: 'settled' as const }, true],
    [{ outcome: 'far' as const }, true],
    [{ outcome: 'open' as const }, false],
  ])('%j', (asked, expected) => expect(fits(row, { ...NO_FILTER, ...asked })).toBe(expected));

  it('knows an open booking from one that was met exactly', () => {
    expect(fits({ ...row, error_minutes: null }, { ...NO_FILTER, outcome: 'open' })).toBe(true);
    expect(fits({ ...row, error_minutes: 0 }, { ...NO_FILTER, outcome: 'settled' })).toBe(true);
    expect(fits({ ...row, error_minutes: 5 }, { ...NO_FILTER, outcome: 'far' })).toBe(false);
  });
});

describe('the address of a booking', () => {
  it('leads back to it, whatever its id', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        expect(bookingOf(bookingHash(id))).toBe(id);
      }),
    );
  });

  it.each(['', '#', '#predictions', '#booking=', '#booking=%zz'])('%s names none', (hash) => {
    expect(bookingOf(hash)).toBeNull();
  });
});

describe('the weather', () => {
  const answer = (configured: boolean, requests: number, weather_defaults: number) =>
    ({ configured, last_hour: { requests, weather_defaults } }) as WeatherAnswer;
  it.each([
    [answer(true, 0, 0), 'quiet'],
    [answer(false, 0, 0), 'off'],
    [answer(true, 10, 0), 'good'],
    // Bookings that bring their own.
    [answer(false, 10, 0), 'good'],
    [answer(true, 10, 3), 'partly'],
    [answer(true, 10, 10), 'down'],
    [answer(false, 10, 10), 'off'],
  ] as const)('%#: %s', (given, expected) => expect(stateOf(given)).toBe(expected));
});

describe('a sparkline', () => {
  it('has a gap where nothing is known, and a dot between two', () => {
    expect(pathOf([1, null, 2, 3], 1, 3)).toBe('M2.0 26.0h0.1M79.3 14.0h0.1L118.0 2.0');
  });
  it('lies in the middle where all are equal', () =>
    expect(pathOf([5, 5], 5, 5)).toBe('M2.0 14.0h0.1L118.0 14.0'));
});
