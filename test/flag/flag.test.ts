import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedContent, FLAG_KEY, type Flag, type FlagAction, unwrittenFlag } from '../../src/flag/flag.js';
import type { Rollout } from '../../src/rollout/rollout.js';

const START = '2026-03-01T08:00:00.000Z';
const author = { at: '2026-03-02T10:42:00.000Z', by: 'ana', reason: 'week 2' };
const spring = { name: 'spring', version: '7', sha256: 'aa' };
const summer = { name: 'summer', version: '1', sha256: 'bb' };

/** Two steps up, with the first model. */
const rollout: Rollout = {
  ...{ phase: 'collecting', step: 2, percentages: [5, 10, 25, 100], event: 'confirmed', planId: 'p' },
  ...{ startedAt: START, stepAt: START, baselineAt: START, phaseAt: START },
  ...{ model: spring.sha256, stop: null, approvals: [] },
};
const flag: Flag = {
  ...unwrittenFlag('k'),
  ...{ enabled: true, percentage: 25, salt: 'pepper', model: spring, action: 'rollout', rollout },
  ...{ revision: 7, changeId: 'c7', clears: ['m0'], updatedAt: START, updatedBy: 'bo', reason: 'week 1' },
};
const { rollout: _, ...plain } = flag;

describe('a flag that nobody wrote', () => {
  it('is off, falls back on errors, names no model, and is salted with its key', () => {
    expect(unwrittenFlag('k')).toStrictEqual({
      ...{ key: 'k', enabled: false, percentage: 0, fallbackOnError: true, salt: 'k', model: null },
      ...{ updatedAt: '1970-01-01T00:00:00.000Z', updatedBy: '', reason: '', action: 'init' },
    });
  });
});

describe('the key of a flag', () => {
  it.each(['ml-delay-prediction', 'a', 'A.b_c-9', '...', '.a', 'k'.repeat(100)])('may be %s', (key) => {
    expect(FLAG_KEY.test(key)).toBe(true);
  });

  it.each(['', '.', '..', 'a/b', '../a', 'a b', 'é', 'a:b', 'a\n', 'k'.repeat(101)])('is not "%s"', (key) => {
    expect(FLAG_KEY.test(key)).toBe(false);
  });
});

describe('a change', () => {
  const changes = fc.record(
    {
      enabled: fc.boolean(),
      percentage: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100),
      fallbackOnError: fc.boolean(),
      model: fc.option(fc.constantFrom(spring, summer)),
    },
    { requiredKeys: [] },
  );
  const actions = fc.constantFrom<FlagAction>('init', 'activate', 'percentage', 'disable', 'model');

  it('changes what it names, says who made it, and leaves the rest; what the record decides is not in it', () => {
    const { revision: _r, changeId: _c, clears: _m, ...before } = plain;
    fc.assert(
      fc.property(changes, actions, (named, action) => {
        expect(changedContent(plain, named, action, author)).toStrictEqual({
          ...before,
          ...named,
          ...{ updatedAt: author.at, updatedBy: 'ana', reason: 'week 2', action },
        });
      }),
    );
  });
});

/** The content after a change of the flag whose rollout is under way; `was` is what was different before. */
const changed = (
  action: FlagAction,
  changes: Parameters<typeof changedContent>[1],
  was: Partial<Flag> = {},
  reason = author.reason,
) => changedContent({ ...flag, ...was }, changes, action, { ...author, reason });

describe('a rollout under way', () => {
  const manual = { code: 'manual_change', text: 'ana: week 2', from: 'collecting' };

  it.each<[string, FlagAction, number]>([
    ['more', 'percentage', 40],
    ['less', 'percentage', 10],
    ['with an activate', 'activate', 26],
  ])('is held by a share that is set by hand: %s', (_what, action, percentage) => {
    const content = changed(action, { enabled: true, percentage });
    expect(content).toMatchObject({ percentage, enabled: true });
    expect(content.rollout).toEqual({
      ...rollout,
      ...{ phase: 'held', event: 'manual', stop: manual, phaseAt: author.at },
    });
  });

  it('is held by an activate that switches on at the same share', () => {
    const { rollout: held } = changed('activate', { enabled: true, percentage: 25 }, { enabled: false });
    expect(held).toMatchObject({ phase: 'held', stop: manual });
  });

  it.each<[string, FlagAction, Parameters<typeof changedContent>[1], Partial<Flag>]>([
    ['the share that it has', 'activate', { enabled: true, percentage: 25 }, {}],
    ['a share while the flag is off', 'percentage', { percentage: 40 }, { enabled: false }],
    ['switching off', 'percentage', { enabled: false }, {}],
    ['the model that it is of', 'model', { model: spring }, {}],
    ['the same model under another name', 'model', { model: { ...summer, sha256: 'aa' } }, {}],
  ])('is not moved by %s', (_what, action, changes, was) => {
    expect(changed(action, changes, was)).toMatchObject({ ...changes, rollout });
  });

  it('keeps a share that was set by hand where the model is chosen that it has', () => {
    const held = changed('percentage', { percentage: 40 }).rollout!;
    const same = changed('model', { model: spring }, { percentage: 40, rollout: held });
    expect(same).toMatchObject({ percentage: 40, rollout: held });
  });

  it('is rolled back by a disable', () => {
    const content = changed('disable', { enabled: false, percentage: 0 });
    expect(content).toMatchObject({ enabled: false, percentage: 0 });
    expect(content.rollout).toMatchObject({
      ...{ phase: 'rolled_back', event: 'forced_off', step: 2 },
      stop: { code: 'forced_off', text: 'ana: week 2', from: 'collecting' },
    });
  });

  it('tells of a reason that nobody gave', () => {
    const { rollout: held } = changed('percentage', { percentage: 40 }, {}, '');
    expect(held?.stop?.text).toBe('ana: no reason given');
  });

  it('begins again at its first step with another model, and with that step’s share', () => {
    const content = changed('model', { model: summer });
    expect(content).toMatchObject({ model: summer, percentage: 10, enabled: true });
    expect(content.rollout).toMatchObject({ phase: 'collecting', step: 1, event: 'model', model: 'bb' });
    expect(content.rollout).toMatchObject({ stepAt: author.at, baselineAt: author.at, startedAt: START });
  });

  it('begins again when the flag names no model any more', () => {
    expect(changed('model', { model: null }).rollout).toMatchObject({ step: 1, model: null });
  });

  it('never gives another model more than the flag gave the one before', () => {
    expect(changed('model', { model: summer }, { percentage: 3 }).percentage).toBe(3);
  });

  it('leaves the share of a flag that is off to whoever switches it on', () => {
    const content = changed('model', { model: summer }, { enabled: false, percentage: 40 });
    expect(content).toMatchObject({ enabled: false, percentage: 40, rollout: { model: 'bb', step: 1 } });
  });

  it('is what a move of it says, and the share with it', () => {
    const next: Rollout = { ...rollout, phase: 'advancing', step: 3, event: 'advance' };
    const content = changed('rollout', { enabled: true, percentage: 100, rollout: next });
    expect(content).toMatchObject({ percentage: 100, rollout: next, action: 'rollout' });
    expect(content.rollout).toBe(next);
  });

  it('begins with the move that starts it', () => {
    const started = changedContent(plain, { percentage: 10, rollout }, 'rollout', author);
    expect(started).toMatchObject({ percentage: 10, rollout });
  });
});
