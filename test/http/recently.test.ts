import { describe, expect, it } from 'vitest';
import { recently } from '../../src/http/recently.js';

describe('what was found recently', () => {
  it('is asked for once by however many, and anew when it is old or something happened', async () => {
    let [nowMs, happened, runs] = [0, 0, 0];
    const keeping = { forMs: 100, clock: { monotonicMs: () => nowMs }, version: () => happened };
    const ask = recently(async () => ++runs, keeping);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    nowMs = 99;
    expect(await ask()).toBe(1);
    nowMs = 100;
    expect(await ask()).toBe(2);
    happened = 1;
    expect(await ask()).toBe(3);
  });

  it('of before is not taken for what is asked for now, though it arrives later', async () => {
    let happened = 0;
    const ends: ((value: string) => void)[] = [];
    const keeping = { forMs: 100, clock: { monotonicMs: () => 0 }, version: () => happened };
    const ask = recently(() => new Promise<string>((end) => ends.push(end)), keeping);
    const before = ask();
    happened = 1;
    const after = ask();
    ends[1]!('new');
    ends[0]!('old');
    expect(await Promise.all([before, after, ask()])).toEqual(['old', 'new', 'new']);
  });

  it('tells a failure to all who wait, and keeps it for nobody', async () => {
    let runs = 0;
    const ask = recently(
      async () => {
        if (++runs === 1) throw new Error('away');
        return runs;
      },
      { forMs: 100, clock: { monotonicMs: () => 0 } },
    );
    const [first, second] = await Promise.allSettled([ask(), ask()]);
    expect([first.status, second.status]).toEqual(['rejected', 'rejected']);
    expect(await ask()).toBe(2);
  });
});
