import { describe, expect, it } from 'vitest';
import { idHash } from '../../src/booking/id-hash.js';
import { localTime } from '../../src/booking/local-time.js';
import type { TrainingData } from '../../src/model/manifest.js';
import { exclusionRules } from '../../src/replay/selection.js';
import { booking } from './booking.js';

const ALWAYS = { fromMs: null, untilMs: null };
const UNTRAINED: TrainingData = {
  rows: 0,
  from: null,
  to: null,
  trainedUntil: null,
  simulated: false,
  hash: '',
};
const at = (iso: string) => localTime(Date.parse(iso), 'Europe/Zurich');

describe('exclusionRules', () => {
  const rules = exclusionRules(ALWAYS, UNTRAINED);

  it.each([
    ['a settled booking', {}, null],
    ['an early pickup', { actualDelayMinutes: -12 }, null],
    ['180 min late', { actualDelayMinutes: 180 }, null],
    ['later than 180 min', { actualDelayMinutes: 180.5 }, 'delay_over_180_min'],
    ['earlier than 180 min', { actualDelayMinutes: -181 }, 'delay_over_180_min'],
    ['no outcome', { actualDelayMinutes: null }, 'not_settled'],
  ] as const)('%s', (_, changes, reason) => {
    expect(rules(booking(changes))).toBe(reason);
  });

  it('leaves out what the model learned from, to the instant', () => {
    const trained = exclusionRules(ALWAYS, { ...UNTRAINED, trainedUntil: '2026-03-02T09:00:00.000Z' });
    expect(trained(booking({ scheduled: at('2026-03-02T09:00:00Z') }))).toBe('seen_in_training');
    expect(trained(booking({ scheduled: at('2026-03-02T09:00:01Z') }))).toBe(null);
  });

  it.each([
    ['real', 'real', 'may_be_seen_in_training'],
    ['simulated', 'simulated', 'may_be_seen_in_training'],
    ['real', 'simulated', null],
    ['simulated', 'real', null],
  ] as const)('an untimed %s booking, before a timed model of %s ones', (kind, learned, reason) => {
    const trainedUntil = '2026-03-02T09:00:00.000Z';
    const trained = exclusionRules(ALWAYS, {
      ...UNTRAINED,
      trainedUntil,
      simulated: learned === 'simulated',
    });
    expect(trained(booking({ scheduled: null, simulated: kind === 'simulated' }))).toBe(reason);
  });

  it('leaves out training ids of a table without time', () => {
    const ids = ['a', 'b'].map(idHash).sort((x, y) => (x < y ? -1 : 1));
    const bytes = Buffer.alloc(16);
    for (const [i, id] of ids.entries()) bytes.writeBigUInt64BE(id, i * 8);
    const trained = exclusionRules(ALWAYS, { ...UNTRAINED, trainingIds: bytes.toString('base64') });
    expect(['a', 'b', 'c'].map((id) => trained(booking({ id, scheduled: null })))).toEqual([
      'seen_in_training',
      'seen_in_training',
      null,
    ]);
  });

  it('takes the window from its first instant up to, not including, its end', () => {
    const window = { fromMs: Date.parse('2026-03-02T00:00Z'), untilMs: Date.parse('2026-03-03T00:00Z') };
    const inside = exclusionRules(window, UNTRAINED);
    expect(inside(booking({ scheduled: at('2026-03-01T23:59:59Z') }))).toBe('outside_window');
    expect(inside(booking({ scheduled: at('2026-03-02T00:00:00Z') }))).toBe(null);
    expect(inside(booking({ scheduled: at('2026-03-03T00:00:00Z') }))).toBe('outside_window');
    expect(inside(booking({ scheduled: null }))).toBe('outside_window');
  });
});
