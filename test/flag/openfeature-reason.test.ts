import { StandardResolutionReasons } from '@openfeature/core';
import { expect, it } from 'vitest';
import type { Reason } from '../../src/flag/decide.js';
import { openFeatureReason } from '../../src/flag/openfeature-reason.js';

const WORDS = {
  ...{ FORCED_OFF: 'DISABLED', DISABLED: 'DISABLED', SPLIT: 'SPLIT' },
  ...{ STALE: 'STALE', DEFAULT: 'DEFAULT', ERROR: 'ERROR' },
} as const satisfies Record<Reason, string>;

it.each(Object.entries(WORDS))('OpenFeature calls %s %s, a word that it has', (reason, word) => {
  expect(openFeatureReason(reason as Reason)).toBe(word);
  expect(Object.keys(StandardResolutionReasons)).toContain(word);
});
