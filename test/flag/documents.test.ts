import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { auditedFlag } from '../../src/flag/audit.js';
import {
  auditEntrySchema,
  flagSchema,
  jsonText,
  markSchema,
  readDocument,
  readReport,
} from '../../src/flag/documents.js';
import { type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Mark } from '../../src/flag/state.js';
import type { AuditEntry, InstanceReport } from '../../src/flag/store.js';
import { flags } from './flags.js';

const STORE = 'Redis at cache:6379';
const AT = '2026-03-02T10:42:00.000Z';
const flag = {
  ...unwrittenFlag('k'),
  ...{ enabled: true, percentage: 25, model: { name: 'spring', version: '7', sha256: 'aa' } },
  ...{ revision: 7, changeId: 'c7', clears: ['m0'], updatedAt: AT, updatedBy: 'ana', action: 'rollout' },
  rollout: {
    ...{ phase: 'held', step: 1, percentages: [5, 10, 100], event: 'hold', planId: 'p', model: 'aa' },
    ...{ startedAt: AT, stepAt: AT, baselineAt: AT, phaseAt: AT, approvals: ['bo'] },
    stop: { code: 'operator', text: 'strike', from: 'collecting' },
  },
} satisfies Flag;
const mark: Mark = { id: 'm1', at: AT, by: 'ana', reason: 'fire', host: 'host-1' };
const entry: AuditEntry = {
  ...{ revision: 7, changeId: 'c7', at: AT, by: 'ana', action: 'rollout', reason: '', named: ['m0'] },
  ...{ before: null, after: auditedFlag(flag), previousHash: null, hash: 'ab' },
};
const SCHEMAS = {
  flag: v.pipe(jsonText, flagSchema),
  mark: v.pipe(jsonText, markSchema),
  entry: v.pipe(jsonText, auditEntrySchema),
};
const DOCUMENTS: Readonly<Record<keyof typeof SCHEMAS, unknown>> = { flag, mark, entry };
type Kind = keyof typeof SCHEMAS;

const read = (kind: Kind, text: unknown) => readDocument<v.GenericSchema>(SCHEMAS[kind], text, STORE);

/** The document with something else at a path such as `rollout.stop.code`; `undefined` removes what is there. */
function changed(document: unknown, path: string, value: unknown): unknown {
  const [name = '', ...rest] = path.split('.');
  const copy = Array.isArray(document) ? [...document] : { ...(document as object) };
  const there = (copy as Record<string, unknown>)[name];
  return Object.assign(copy, { [name]: rest.length === 0 ? value : changed(there, rest.join('.'), value) });
}

/** The path of every field that a document has, those of the documents in it too. */
function pathsOf(document: unknown): string[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return [];
  return Object.entries(document).flatMap(([name, value]) => {
    return [name, ...pathsOf(value).map((path) => `${name}.${path}`)];
  });
}

