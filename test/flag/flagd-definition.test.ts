import { type Logger, StandardResolutionReasons } from '@openfeature/core';
import { FlagdCore } from '@openfeature/flagd-core';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/flag/decide.js';
import { type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { flagdDefinition } from '../../src/flag/flagd-definition.js';

const KEY = 'ml-delay-prediction';
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };
const KEYS = 100_000;
const UNICODE = [
  'Zoë',
  'Genève-Cornavin',
  '吉 星 高 照',
  'заказ-17',
  'حجز',
  '🚕',
  '👩‍🚒',
  'é',
  'e\u0301',
  '\u0000',
];
const EDGES = ['0', '1', ' ', 'null', '-1', '3.5', 'true', 'ejOoVL', 'bY9fO-', 'SI7p-', '6LvT0', 'ceQdGm'];

function flagOf(changes: Partial<Flag>): Flag {
  const written = { revision: 7, changeId: 'c', clears: [], updatedAt: '2026-03-02T08:00:00.000Z' };
  return { ...unwrittenFlag(KEY), ...written, enabled: true, ...changes };
}

/** flagd's evaluator with the definition. `text` is what it is given of a text. */
function evaluator(flag: Flag | null, forcedOff = false, text: (text: string) => string = (same) => same) {
  const core = new FlagdCore(undefined, SILENT);
  core.setConfigurations(text(JSON.stringify(flagdDefinition({ key: KEY, flag, forcedOff }))));
  return (targetingKey?: string) => {
    const context = targetingKey === undefined ? {} : { targetingKey: text(targetingKey) };
    // The caller's default is the dangerous one.
    return core.resolveBooleanEvaluation(KEY, true, context, SILENT);
  };
}

describe('the definition for flagd', () => {
  const cases = ['ml-delay-prediction', 'another salt'].flatMap((salt) =>
    [0, 0.01, 10, 12.5, 25, 33.33, 50, 99.99, 100].map((percentage) => ({ salt, percentage })),
  );

  it.each(cases)(
    'gives 100,000 bookings the same variant with salt $salt at $percentage %',
    ({ salt, percentage }) => {
      const flag = flagOf({ salt, percentage });
      const evaluate = evaluator(flag);
      const ids = Array.from({ length: KEYS - EDGES.length }, (_, i) => `booking-${i}`);
      let models = 0;
      const others = [...EDGES, ...ids].filter((id) => {
        const { variant } = decide(flag, id);
        if (variant === 'model') models += 1;
        const { value, variant: given } = evaluate(id);
        return given !== variant || value !== (variant === 'model');
      });
      expect(others).toEqual([]);
      // Five standard deviations of a binomial, and one for the smallest shares.
      const expected = (KEYS * percentage) / 100;
      const spread = 5 * Math.sqrt(expected * (1 - percentage / 100)) + 1;
      expect(Math.abs(models - expected)).toBeLessThanOrEqual(spread);
    },
  );

  it('gives ids beyond ASCII the same variant as flagd, which hashes the bytes of UTF-8', () => {
    // Its JavaScript package hashes the units of UTF-16, so it is given each byte as a unit.
    const bytes = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
    for (const salt of ['ml-delay-prediction', 'été']) {
      const flag = flagOf({ salt, percentage: 50 });
      const evaluate = evaluator(flag, false, bytes);
      const ids = UNICODE.flatMap((id) => Array.from({ length: 20 }, (_, i) => `${id}${i}`));
      const seen = new Set(ids.map((id) => decide(flag, id).variant));
      expect([...seen].sort()).toEqual(['control', 'model']);
      for (const id of ids) expect([id, evaluate(id).variant]).toEqual([id, decide(flag, id).variant]);
    }
  });

  it.each([
    ['a flag that is off', flagOf({ enabled: false, percentage: 50 }), false, 'DISABLED'],
    ['nobody', flagOf({ percentage: 0 }), false, 'DISABLED'],
    ['a forced off', flagOf({ percentage: 100 }), true, 'FORCED_OFF'],
    ['no flag', null, false, 'DEFAULT'],
  ])(
    'is control for everybody with %s, whatever the caller defaults to',
    (_, flag, forcedOff, atmrReason) => {
      const evaluate = evaluator(flag, forcedOff);
      for (const id of ['1', 'booking-7', undefined]) {
        expect(evaluate(id)).toMatchObject({
          value: false,
          variant: 'control',
          flagMetadata: { atmrReason },
        });
      }
    },
  );

  it('is control without a targeting key', () => {
    const evaluate = evaluator(flagOf({ percentage: 99.99 }));
    for (const id of ['', undefined]) {
      expect(evaluate(id)).toMatchObject({ value: false, variant: 'control' });
    }
    expect(evaluate('booking-1').reason).toBe(StandardResolutionReasons.TARGETING_MATCH);
  });

  it('carries what it is a copy of', () => {
    const model = { name: 'spring', version: '7', sha256: '0e80b3eb'.repeat(8) };
    const { flags } = flagdDefinition({
      key: KEY,
      flag: flagOf({ percentage: 25, model }),
      forcedOff: false,
    });
    expect(flags[KEY]?.metadata).toEqual({
      ...{ revision: 7, percentage: 25, atmrReason: 'SPLIT', updatedAt: '2026-03-02T08:00:00.000Z' },
      model: 'spring 7 (0e80b3eb)',
    });
  });

  it('carries nothing of a flag that nobody wrote', () => {
    const { flags } = flagdDefinition({ key: KEY, flag: null, forcedOff: false });
    const nothing = { revision: 0, percentage: 0, atmrReason: 'DEFAULT' };
    expect(flags[KEY]?.metadata).toStrictEqual(nothing);
  });
});
