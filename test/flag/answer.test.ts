import { describe, expect, it } from 'vitest';
import { answer, isForcedOff, type View } from '../../src/flag/answer.js';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { EMPTY_STATE, type Mark } from '../../src/flag/state.js';

const NOW = 100_000;
const author = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: 'week 2' };
const mark: Mark = { id: 'm1', ...author, host: 'host-1' };
const full: Flag = {
  ...changedContent(unwrittenFlag('k'), { enabled: true, percentage: 100 }, 'activate', author),
  revision: 7,
  changeId: 'c7',
  clears: [],
};
const good: View = {
  state: { ...EMPTY_STATE, flag: full },
  forcedOff: false,
  regressed: false,
  modelMissing: false,
  attemptedUntilMs: NOW,
  contactUntilMs: NOW,
};
const none = { ...good, state: EMPTY_STATE };
const withFlag = (changes: Partial<Flag>): View => ({
  ...good,
  state: { ...EMPTY_STATE, flag: { ...full, ...changes } },
});

/** The table of rows: each case breaks its own row and every later one that it can, so the order is tested too. */
const CASES: readonly [row: string, view: View, variant: string, reason: string, code?: string][] = [
  [
    '1 a forced off before everything',
    { ...none, forcedOff: true, regressed: true, modelMissing: true, attemptedUntilMs: 0 },
    'control',
    'FORCED_OFF',
  ],
  ['2 no recent attempt', { ...none, regressed: true, attemptedUntilMs: NOW - 1 }, 'control', 'STALE'],
  [
    '3 the record regressed',
    { ...none, regressed: true, modelMissing: true, contactUntilMs: 0 },
    'control',
    'ERROR',
    'STORE_REGRESSED',
  ],
  ['4 no flag', { ...none, contactUntilMs: 0 }, 'control', 'DEFAULT'],
  ['5 no contact', { ...withFlag({ enabled: false }), contactUntilMs: NOW - 1 }, 'control', 'STALE'],
  ['6 not enabled', { ...withFlag({ enabled: false }), modelMissing: true }, 'control', 'DISABLED'],
  ['6 enabled at 0 %', withFlag({ percentage: 0 }), 'control', 'DISABLED'],
  [
    '7 the model share without the model',
    { ...good, modelMissing: true },
    'control',
    'ERROR',
    'MODEL_MISSING',
  ],
  [
    '7 the control share without the model',
    { ...withFlag({ percentage: 0.01 }), modelMissing: true },
    'control',
    'ERROR',
    'MODEL_MISSING',
  ],
  ['8 in the model share', good, 'model', 'SPLIT'],
  ['8 in the control share', withFlag({ percentage: 0.01 }), 'control', 'SPLIT'],
];

describe('answer', () => {
  it.each(CASES)('row %s', (_row, view, variant, reason, code) => {
    const given = answer(view, 'booking-1', NOW);
    expect(given).toMatchObject({ variant, reason });
    expect(given.code).toBe(code);
  });

  it('is on time to the millisecond', () => {
    expect(answer(good, 'booking-1', NOW).variant).toBe('model');
    expect(answer(good, 'booking-1', NOW + 0.001).reason).toBe('STALE');
  });

  it('counts a mark as active until it has ended, whatever the flag clears', () => {
    const flag = { ...full, clears: ['m1'] };
    expect(isForcedOff({ flag, marks: { m1: mark }, ended: {} })).toBe(true);
    expect(isForcedOff({ flag, marks: { m1: mark }, ended: { m1: 7 } })).toBe(false);
  });
});
