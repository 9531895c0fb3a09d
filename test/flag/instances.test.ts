import { describe, expect, it } from 'vitest';
import { isConfirmed, judged } from '../../src/flag/instances.js';
import type { InstanceReport, SeenInstance } from '../../src/flag/store.js';

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
});
