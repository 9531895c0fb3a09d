import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import {
  activeMarks,
  EMPTY_STATE,
  hasMark,
  join,
  lacks,
  type State,
  sameKnowledge,
} from '../../src/flag/state.js';

const author = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: '' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 10 }, 'activate', author);
const flagAt = (revision: number): Flag => ({ ...content, revision, changeId: `c${revision}`, clears: [] });
const IDS = ['a', 'b', 'c', 'd'];

/** States of one history: a revision has one content, a mark one text, an ending one revision. */
const states: fc.Arbitrary<State> = fc.record({
  flag: fc.option(fc.integer({ min: 1, max: 5 }).map(flagAt)),
  marks: fc
    .subarray(IDS)
    .map((ids) => Object.fromEntries(ids.map((id) => [id, { id, ...author, host: 'h' }]))),
  ended: fc.subarray(IDS).map((ids) => Object.fromEntries(ids.map((id) => [id, 3]))),
});

describe('join', () => {
  it('is commutative, associative, idempotent, and knows nothing of itself', () => {
    fc.assert(
      fc.property(states, states, states, (a, b, c) => {
        expect(join(a, b)).toEqual(join(b, a));
        expect(join(join(a, b), c)).toEqual(join(a, join(b, c)));
        expect(join(a, a)).toEqual(a);
        expect(join(a, EMPTY_STATE)).toEqual(a);
      }),
    );
  });

  it('keeps the first of two flags of one revision', () => {
    const other = { ...flagAt(2), changeId: 'other' };
    expect(join({ ...EMPTY_STATE, flag: flagAt(2) }, { ...EMPTY_STATE, flag: other }).flag?.changeId).toBe(
      'c2',
    );
  });

  it('never forgets a mark, and never brings back one that ended', () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const both = join(a, b);
        for (const mark of [...activeMarks(a), ...activeMarks(b)]) expect(hasMark(both, mark.id)).toBe(true);
        for (const { id } of activeMarks(both)) expect(a.ended[id] ?? b.ended[id]).toBeUndefined();
      }),
    );
  });
});

describe('a forced off', () => {
  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('holds under the id %s too', (id) => {
    expect(hasMark(EMPTY_STATE, id)).toBe(false);
    const marked: State = { ...EMPTY_STATE, marks: { [id]: { id, ...author, host: 'h' } } };
    expect(activeMarks(marked)).toHaveLength(1);
    expect(lacks(EMPTY_STATE, marked)).toBe(true);
    const ended = join(marked, { ...EMPTY_STATE, ended: { [id]: 3 } });
    expect(activeMarks(ended)).toEqual([]);
    expect(hasMark({ ...EMPTY_STATE, ended: { [id]: 3 } }, id)).toBe(true);
    expect(lacks(marked, ended)).toBe(true);
  });
});

describe('sameKnowledge and lacks', () => {
  it('tell flags apart by their change and by their revision', () => {
    const known = (flag: Flag | null): State => ({ ...EMPTY_STATE, flag });
    const two = flagAt(2);
    expect(sameKnowledge(known(two), known({ ...two }))).toBe(true);
    // After a store lost data, a revision can come again with another content, and a change with another revision.
    expect(sameKnowledge(known(two), known({ ...two, changeId: 'other' }))).toBe(false);
    expect(sameKnowledge(known(two), known({ ...two, revision: 3 }))).toBe(false);
    expect(sameKnowledge(known(two), EMPTY_STATE)).toBe(false);
    expect(sameKnowledge(EMPTY_STATE, known(two))).toBe(false);
    expect(sameKnowledge(EMPTY_STATE, EMPTY_STATE)).toBe(true);
    expect(lacks(EMPTY_STATE, known(two))).toBe(true);
  });

  it('agree with the join: nothing new, nothing lacking', () => {
    fc.assert(
      fc.property(states, states, (a, b) => {
        const both = join(a, b);
        expect(sameKnowledge(a, both)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(both)));
        expect(lacks(both, both)).toBe(false);
      }),
    );
  });

  it.each<[string, State, boolean]>([
    ['a newer flag', { ...EMPTY_STATE, flag: flagAt(2) }, true],
    [
      'an active mark',
      { ...EMPTY_STATE, flag: flagAt(1), marks: { a: { id: 'a', ...author, host: 'h' } } },
      true,
    ],
    [
      'only a mark that has ended',
      { flag: flagAt(1), marks: { a: { id: 'a', ...author, host: 'h' } }, ended: { a: 1 } },
      false,
    ],
  ])('a store without %s', (_what, known, lacking) => {
    expect(lacks({ ...EMPTY_STATE, flag: flagAt(1) }, known)).toBe(lacking);
  });
});

function sorted({ flag, marks, ended }: State) {
  return [flag?.revision, Object.keys(marks).sort(), Object.keys(ended).sort()];
}
