import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { changesNothing, type Edit, flagOf, planEdit, previewOf } from '../../src/flag/plan.js';
import { EMPTY_STATE, type State } from '../../src/flag/state.js';
import type { Sighting } from '../../src/flag/sync.js';

const authorship = { at: '2026-03-01T10:00:00.000Z', by: 'ana', reason: '' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', authorship);
const on: Flag = { ...content, revision: 4, changeId: 'c4', clears: [] };
const edits = {
  percentage: { kind: 'percentage', changes: { percentage: 30 }, endsMarks: false },
  activate: { kind: 'activate', changes: { enabled: true, percentage: 30 }, endsMarks: true },
} satisfies Record<string, Edit>;
const asked = { authorship, ifRevision: null, dryRun: false };

describe('planEdit', () => {
  it.each([
    ['percentage', null, false],
    ['activate', null, true],
    ['percentage', on, true],
  ] as const)(
    '%s with a disk that knows "on" and a record that has %o: enabled %s',
    (kind, flag, enabled) => {
      const record = { ...EMPTY_STATE, flag, head: null };
      const plan = planEdit('k', record, { ...EMPTY_STATE, flag: on }, [], edits[kind], asked);
      expect(plan.content).toMatchObject({ enabled, percentage: 30 });
    },
  );
});

const mark = { id: 'm1', at: authorship.at, by: 'bo', reason: 'fire', host: 'h' };
const firstModel = { name: 'delay', version: '1', sha256: 'a' };

/** A plan for a record that has this, by an operator who knows nothing besides. */
function planned(
  edit: Edit,
  {
    record = {},
    known = EMPTY_STATE,
    seen = [],
  }: { record?: Partial<State>; known?: State; seen?: Sighting[] },
) {
  return planEdit('k', { ...EMPTY_STATE, flag: on, head: null, ...record }, known, seen, edit, asked);
}

describe('a planned edit', () => {
  it('ends the marks that hold in the record, if it is one that ends marks, and no others', () => {
    const other = { ...mark, id: 'm2' };
    const record = { marks: { m1: mark, m2: other }, ended: { m2: 3 } };
    const known = { ...EMPTY_STATE, marks: { m3: { ...mark, id: 'm3' } } };
    expect(planned(edits.activate, { record, known }).named).toEqual(['m1']);
    expect(planned(edits.percentage, { record, known }).named).toEqual([]);
  });

  it('gives a model to a flag that has none, and keeps the one there is', () => {
    const edit = { ...edits.activate, firstModel };
    const model = { ...firstModel, sha256: 'b' };
    expect(planned(edit, {}).content.model).toEqual(firstModel);
    expect(planned(edit, { record: { flag: { ...on, model } } }).content.model).toEqual(model);
    expect(planned(edits.activate, {}).content.model).toBeNull();
    expect(planned({ ...edit, changes: { model } }, {}).content.model).toEqual(model);
  });

  it('is of a change of its own, and says who makes it', () => {
    const [one, another] = [planned(edits.activate, {}), planned(edits.activate, {})];
    expect(one.changeId).not.toBe(another.changeId);
    expect(one.content).toMatchObject({ updatedBy: 'ana', updatedAt: authorship.at, action: 'activate' });
  });

  it('becomes the flag with the endings that are still open, and its own', () => {
    const record = { flag: { ...on, clears: ['m0', 'm1'] }, marks: { m1: mark } };
    expect(flagOf(planned(edits.activate, { record }), 9)).toMatchObject({
      ...{ revision: 9, percentage: 30, enabled: true, clears: ['m0', 'm1'] },
    });
    expect(flagOf(planned(edits.activate, { record: { flag: null } }), 1).clears).toEqual([]);
  });

  it.each([
    ['of the record', {}, 5],
    ['that anybody has seen', { seen: [{ revision: 8, changeId: 'c8' }] }, 9],
    ['of nobody', { record: { flag: null } }, 1],
  ])('is shown above the revision %s', (_what, given, revision) => {
    expect(previewOf(planned(edits.activate, given)).revision).toBe(revision);
  });
});

describe('a change that changes nothing', () => {
  const same: Edit = { kind: 'activate', changes: { enabled: true, percentage: 25 }, endsMarks: true };
  const rollout = { phase: 'complete' } as Flag['rollout'];
  it.each<[string, Edit, Parameters<typeof planned>[1], boolean]>([
    ['says what the flag says', same, {}, true],
    ['sets another share', { ...same, changes: { enabled: true, percentage: 26 } }, {}, false],
    ['switches off', { ...same, changes: { enabled: false, percentage: 25 } }, {}, false],
    ['brings a model', { ...same, changes: { ...same.changes, model: firstModel } }, {}, false],
    ['moves a rollout', { ...same, changes: { ...same.changes, rollout: rollout! } }, {}, false],
    ['ends a mark', same, { record: { marks: { m1: mark } } }, false],
    ['leaves a mark', { ...same, endsMarks: false }, { record: { marks: { m1: mark } } }, true],
    ['carries an ending', same, { record: { flag: { ...on, clears: ['m0'] } } }, false],
    ['writes for the first time', same, { record: { flag: null } }, false],
    ['is above what others saw', same, { seen: [{ revision: 3, changeId: 'x' }] }, true],
    ['is what others saw', same, { seen: [{ revision: 4, changeId: 'c4' }] }, true],
    ['is not what others saw', same, { seen: [{ revision: 4, changeId: 'x' }] }, false],
    ['is below what others saw', same, { seen: [{ revision: 5, changeId: 'x' }] }, false],
  ])('%s', (_what, edit, given, isNothing) => {
    expect(changesNothing(planned(edit, given))).toBe(isNothing);
  });
});
