import { describe, expect, it } from 'vitest';
import type { Variables } from '../../src/environment.js';
import { initialState } from '../../src/flag/initial-settings.js';

const variables = (values: Readonly<Record<string, string>>): Variables =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, source: '.env' as const }]),
  );
const OFF = { enabled: false, percentage: 0, fallbackOnError: true };

describe('the initial state', () => {
  it.each([
    [
      'all three',
      { ML_ENABLED: 'true', ML_TRAFFIC_PERCENTAGE: '10', FALLBACK_ON_ERROR: 'false' },
      {
        ...{ enabled: true, percentage: 10, fallbackOnError: false },
      },
    ],
    ['on alone: at no share', { ML_ENABLED: 'yes' }, { ...OFF, enabled: true }],
    ['off alone', { ML_ENABLED: '0' }, OFF],
    ['a share alone: off', { ML_TRAFFIC_PERCENTAGE: '12.5' }, { ...OFF, percentage: 12.5 }],
    ['a share of nothing', { ML_TRAFFIC_PERCENTAGE: '0' }, OFF],
    ['falling back alone', { FALLBACK_ON_ERROR: '1' }, OFF],
    ['not falling back alone', { FALLBACK_ON_ERROR: 'NO' }, { ...OFF, fallbackOnError: false }],
  ])('is read from %s', (_what, values, state) => {
    expect(initialState(variables(values))).toEqual(state);
  });

  it('is none where none of them is set', () => {
    expect(initialState({})).toBeNull();
    expect(initialState(variables({ ML_MODELS: 'models', ATMR_ML_HOME: '/home' }))).toBeNull();
  });

  it.each([
    ['ML_ENABLED', 'maybe', 'ML_ENABLED is "maybe"; expected true, false, 1, 0, yes or no.'],
    ['FALLBACK_ON_ERROR', 'on', 'FALLBACK_ON_ERROR is "on"; expected true, false, 1, 0, yes or no.'],
    ...['101', '-1', '1e1', 'ten', '12.345'].map((share) => [
      'ML_TRAFFIC_PERCENTAGE',
      share,
      `ML_TRAFFIC_PERCENTAGE is "${share}"; expected 0 to 100, at most two decimals.`,
    ]),
  ] as [string, string, string][])(
    'refuses %s=%s, for a guess could switch the model on',
    (name, value, message) => {
      const sound = { ML_ENABLED: 'true', ML_TRAFFIC_PERCENTAGE: '10', FALLBACK_ON_ERROR: 'true' };
      const read = () => initialState(variables({ ...sound, [name]: value }));
      expect(read).toThrow(expect.objectContaining({ code: 'BAD_CONFIG', message }));
    },
  );
});
