import { describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { allOf, isConfirmed, judged, readReports } from '../../src/flag/instances.js';
import type { CopyStore, InstanceReport, RecordStore, SeenInstance } from '../../src/flag/store.js';

const STALE_AFTER_MS = 600_000;
const report: InstanceReport = {
  ...{
    instance: 'a',
    host: 'h',
    pid: 1,
    url: null,
    model: null,
    changeId: 'c',
    at: '2026-03-01T10:00:00.000Z',
  },
  revision: 6,
  off: [],
};
const seen = (overrides: Partial<InstanceReport>, seenAgoMs = 0): SeenInstance => {
  return { report: { ...report, ...overrides }, seenAgoMs };
};

describe('isConfirmed', () => {
  it.each([
    ['a disable by its mark', { off: ['m'] }, { kind: 'disable', markId: 'm' }, true],
    ['no disable by the revision alone', { revision: 99 }, { kind: 'disable', markId: 'm' }, false],
    ['an edit by its revision', { revision: 7 }, { kind: 'edit', revision: 7, named: ['m'] }, true],
    ['no edit below it', { revision: 6 }, { kind: 'edit', revision: 7, named: [] }, false],
    [
      'no activate while a named mark holds',
      { revision: 7, off: ['m'] },
      { kind: 'edit', revision: 7, named: ['m'] },
      false,
    ],
    [
      'an activate under somebody else’s mark',
      { revision: 7, off: ['n'] },
      { kind: 'edit', revision: 7, named: ['m'] },
      true,
    ],
  ] as const)('%s', (_what, overrides, expectation, confirmed) => {
    expect(isConfirmed({ ...report, ...overrides }, expectation)).toBe(confirmed);
  });
});

describe('judged', () => {
  it('unites what the stores say of one instance', () => {
    const instances = judged(
      [
        seen({ revision: 6 }, 9000),
        seen({ revision: 7 }, 800),
        seen({ instance: 'b' }, 5001),
        seen({ instance: 'long gone' }, STALE_AFTER_MS + 1),
      ],
      { kind: 'edit', revision: 7, named: [] },
      STALE_AFTER_MS,
    );
    expect(instances).toMatchObject([
      { instance: 'a', live: true, confirmed: true, revision: 7, seenAgoMs: 800 },
      { instance: 'b', live: false, confirmed: false },
    ]);
  });

  it('believes an older report of a disable: it was on disk then', () => {
    const [instance] = judged(
      [seen({ off: ['m'] }, 4000), seen({ off: [] }, 100)],
      { kind: 'disable', markId: 'm' },
      STALE_AFTER_MS,
    );
    expect(instance?.confirmed).toBe(true);
  });

  it.each([
    ['5 s ago still lives', 5000, [true]],
    ['longer ago is lost', 5001, [false]],
    ['as long ago as it may serve without a store is named', STALE_AFTER_MS, [false]],
    ['longer ago serves no model any more', STALE_AFTER_MS + 1, []],
  ])('one that reported %s', (_what, seenAgoMs, live) => {
    const instances = judged([seen({}, seenAgoMs)], null, STALE_AFTER_MS);
    expect(instances.map((instance) => instance.live)).toEqual(live);
  });

  it('tells all that the freshest report says, in whatever order the stores answer', () => {
    const fresh = { pid: 2, url: 'http://10.0.0.5:5000', changeId: 'd', revision: 9, off: ['m'] };
    const reports = [seen({}, 2000), seen(fresh, 100), seen({}, 300)];
    for (const told of [reports, reports.toReversed()]) {
      const { at: _, ...said } = { ...report, ...fresh };
      expect(judged(told, null, STALE_AFTER_MS)).toEqual([
        { ...said, seenAgoMs: 100, live: true, confirmed: false },
      ]);
    }
  });

  it('confirms nothing where nothing is expected', () => {
    const [instance] = judged([seen({ revision: 99 })], null, STALE_AFTER_MS);
    expect(instance?.confirmed).toBe(false);
  });

  it('puts them in the order of their names', () => {
    for (const names of ['abc', 'cba', 'bca']) {
      const instances = judged(
        [...names].map((name) => seen({ instance: name })),
        null,
        STALE_AFTER_MS,
      );
      expect(instances.map(({ instance }) => instance)).toEqual(['a', 'b', 'c']);
    }
  });
});

describe('the reports of all stores', () => {
  const record = (instances: RecordStore['instances']) => ({ name: 'postgres', instances }) as RecordStore;
  const copy = (instances: CopyStore['instances']) => ({ name: 'redis', instances }) as CopyStore;
  const [here, there] = [seen({ instance: 'here' }), seen({ instance: 'there' })];

  it('are those of each store, and together of all', async () => {
    const both = { record: record(async () => [here]), copy: copy(async () => [there, here]) };
    const reports = await readReports(both);
    expect([...reports]).toEqual([
      ['postgres', [here]],
      ['redis', [there, here]],
    ]);
    expect(allOf(reports)).toEqual([here, there, here]);
    expect([...(await readReports({ ...both, copy: null })).keys()]).toEqual(['postgres']);
  });

  it('lack a store that is away, and one that does not answer in time', async () => {
    const away = async () => {
      throw new AtmrError('UNAVAILABLE', 'Redis is away.');
    };
    const silent = () => new Promise<never>(() => {});
    for (const mute of [away, silent]) {
      const reports = await readReports({ record: record(async () => [here]), copy: copy(mute) }, 5);
      expect([...reports]).toEqual([['postgres', [here]]]);
      const others = await readReports({ record: record(mute), copy: copy(async () => []) }, 5);
      expect([...others]).toEqual([['redis', []]]);
      expect((await readReports({ record: record(mute), copy: null }, 5)).size).toBe(0);
    }
  });
});
