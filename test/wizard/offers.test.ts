import { describe, expect, it } from 'vitest';
import { shellWord } from '../../src/render/shell-word.js';
import { commandOf, offersFor } from '../../src/wizard/offers.js';
import { GOOD, rolloutBy, surveyBy } from '../render/survey-by-hand.js';

const offers = (...given: Parameters<typeof surveyBy>) => offersFor(surveyBy(...given).assessment);
const stop = { code: 'operator', text: '', from: 'collecting' } as const;

describe('what is offered at the weekly look', () => {
  it('is first what the evidence speaks for', () => {
    expect(offers()[0]).toBe('advance');
    expect(offers({ rollout: null })).toEqual(['start', 'nothing']);
    expect(offers({ evidence: { ...GOOD, days: [] } })[0]).toBe('nothing');
    expect(offers({ rollout: rolloutBy({ phase: 'complete', step: 4 }) })[0]).toBe('nothing');
  });

  it('never raises the traffic by the key that is pressed without reading, once something stopped it', () => {
    for (const phase of ['held', 'rolled_back'] as const) {
      expect(offers({ rollout: rolloutBy({ phase, stop }) })[0]).toBe('nothing');
    }
    const off = rolloutBy({ phase: 'rolled_back', stop: { ...stop, code: 'forced_off' } });
    expect(offers({ rollout: off })).toEqual(['nothing', 'start']);
    expect(offers({ rollout: rolloutBy({ phase: 'rolled_back', stop }) })).toContain('resume');
    expect(offers({ situation: { forcedOff: true } })[0]).toBe('nothing');
    expect(offers({ situation: { breaches: [{ action: 'roll_back', text: '' }] } })[0]).toBe('rollback');
  });

  it('is what a command without questions does as well', () => {
    expect(commandOf('advance', "it's week 2", shellWord)).toBe(
      "atmr-ml rollout advance --yes --reason 'it'\\''s week 2'",
    );
    expect(commandOf('rollback', '', shellWord)).toBe('atmr-ml rollout rollback');
  });
});
