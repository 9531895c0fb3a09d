import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { learn, type Observation } from '../../src/flag/observation.js';
import { EMPTY_STATE, type State } from '../../src/flag/state.js';

const author = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: '' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 10 }, 'activate', author);
const flagAt = (revision: number, changeId = `c${revision}`): Flag => ({
  ...content,
  revision,
  changeId,
  clears: [],
});
const at = (flag: Flag | null): State => ({ ...EMPTY_STATE, flag });
const seen = (from: Observation['from'], answer: State, floor: Flag | null) => ({
  from,
  answer,
  floor,
  sentMs: 0,
});

describe('learn', () => {
  it.each([
    ['the same', flagAt(5), flagAt(5), false],
    ['newer', flagAt(6), flagAt(5), false],
    ['older', flagAt(4), flagAt(5), true],
    ['empty', null, flagAt(5), true],
    ['a fork', flagAt(5, 'other'), flagAt(5), true],
    ['empty as before', null, null, false],
  ])('finds the record %s than the floor', (_what, flag, floor, regressed) => {
    const learned = learn(at(floor), seen('record', at(flag), floor));
    expect(learned.regressed).toBe(regressed);
    expect(learned.contact).toBe(!regressed);
  });

  it('compares with the floor of when it asked, not with what the copy told meanwhile', () => {
    const learned = learn(at(flagAt(6)), seen('record', at(flagAt(5)), flagAt(5)));
    expect(learned.regressed).toBe(false);
    expect(learned.state.flag?.revision).toBe(6);
  });

  it('takes a forced off from the journal, which says nothing of the stores', () => {
    const mark = { id: 'm', ...author, host: 'h' };
    const learned = learn(at(flagAt(5)), seen('journal', { ...EMPTY_STATE, marks: { m: mark } }, flagAt(5)));
    expect(learned).toMatchObject({ regressed: null, contact: false });
    expect(learned.state).toEqual({ ...at(flagAt(5)), marks: { m: mark } });
  });

  it('takes the flag of a copy that is newer, and never finds a copy regressed', () => {
    expect(learn(EMPTY_STATE, seen('copy', at(flagAt(5)), null))).toMatchObject({
      contact: true,
      regressed: null,
    });
    const forked = learn(at(flagAt(5)), seen('copy', at(flagAt(5, 'fork')), flagAt(5)));
    expect(forked.state.flag?.changeId).toBe('c5');
    expect(learn(EMPTY_STATE, seen('copy', EMPTY_STATE, null)).contact).toBe(false);
  });

  it('takes the marks of a record that lost data, not its flag', () => {
    const mark = { id: 'm', ...author, host: 'h' };
    const learned = learn(
      at(flagAt(5)),
      seen('record', { ...at(flagAt(5, 'fork')), marks: { m: mark } }, flagAt(5)),
    );
    expect(learned.state.flag?.changeId).toBe('c5');
    expect(learned.state.marks).toHaveProperty('m');
  });

  it.each([
    ['as new as we know', flagAt(5), true],
    ['older', flagAt(4), false],
    ['empty', null, false],
  ])('has contact with a copy that is %s', (_what, flag, contact) => {
    const learned = learn(at(flagAt(5)), seen('copy', at(flag), flagAt(5)));
    expect(learned).toMatchObject({ contact, regressed: null });
  });
});
