import { describe, expect, it } from 'vitest';
import type { Instance } from '../../src/flag/instances.js';
import type { Episode } from '../../src/guard/guard-store.js';
import { crashesSince, instanceOf, lostInstances } from '../../src/guard/lost-instances.js';

const NOW_MS = Date.UTC(2026, 5, 8, 10);

function instance(name: string, changes: Partial<Instance> = {}): Instance {
  return {
    ...{ instance: name, host: 'host', pid: 42, url: 'http://10.0.0.5:5000', changeId: null, model: null },
    ...{ revision: 7, off: [], seenAgoMs: 400, live: true, confirmed: false },
    ...changes,
  };
}

const lost = (name: string, seenAgoMs = 20_000) => instance(name, { live: false, seenAgoMs });
const acknowledged = (episode: Episode): Episode => {
  return { ...episode, acknowledgedMs: NOW_MS, acknowledgedBy: 'ana' };
};

describe('servers that were lost', () => {
  it('are those whose heartbeat stopped without a good-bye', () => {
    expect(lostInstances([instance('a'), lost('b', 20_000.4)], [], NOW_MS)).toEqual([
      {
        ...{ id: 'lost_instance b', rule: 'lost_instance', level: 'warn', looks: 1 },
        ...{ beganMs: NOW_MS - 20_000, endedMs: NOW_MS - 20_000, text: 'b was lost without a stop' },
        ...{ value: null, threshold: null, action: null, dryRun: false, actedMs: null },
        ...{ acknowledgedMs: null, acknowledgedBy: null },
      },
    ]);
  });

  it('are servers: what nobody can reach, such as a watch on a terminal, may go as it likes', () => {
    expect(lostInstances([{ ...lost('a'), url: null }], [], NOW_MS)).toEqual([]);
  });

  it('are remembered once each, also after somebody has seen it', () => {
    const [first] = lostInstances([lost('a')], [], NOW_MS);
    expect(lostInstances([lost('a', 35_000)], [first!], NOW_MS + 15_000)).toEqual([]);
    expect(lostInstances([lost('a', 35_000)], [acknowledged(first!)], NOW_MS + 15_000)).toEqual([]);
    const both = lostInstances([lost('a', 35_000), lost('b')], [first!], NOW_MS + 15_000);
    expect(both.map(instanceOf)).toEqual(['b']);
  });

  it('were not lost where they report again: their store was away', () => {
    const [first] = lostInstances([lost('a')], [], NOW_MS);
    const back = lostInstances([instance('a')], [first!], NOW_MS + 15_000);
    expect(back).toEqual([
      { ...first, acknowledgedMs: NOW_MS + 15_000, acknowledgedBy: 'the instance, which came back' },
    ]);
    expect(crashesSince(back, 0)).toEqual([]);
    // Said once; and what a person acknowledged stays theirs.
    expect(lostInstances([instance('a')], back, NOW_MS + 30_000)).toEqual([]);
    expect(lostInstances([instance('a')], [acknowledged(first!)], NOW_MS + 30_000)).toEqual([]);
    // Lost for good, this time.
    const again = lostInstances([lost('a', 6000)], back, NOW_MS + 60_000);
    expect(again).toMatchObject([{ id: first?.id, beganMs: NOW_MS + 54_000, acknowledgedMs: null }]);
    expect(crashesSince(again, 0)).toHaveLength(1);
  });
});

describe('crashes of a step', () => {
  const [a, b] = [...lostInstances([lost('host 1 a', 60_000), lost('b', 20_000)], [], NOW_MS)];

  it('are those lost since it began that nobody has acknowledged', () => {
    const names = (episodes: readonly Episode[], sinceMs: number) =>
      crashesSince(episodes, sinceMs).map(instanceOf);
    expect(names([a!, b!], 0)).toEqual(['host 1 a', 'b']);
    expect(names([a!, b!], NOW_MS - 60_000)).toEqual(['host 1 a', 'b']);
    expect(names([a!, b!], NOW_MS - 59_999)).toEqual(['b']);
    expect(names([acknowledged(a!), b!], 0)).toEqual(['b']);
  });

  it('are no episodes of rules', () => {
    expect(crashesSince([{ ...a!, rule: 'crash' }], 0)).toEqual([]);
  });
});
