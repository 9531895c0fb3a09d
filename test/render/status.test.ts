import { describe, expect, it } from 'vitest';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Status, StoreStatus } from '../../src/flag/status.js';
import {
  durationText,
  nextStep,
  type StatusReport,
  statusDocument,
  statusLines,
} from '../../src/render/status.js';

const author = { at: '2026-03-01T09:42:00.000Z', by: 'ana', reason: 'week 2' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author);
const flag: Flag = { ...content, revision: 7, changeId: 'c7', clears: [] };
const instance = {
  ...{ instance: 'host-1-42', host: 'host-1', pid: 42, url: null, revision: 7, changeId: 'c7', model: null },
  ...{ off: [], seenAgoMs: 400, live: true, confirmed: false },
};
const on: Status = {
  ...{ state: 'on', flag, regressed: false, marks: [], foreignMarks: [], since: flag, instances: [instance] },
  stores: [
    {
      name: 'postgres',
      answers: true,
      version: '15.4',
      latencyMs: 1.23,
      revision: 7,
      behind: false,
      fault: null,
    },
    {
      name: 'redis',
      answers: false,
      version: null,
      latencyMs: null,
      revision: null,
      behind: false,
      fault: 'Redis is away.',
    },
  ],
};
const report: StatusReport = {
  status: on,
  model: { name: 'delay_predictor', version: '1', simulated: true },
  usage: null,
  health: { status: 'degraded', successRate: null, errorRate: null, findings: [] },
  warnings: [],
  place: 'here',
  at: '2026-03-01T11:43:00.000Z',
  timeZone: 'Europe/Zurich',
};

describe('statusLines', () => {
  it('says who answers, since when, who changed it, and what each store and reader knows', () => {
    expect(statusLines(report)).toEqual([
      'flag k: on, 25 % of the bookings, revision 7, for 2 h',
      'Last change: ana set 25 % at 10:42 (“week 2”)',
      'Model: delay_predictor 1, trained on SIMULATED bookings',
      'Health: degraded; the ledger of predictions does not answer',
      'Store postgres 15.4: 1.2 ms, revision 7',
      'Store redis: does not answer. Redis is away.',
      'Instance host-1-42: revision 7, live, seen 0 s ago',
      'Times are those of Europe/Zurich; now 12:43.',
      'Next: redis does not answer: bring it back. `disable` works meanwhile, `activate` does not.',
    ]);
  });

  it('names the forced offs, and where nobody listens', () => {
    const mark = { id: 'm', ...author, host: 'host-2' };
    const status: Status = { ...on, state: 'forced off', marks: [mark], since: mark, instances: [] };
    const lines = statusLines({ ...report, status });
    expect(lines[0]).toBe('flag k: forced off, revision 7, for 2 h');
    expect(lines).toContain('Forced off by ana on host-2 at 10:42 (“week 2”)');
    expect(lines).toContain('No running process reads this store: here');
  });
});

it('promises no more of a forced off than this machine can hold', () => {
  const stores = on.stores.map((store) => ({ ...store, answers: false, fault: 'It is away.' }));
  const status: Status = { ...on, state: 'unknown', flag: null, since: null, stores };
  expect(statusLines({ ...report, status }).at(-1)).toBe(
    'Next: postgres does not answer: bring it back. Meanwhile `disable` holds on this machine alone, and is sent there afterwards; `activate` does not work.',
  );
});

describe('a store', () => {
  const redis: StoreStatus = {
    ...{ name: 'redis', answers: true, version: '7', latencyMs: 0.4 },
    ...{ revision: 7, behind: false, fault: null },
  };

  it('that is behind the record is called so', () => {
    const status: Status = { ...on, stores: [{ ...redis, revision: null, behind: true }] };
    expect(statusLines({ ...report, status })).toContain(
      'Store redis 7: 0.4 ms, revision none, behind the record: it is being brought up to date',
    );
  });

  it('that lacks the schema asks for migrate', () => {
    const away = {
      ...redis,
      name: 'postgres' as const,
      answers: false,
      fault: 'lacks 3. Run `atmr-ml migrate`.',
    };
    expect(nextStep({ ...on, state: 'unknown', flag: null, stores: [away] })).toMatch(/^`atmr-ml migrate`/);
  });
});

describe('the journal of another store', () => {
  it('is named, with what to do about it', () => {
    const status: Status = { ...on, foreignMarks: [{ id: 'm', ...author, host: 'host-2' }] };
    expect(statusLines({ ...report, status })).toContainEqual(
      expect.stringMatching(/^Journal of another store: the forced off by ana at .*10:42.*`atmr-ml disable`/),
    );
  });
});

describe('statusDocument', () => {
  it('is the document of GET /feature-flags/status, without what only a ledger knows', () => {
    expect(statusDocument(report)).toMatchObject({
      config: { ML_ENABLED: true, ML_TRAFFIC_PERCENTAGE: 25, FALLBACK_ON_ERROR: true },
      stats: { ml_enabled: true, ml_traffic_percentage: 25, total_requests: null, ml_success_rate: null },
      health: { status: 'degraded', success_rate: null, error_rate: null },
      flag: { revision: 7 },
      instances: [{ instance: 'host-1-42' }],
      since: author.at,
    });
  });
});

describe('nextStep', () => {
  const answering = { ...on, stores: on.stores.slice(0, 1) };
  it.each<[Partial<Status>, RegExp]>([
    [{ state: 'never written', flag: null }, /activate/],
    [{ state: 'forced off' }, /--percentage 5/],
    [{ instances: [] }, /nobody reads/],
    [{ flag: { ...flag, percentage: 100 } }, /disable/],
    [{}, /ab-test/],
  ])('%#', (changes, step) => {
    expect(nextStep({ ...answering, ...changes })).toMatch(step);
  });
});

describe('durationText', () => {
  it.each([
    [0, '0 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 d'],
    [-5, '0 s'],
  ])('%i ms', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});