describe('a document', () => {
  it('of any flag is read as it was written', () => {
    fc.assert(
      fc.property(flags, (written) => {
        expect(read('flag', JSON.stringify(written))).toStrictEqual(written);
        const row = { ...entry, before: auditedFlag(written), after: auditedFlag(written) };
        expect(read('entry', JSON.stringify(row))).toStrictEqual(row);
      }),
    );
  });

  it.each(['flag', 'mark', 'entry'] as const)('of a %s is read as it was written', (kind) => {
    expect(read(kind, JSON.stringify(DOCUMENTS[kind]))).toStrictEqual(DOCUMENTS[kind]);
  });

  const needed = (['flag', 'mark', 'entry'] as const).flatMap((kind) =>
    pathsOf(DOCUMENTS[kind])
      .filter((path) => !/(^|\.)rollout$/.test(path))
      .map((path) => [kind, path] as const),
  );

  it.each(needed)('of a %s without %s is no answer, and the refusal names it', (kind, path) => {
    const text = JSON.stringify(changed(DOCUMENTS[kind], path, undefined));
    expect(() => read(kind, text)).toThrow(
      expect.objectContaining({
        code: 'UNAVAILABLE',
        message: expect.stringContaining(`${STORE} holds something unreadable at ${path}: `),
      }),
    );
  });

  it.each<[Kind, string, unknown, string]>([
    ['flag', 'percentage', '25', '>=0|number'],
    ['flag', 'percentage', 100.01, '<=100'],
    ['flag', 'percentage', -0.01, '>=0'],
    ['flag', 'enabled', 'true', 'boolean'],
    ['flag', 'fallbackOnError', 1, 'boolean'],
    ['flag', 'revision', -1, '>=0'],
    ['flag', 'revision', 1.5, 'integer'],
    ['flag', 'updatedAt', '2 March', 'timestamp'],
    ['flag', 'action', 'enable', '"activate"'],
    ['flag', 'clears', {}, 'Array'],
    ['flag', 'clears.0', 7, 'string'],
    ['flag', 'model', 'spring', 'Object'],
    ['flag', 'rollout', null, 'Object'],
    ['flag', 'rollout.phase', 'paused', '"collecting"'],
    ['flag', 'rollout.step', -1, '>=0'],
    ['flag', 'rollout.percentages.1', 101, '<=100'],
    ['flag', 'rollout.event', 'stop', '"hold"'],
    ['flag', 'rollout.stop.code', 'boss', '"operator"'],
    ['flag', 'rollout.stop.from', 'start', '"collecting"'],
    ['mark', 'by', null, 'string'],
    ['entry', 'before', 'nothing', 'Object'],
    ['entry', 'after.percentage', 101, '<=100'],
    ['entry', 'named', 'm0', 'Array'],
  ])('of a %s whose %s is %o is refused with what was expected', (kind, path, value, expected) => {
    const text = JSON.stringify(changed(DOCUMENTS[kind], path, value));
    const message = expect.stringMatching(new RegExp(`unreadable at ${path}: .*(${expected})`));
    expect(() => read(kind, text)).toThrow(expect.objectContaining({ message }));
  });

  it('is no answer where it is no document, and the remedy leaves a way to force the flag off', () => {
    const refusal = expect.objectContaining({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(
        /^Redis at cache:6379 holds something unreadable at the document: .*\. Another program, or a newer atmr-ml, wrote it\. .*`atmr-ml disable` reaches/,
      ),
      cause: expect.any(v.ValiError),
    });
    for (const nothing of ['', '{"key":', 'true', 7, null, undefined]) {
      expect(() => read('flag', nothing)).toThrow(refusal);
    }
  });

  it('that cannot even be looked at is no answer either', () => {
    const schema = v.pipe(
      v.number(),
      v.transform((ms) => new Date(ms).toISOString()),
    );
    const message = expect.stringContaining(
      `${STORE} holds something unreadable at the document: Invalid time`,
    );
    expect(() => readDocument(schema, 1e99, STORE)).toThrow(
      expect.objectContaining({ code: 'UNAVAILABLE', message, cause: expect.any(RangeError) }),
    );
  });
});

describe('a report of an instance', () => {
  const report: InstanceReport = {
    ...{ instance: 'host-1:7', host: 'host-1', pid: 7, url: 'http://10.0.0.5:5000', revision: 7 },
    ...{ changeId: 'c7', model: flag.model, off: ['m1'], at: AT },
  };

  it('is read as it was written', () => {
    expect(readReport('host-1:7', JSON.stringify(report))).toEqual(report);
    const first = { ...report, url: null, changeId: null, model: null, off: [] };
    expect(readReport('host-1:7', JSON.stringify(first))).toEqual(first);
  });

  const unreadable = [
    ...['', 'no JSON', 'null', '7', '{}'],
    ...Object.keys(report).map((name) => JSON.stringify({ ...report, [name]: undefined })),
    ...[{ pid: -1 }, { revision: '7' }, { off: 'm1' }, { model: 'spring' }].map((wrong) =>
      JSON.stringify({ ...report, ...wrong }),
    ),
  ];

  it.each(unreadable)('confirms nothing where it cannot be read, and the instance is named: %s', (text) => {
    expect(readReport('host-1:7', text)).toEqual({
      ...{ instance: 'host-1:7', host: 'a host whose report is unreadable', pid: 0, url: null },
      ...{ model: null, revision: 0, changeId: null, off: [], at: '1970-01-01T00:00:00.000Z' },
    });
  });
});
