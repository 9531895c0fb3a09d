import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { afterAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../servers/process.js';
import { startMigratedPostgres } from './postgres.js';
import { type Draw, playRound, type RoundResult } from './round.js';

const ROUNDS = Number(process.env.ROUNDS ?? 50);
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const ROUND_LIMIT_MS = 300_000;

describe(`${ROUNDS} rounds of faults at random, SEED=${SEED}`, () => {
  process.stdout.write(`rounds of faults: SEED=${SEED}, ROUNDS=${ROUNDS}\n`);
  /** A round kills and stops its server: no other may use it meanwhile. */
  const idle: TestServer[] = [];
  const borrow = async () => idle.pop() ?? (await startMigratedPostgres());
  afterAll(() => Promise.all(idle.map((server) => server.remove())));

  const seeds = Array.from({ length: ROUNDS }, (_, i) => SEED + i);
  it.concurrent.each(seeds)(
    'round %i',
    async (seed) => {
      const postgres = await borrow();
      try {
        expectSound(await playRound(postgres, drawFrom(seed)));
      } finally {
        idle.push(postgres);
      }
    },
    ROUND_LIMIT_MS,
  );
});

function expectSound({ written, history, seen, violations, log }: RoundResult): void {
  const story = [...log, ...violations].join('\n');
  expect(violations, story).toEqual([]);
  const recorded = new Set(history.map(({ changeId }) => changeId));
  const acknowledged = written.filter(({ exitCode, changeId }) => exitCode !== null && changeId !== null);
  const lost = acknowledged.filter(({ changeId }) => changeId !== null && !recorded.has(changeId));
  expect(lost, `an acknowledged change is not in the history\n${story}`).toEqual([]);
  expect(
    revisionsWithTwoContents([...seen, ...history.map((e) => `${e.revision} ${e.changeId}`)]),
    story,
  ).toEqual([]);
}

function revisionsWithTwoContents(contents: readonly string[]): string[] {
  const changeByRevision = new Map<string, string>();
  return contents.filter((content) => {
    const [revision = '', change = ''] = content.split(' ');
    const first = changeByRevision.get(revision) ?? change;
    changeByRevision.set(revision, first);
    return first !== change;
  });
}

function drawFrom(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  const whole = (below: number) => (generator.next() >>> 0) % below;
  return { whole, pick: (from) => from[whole(from.length)]! };
}
