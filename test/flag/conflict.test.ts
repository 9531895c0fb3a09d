import { describe, expect, it } from 'vitest';
import { authorOf, conflict, superseded, whoDidWhat } from '../../src/flag/conflict.js';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { wallOf } from '../../src/flag/wall-time.js';
import { EVENT_KINDS, type Rollout } from '../../src/rollout/rollout.js';

const NOW = Date.UTC(2026, 2, 2, 12);
const teller = { key: 'k', timeZone: 'UTC', clock: { nowMs: () => NOW, monotonicMs: () => 0 } };
const author = { at: '2026-03-02T10:42:00.000Z', by: 'ana', reason: 'week 2' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author);
const flag: Flag = { ...content, revision: 7, changeId: 'c7', clears: [] };
const told = (changes: Partial<Flag>) => whoDidWhat(authorOf({ ...flag, ...changes }), wallOf(teller));

describe('a conflict', () => {
  it('says at which revision the flag is, and who did what, when and why', () => {
    const { code, message } = conflict(teller, 6, flag);
    expect(code).toBe('CONFLICT');
    for (const fact of ['flag k', 'revision 7', '6', 'ana', '25 %', '10:42', '“week 2”', 'atmr-ml status']) {
      expect(message).toContain(fact);
    }
  });

  it('with nothing says so', () => {
    const { message } = conflict(teller, 6, null);
    expect(message).toContain('revision 6');
    expect(message).not.toMatch(/null|undefined|ana/);
  });

  it('after the own write says as what that was recorded', () => {
    const { code, message } = superseded(teller, 8, authorOf(flag));
    expect(code).toBe('CONFLICT');
    for (const fact of ['flag k', 'revision 8', 'ana', '25 %', 'atmr-ml status'])
      expect(message).toContain(fact);
  });
});

describe('who did what', () => {
  it('tells each kind of change apart', () => {
    const actions = ['init', 'activate', 'disable', 'model'] as const;
    const texts = actions.map((action) => told({ action }));
    expect(new Set(texts).size).toBe(actions.length);
    for (const text of texts) expect(text).toMatch(/^ana \S.*\S at 10:42 \(“week 2”\)$/);
    expect(told({ action: 'percentage' })).toBe(told({ action: 'activate' }));
  });

  it('tells each move of a rollout apart', () => {
    const rollout = { phase: 'collecting' } as Rollout;
    const moves = EVENT_KINDS.map((event) => told({ action: 'rollout', rollout: { ...rollout, event } }));
    expect(new Set(moves).size).toBe(EVENT_KINDS.length);
    for (const text of moves) expect(text).toContain('25 %');
    const unknown = changedContent(unwrittenFlag('k'), { percentage: 25 }, 'rollout', author);
    expect(whoDidWhat(authorOf({ ...flag, ...unknown }), wallOf(teller))).toContain('25 %');
  });

  it('leaves out a reason that nobody gave, and keeps to one line', () => {
    expect(told({ reason: '' })).toMatch(/at 10:42$/);
    const text = told({ reason: 'a\nb', updatedBy: 'c\u001b[31md' });
    for (const mark of ['\n', '\u001b']) expect(text).not.toContain(mark);
  });
});
