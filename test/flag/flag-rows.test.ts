import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { auditedFlag } from '../../src/flag/audit.js';
import { readDocument } from '../../src/flag/documents.js';
import type { Flag } from '../../src/flag/flag.js';
import {
  auditRowSchema,
  flagRowSchema,
  instanceRowSchema,
  markRowSchema,
  snapshotSchema,
} from '../../src/flag/flag-rows.js';
import type { AuditEntry, InstanceReport } from '../../src/flag/store.js';
import { flags } from './flags.js';

const AT = '2026-03-02T10:42:00.123Z';
const AT_MS = Date.UTC(2026, 2, 2, 10, 42, 0, 123);
const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));

/** How a database gives back a truth value and a list. */
interface Database {
  readonly truth: (value: boolean) => boolean | number;
  readonly list: (ids: readonly string[]) => unknown;
}
const sqlite: Database = { truth: Number, list: json };
const postgres: Database = { truth: (value) => value, list: (ids) => ids };

const flagRow = (flag: Flag, { truth, list } = sqlite) => ({
  key: flag.key,
  enabled: truth(flag.enabled),
  percentage: flag.percentage,
  fallback_on_error: truth(flag.fallbackOnError),
  salt: flag.salt,
  model: json(flag.model),
  revision: flag.revision,
  change_id: flag.changeId,
  clears: list(flag.clears),
  updated_at: Date.parse(flag.updatedAt),
  updated_by: flag.updatedBy,
  reason: flag.reason,
  action: flag.action,
  rollout: json(flag.rollout),
});
const auditRow = (entry: AuditEntry, { list } = sqlite) => ({
  revision: entry.revision,
  change_id: entry.changeId,
  at: Date.parse(entry.at),
  by: entry.by,
  action: entry.action,
  reason: entry.reason,
  named: list(entry.named),
  before: json(entry.before),
  after: json(entry.after),
  prev_hash: entry.previousHash,
  hash: entry.hash,
});
const markRow = (id: string, endedRevision: number | null) => ({
  ...{ id, at: AT_MS, by: 'ana', reason: 'fire', host: 'host-1', ended_revision: endedRevision },
});
const mark = (id: string) => ({ id, at: AT, by: 'ana', reason: 'fire', host: 'host-1' });

describe.each([
  ['SQLite', sqlite],
  ['Postgres', postgres],
] as const)('rows as %s gives them', (_name, database) => {
  it('are the flag that was written', () => {
    fc.assert(
      fc.property(flags, (flag) => {
        expect(v.parse(flagRowSchema, flagRow(flag, database))).toStrictEqual(flag);
      }),
    );
  });

  it('are the audit that was written', () => {
    const hash = fc.option(fc.string());
    fc.assert(
      fc.property(fc.option(flags), flags, hash, (before, after, previousHash) => {
        const entry: AuditEntry = {
          ...{ revision: after.revision, changeId: after.changeId, at: AT, by: 'ana', reason: 'week 2' },
          ...{ action: after.action, named: after.clears, hash: 'ab', previousHash },
          ...{ before: before && auditedFlag(before), after: auditedFlag(after) },
        };
        expect(v.parse(auditRowSchema, auditRow(entry, database))).toStrictEqual(entry);
      }),
    );
  });
});

describe('the row of a mark', () => {
  it.each([null, 7])('is the mark, and the revision that ended it: %s', (endedRevision) => {
    expect(v.parse(markRowSchema, markRow('m1', endedRevision))).toStrictEqual({
      mark: mark('m1'),
      endedRevision,
    });
  });
});

describe('the row of an instance', () => {
  const report: InstanceReport = {
    ...{ instance: 'i1', host: 'h', pid: 7, url: null, revision: 7, changeId: 'c7', model: null },
    ...{ off: ['m1'], at: AT },
  };

  it('is its report, and how long ago it was seen', () => {
    const row = { id: 'i1', report: JSON.stringify(report), seen_ago: 812 };
    expect(v.parse(instanceRowSchema, row)).toStrictEqual({ report, seenAgoMs: 812 });
  });

  it('names the instance where its report cannot be read', () => {
    const { report: unread, seenAgoMs } = v.parse(instanceRowSchema, { id: 'i2', report: '{', seen_ago: 3 });
    expect({ ...unread, seenAgoMs }).toMatchObject({ instance: 'i2', revision: 0, off: [], seenAgoMs: 3 });
  });
});

describe('a snapshot', () => {
  it('has the flag, every mark, and of those that ended the revision', () => {
    fc.assert(
      fc.property(flags, (flag) => {
        const rows = { flag: flagRow(flag), marks: [markRow('m0', 6), markRow('m1', null)], head: 'ab' };
        expect(v.parse(snapshotSchema, rows)).toStrictEqual({
          ...{ flag, head: 'ab', marks: { m0: mark('m0'), m1: mark('m1') }, ended: { m0: 6 } },
        });
      }),
    );
  });

  it('of a flag that nobody wrote is empty', () => {
    const nothing = { flag: null, marks: [], head: null };
    expect(v.parse(snapshotSchema, nothing)).toStrictEqual({ flag: null, marks: {}, ended: {}, head: null });
  });

  it('keeps a forced off under whatever id', () => {
    const rows = { flag: null, marks: [markRow('__proto__', null), markRow('constructor', 3)], head: null };
    const { marks, ended } = v.parse(snapshotSchema, rows);
    expect(Object.keys(marks)).toEqual(['__proto__', 'constructor']);
    expect(Object.entries(ended)).toEqual([['constructor', 3]]);
  });

  it.each([
    ['flag.percentage', { percentage: 101 }],
    ['flag.percentage', { percentage: null }],
    ['flag.enabled', { enabled: 'true' }],
    ['flag.clears', { clears: 'm0' }],
    ['flag.updated_at', { updated_at: AT }],
    ['flag.model', { model: '{' }],
    ['flag.action', { action: 'enable' }],
  ])('is no answer where %s is wrong: %o', (path, wrong) => {
    const [flag] = fc.sample(flags, { numRuns: 1, seed: 7 });
    const rows = { flag: { ...flagRow(flag!), ...wrong }, marks: [], head: null };
    const message = expect.stringContaining(`SQLite holds something unreadable at ${path}: `);
    expect(() => readDocument(snapshotSchema, rows, 'SQLite')).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE', message }),
    );
  });

  it('is no answer where a mark has a time that is none', () => {
    const rows = { flag: null, marks: [{ ...markRow('m1', null), at: 1e99 }], head: null };
    expect(() => readDocument(snapshotSchema, rows, 'SQLite')).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE' }),
    );
  });
});
