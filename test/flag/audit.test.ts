import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditedFlag, newAuditEntry, verifyChain } from '../../src/flag/audit.js';
import type { Flag } from '../../src/flag/flag.js';
import type { AuditEntry } from '../../src/flag/store.js';
import { command } from '../contract/commands.js';

const KEY = 'ml-delay-prediction';

/** A history of so many writes, newest first, and the flag it leaves. */
function historyOf(writes: number): { entries: AuditEntry[]; flag: Flag | null } {
  const entries: AuditEntry[] = [];
  let flag: Flag | null = null;
  for (let i = 0; i < writes; i++) {
    const newest = entries[0] ?? null;
    const read = { flag, marks: {}, ended: {}, head: newest?.hash ?? null };
    const entry = newAuditEntry(
      command(KEY, read, { kind: 'percentage', named: [`mark-${i}`], floor: i % 3 === 2 ? i * 2 : 0 }),
    );
    entries.unshift({ ...entry, before: newest?.after ?? null });
    flag = { ...entry.after, clears: ['not audited'] };
  }
  return { entries, flag };
}

const { entries: HISTORY, flag: FLAG } = historyOf(6);

describe('verifyChain', () => {
  it('accepts what writers made, a window of it, and nothing at all', () => {
    expect(verifyChain(HISTORY, FLAG)).toEqual({ kind: 'intact', rows: 6 });
    expect(verifyChain(HISTORY.slice(0, 3), FLAG)).toEqual({ kind: 'intact', rows: 3 });
    expect(verifyChain([], null)).toEqual({ kind: 'intact', rows: 0 });
  });

  it('does not mind the order of names in a document', () => {
    const turned = (value: object) => Object.fromEntries(Object.entries(value).reverse());
    const entries = HISTORY.map((entry) => ({ ...entry, after: turned(entry.after) }) as AuditEntry);
    expect(verifyChain(entries, FLAG)).toEqual({ kind: 'intact', rows: 6 });
  });

  it('finds any change of any field of any row', () => {
    const fields = [
      'revision',
      'changeId',
      'at',
      'by',
      'action',
      'reason',
      'named',
      'before',
      'after',
      'previousHash',
      'hash',
    ] as const;
    fc.assert(
      fc.property(fc.nat(HISTORY.length - 1), fc.constantFrom(...fields), (i, field) => {
        const forged = { ...HISTORY[i]!, [field]: forge(HISTORY[i]![field]) };
        expect(verifyChain(HISTORY.with(i, forged), FLAG).kind).toBe('broken');
      }),
      { numRuns: 300 },
    );
  });

  it('finds a change inside the flag a row left', () => {
    const [newest, ...older] = HISTORY;
    const forged = { ...newest!, after: { ...newest!.after, percentage: 99 } };
    const verdict = verifyChain([forged, ...older], { ...FLAG!, percentage: 99 });
    expect(verdict).toEqual({
      kind: 'broken',
      revision: newest!.revision,
      fault: 'the row does not match its hash',
    });
  });

  it('finds a row that is missing, at the end too', () => {
    for (let i = 0; i < HISTORY.length - 1; i++) {
      expect(verifyChain(HISTORY.toSpliced(i, 1), FLAG).kind).toBe('broken');
    }
    expect(verifyChain([], FLAG).kind).toBe('broken');
  });

  it('says of which row, and what is wrong with it', () => {
    const [newest, second, ...older] = HISTORY;
    const rest = [newest!, ...older];
    const missing = 'the row before it is missing or was replaced';
    expect(verifyChain(rest, FLAG)).toEqual({ kind: 'broken', revision: newest!.revision, fault: missing });
    const before = 'what it says was before is not what the row before left';
    const forged = { ...second!, before: { ...second!.before!, percentage: 99 } };
    expect(verifyChain([newest!, forged, ...older], FLAG)).toEqual({
      ...{ kind: 'broken', revision: second!.revision, fault: before },
    });
    const first = { ...HISTORY.at(-1)!, before: newest!.after };
    expect(verifyChain([...HISTORY.slice(0, -1), first], FLAG)).toEqual({
      ...{ kind: 'broken', revision: first.revision, fault: before },
    });
    const left = 'the flag is not what the newest row left';
    expect(verifyChain(HISTORY, null)).toEqual({ kind: 'broken', revision: newest!.revision, fault: left });
    expect(verifyChain([], FLAG)).toEqual({ kind: 'broken', revision: FLAG!.revision, fault: left });
  });

  it('finds revisions that do not rise, though each row fits its hash', () => {
    const read = { flag: null, marks: {}, ended: {}, head: null };
    const first = { ...newAuditEntry(command(KEY, read, { floor: 4 })), before: null };
    const again = command(KEY, { ...read, head: first.hash }, { floor: 4 });
    const second = { ...newAuditEntry(again), before: first.after };
    const flag = { ...second.after, clears: [] };
    expect(verifyChain([second, first], flag)).toEqual({
      ...{ kind: 'broken', revision: 5, fault: 'its revision is not above the one before' },
    });
  });

  it('finds a flag that was edited past the audit', () => {
    const verdict = verifyChain(HISTORY, { ...FLAG!, percentage: 100 });
    expect(verdict).toMatchObject({ fault: 'the flag is not what the newest row left' });
  });
});

describe('newAuditEntry', () => {
  it.each([
    [0, 0, 1],
    [6, 0, 7],
    [6, 9, 10],
    [9, 6, 10],
  ])('at revision %i, where somebody has seen %i, makes %i', (expected, floor, revision) => {
    const made = { ...command(KEY, { flag: null, marks: {}, ended: {}, head: null }), expected, floor };
    const entry = newAuditEntry(made);
    expect([entry.revision, entry.after.revision]).toEqual([revision, revision]);
  });

  it('names the marks in order, whoever listed them', () => {
    const made = command(KEY, { flag: null, marks: {}, ended: {}, head: null }, { named: ['b', 'a'] });
    expect(newAuditEntry(made).named).toEqual(['a', 'b']);
    expect(made.named).toEqual(['b', 'a']);
  });

  it('writes times as they are read back', () => {
    const made = command(KEY, { flag: null, marks: {}, ended: {}, head: null });
    const entry = newAuditEntry({
      ...made,
      content: { ...made.content, updatedAt: '2026-11-02T11:42:00+01:00' },
    });
    expect(entry.at).toBe('2026-11-02T10:42:00.000Z');
    expect(entry.after.updatedAt).toBe(entry.at);
  });

  it('keeps the flag without its bookkeeping', () => {
    expect(auditedFlag(FLAG!)).not.toHaveProperty('clears');
  });
});

function forge(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return `${value}x`;
  if (value === null) return 'x';
  return Array.isArray(value) ? [...value, 'x'] : { ...value, salt: 'x' };
}
