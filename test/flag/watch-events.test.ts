import { describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { changedContent, type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import { readStatus, type Status } from '../../src/flag/status.js';
import { eventLine, eventsBetween, overtakenFlags, withSilent } from '../../src/flag/watch-events.js';
import { request, startMachine } from '../fault/site.js';

const author = { at: '2026-03-01T09:42:00.000Z', by: 'ana', reason: '' };
const content = changedContent(unwrittenFlag('k'), { enabled: true, percentage: 25 }, 'activate', author);
const flag: Flag = { ...content, revision: 7, changeId: 'c7', clears: [] };
const mark = { id: 'm', ...author, host: 'h' };
const store = {
  ...{ name: 'redis' as const, answers: true, version: '7', latencyMs: 1 },
  ...{ revision: 7, behind: false, fault: null },
};
const instance = {
  ...{ instance: 'a', host: 'h', pid: 1, url: null, revision: 7, changeId: 'c7', model: null, off: [] },
  ...{ seenAgoMs: 0, live: true, confirmed: false },
};
const quiet: Status = {
  ...{ state: 'on', flag, regressed: false, marks: [], foreignMarks: [], since: flag },
  ...{ stores: [store], instances: [instance] },
};

describe('overtakenFlags', () => {
  it('finds what came and went between two looks', async () => {
    const machine = await startMachine({ name: 'h', key: 'k', servers: { postgres: null, redis: null } });
    const { holders } = machine;
    await activate(holders, 10, request('ana'));
    const before = await readStatus(holders, 600_000);
    await activate(holders, 20, request('ana'));
    await activate(holders, 30, request('ana'));
    await activate(holders, 40, request('ana'));
    const now = await readStatus(holders, 600_000);
    expect((await overtakenFlags(holders, before, now)).map(({ percentage }) => percentage)).toEqual([
      20, 30,
    ]);
    expect(await overtakenFlags(holders, now, now)).toEqual([]);
    expect(await overtakenFlags(holders, null, now)).toEqual([]);
    await machine.close();
  });
});

describe('eventsBetween', () => {
  it('tells everything at the first look, and nothing while nothing happens', () => {
    expect(eventsBetween(null, quiet).map(({ event }) => event)).toEqual(['flag', 'store', 'instance']);
    expect(eventsBetween(quiet, { ...quiet, instances: [{ ...instance, seenAgoMs: 900 }] })).toEqual([]);
  });

  it('calls an instance stopped only when every store says so, once they all answer again', () => {
    const away: Status = { ...quiet, stores: [{ ...store, answers: false }], instances: [] };
    expect(eventsBetween(quiet, away).map(({ event }) => event)).toEqual(['store']);
    const meanwhile = withSilent(quiet, away);
    expect(eventsBetween(meanwhile, quiet).map(({ event }) => event)).toEqual(['store']);
    const stopped = eventsBetween(meanwhile, { ...quiet, instances: [] });
    expect(stopped).toContainEqual({ event: 'instance', instance: 'a', state: 'stopped' });
  });

  it('tells what came and what went', () => {
    const worse: Status = {
      ...quiet,
      flag: { ...flag, revision: 8, changeId: 'c8', action: 'disable' },
      marks: [mark],
      stores: [{ ...store, answers: false }],
      instances: [],
    };
    const lines = eventsBetween(quiet, worse).map((event) => eventLine(event, author.at, 'Europe/Zurich'));
    expect(lines).toEqual([
      '10:42  revision 8: ana forced it off at 10:42',
      '10:42  forced off by ana on h',
      '10:42  redis does not answer',
    ]);
    expect(eventsBetween(worse, quiet)).toContainEqual({ event: 'forced off ended', mark });
  });

  it('tells a lost reader from one that stopped', () => {
    const lost = { ...quiet, instances: [{ ...instance, live: false }] };
    expect(eventsBetween(quiet, lost)).toEqual([{ event: 'instance', instance: 'a', state: 'lost' }]);
  });
});
