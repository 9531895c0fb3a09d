import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { type Edit, planEdit } from '../../src/flag/plan.js';
import { EMPTY_STATE } from '../../src/flag/state.js';

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
