import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOf, exclusive, oneOf, startOf, timeWindow, wholeNumber } from '../src/arguments.js';
import { AtmrError } from '../src/errors.js';
import { speak } from '../src/wording/language.js';

const ZURICH = 'Europe/Zurich';
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

describe('days and instants', () => {
  it.each([
    ['2026-03-02', '2026-03-01T23:00:00.000Z', '2026-03-02T23:00:00.000Z'],
    // The days on which the clocks change have 23 and 25 hours.
    ['2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-03-02T08:30', '2026-03-02T07:30:00.000Z', '2026-03-02T07:30:00.000Z'],
    ['2026-03-02T08:30Z', '2026-03-02T08:30:00.000Z', '2026-03-02T08:30:00.000Z'],
  ])('%s', (text, start, end) => {
    expect(iso(startOf('--from', text, ZURICH))).toBe(start);
    expect(iso(endOf('--to', text, ZURICH))).toBe(end);
  });

  it.each(['2026-02-30', '2026-13-01', 'yesterday', '', '2026-03-29T02:30', '1'])('refuses "%s"', (text) => {
    for (const read of [startOf, endOf]) expect(() => read('--from', text, ZURICH)).toThrow(/--from is/);
  });

  it('says that the clocks skip an hour', () => {
    expect(() => startOf('--from', '2026-03-29T02:30', ZURICH)).toThrow(
      '--from is "2026-03-29T02:30", which does not exist in Europe/Zurich: the clocks skip that hour; expected',
    );
  });

  it('refuses a window that holds no time', () => {
    const window = (from?: string, to?: string) => () => timeWindow({ from, to }, ZURICH);
    expect(window('2026-03-02', '2026-03-02')()).toEqual({
      fromMs: Date.parse('2026-03-01T23:00Z'),
      untilMs: Date.parse('2026-03-02T23:00Z'),
    });
    expect(window()()).toEqual({ fromMs: null, untilMs: null });
    expect(window('2026-03-03', '2026-03-02')).toThrow(
      '--from (2026-03-03) is not before the end of --to (2026-03-02). Exchange them.',
    );
    expect(window('2026-03-03T10:00', '2026-03-03T09:59')).toThrow(AtmrError);
  });

  it('is null without the flag', () => expect(startOf('--from', undefined, ZURICH)).toBe(null));
});

describe('wholeNumber', () => {
  it('reads a number within its range', () => expect(wholeNumber('--n', '12', 1, 12)).toBe(12));
  it.each(['0', '13', '-1', '1.5', '1e1', ' 5', '', 'NaN', '0x5', '99999999999999999'])(
    'refuses "%s"',
    (text) => {
      expect(() => wholeNumber('--n', text, 1, 12)).toThrow(AtmrError);
    },
  );
});

it('oneOf takes the names and nothing else', () => {
  expect(oneOf('--x', 'a', ['a', 'b'])).toBe('a');
  expect(oneOf('--x', undefined, ['a', 'b'])).toBe(null);
  expect(() => oneOf('--x', 'toString', ['a', 'b'])).toThrow('--x is "toString"; expected a or b.');
});

it('exclusive refuses two flags at once', () => {
  expect(() => exclusive({ '--a': '1', '--b': undefined })).not.toThrow();
  expect(() => exclusive({ '--a': '1', '--b': '2' })).toThrow('--a and --b exclude each other');
});

it('oneOf says which name was probably meant', () => {
  expect(() => oneOf('--by', 'driverr', ['day', 'driver'])).toThrow(
    '--by is "driverr"; expected day or driver. Did you mean driver?',
  );
  expect(() => oneOf('--by', 'fleet', ['day', 'driver'])).toThrow(/expected day or driver\.$/);
});

describe('in French', () => {
  beforeAll(() => speak('fr'));
  afterAll(() => speak('en'));

  it('says that the clocks skip an hour', () => {
    expect(() => startOf('--from', '2026-03-29T02:30', ZURICH)).toThrow(
      '--from vaut «\u00A02026-03-29T02:30\u00A0», qui n’existe pas dans Europe/Zurich\u00A0: les horloges sautent cette heure\u00A0; attendu',
    );
  });

  it('tells once what is expected of a time', () => {
    expect(() => startOf('--from', 'hier', ZURICH)).toThrow(/qui n’est pas une heure\u00A0; attendu[^(]*$/);
  });
});
