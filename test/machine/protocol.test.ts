import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { verifyChain } from '../../src/flag/audit.js';
import { disable } from '../../src/flag/disable.js';
import { marksOnly } from '../../src/flag/disk.js';
import type { Holders } from '../../src/flag/holders.js';
import { setPercentage } from '../../src/flag/percentage.js';
import { activeMarks, EMPTY_STATE, isEnded, join, type State } from '../../src/flag/state.js';
import { sync } from '../../src/flag/sync.js';
import { emptyStores, machineOn, type Stores, type Weather } from './memory-stores.js';

/** Histories; `RUNS=5000 npx vitest run test/machine` plays more. */
const RUNS = Number(process.env.RUNS ?? 40);
const SEED = Number(process.env.SEED ?? 20_261_128);
const MACHINES = ['ana', 'bo'] as const;

type Kind = 'activate' | 'percentage' | 'disable' | 'sync';
/** What both machines do at once, and what the stores do meanwhile. */
interface Round {
  readonly doings: readonly [Kind, Kind | 'nothing'];
  readonly percentage: number;
  readonly record: Weather;
  readonly copy: Weather;
  /** The copy loses everything first. */
  readonly wiped: boolean;
}

const kinds = fc.constantFrom<Kind>('activate', 'activate', 'percentage', 'disable', 'disable', 'sync');
const weather = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Weather>('fair') },
  { weight: 1, arbitrary: fc.constant<Weather>('away') },
  { weight: 1, arbitrary: fc.constant<Weather>('deaf') },
);
const rounds: fc.Arbitrary<readonly Round[]> = fc.array(
  fc.record({
    doings: fc.tuple(kinds, fc.oneof(kinds, fc.constant('nothing' as const))),
    percentage: fc.integer({ min: 0, max: 100 }),
    record: weather,
    copy: weather,
    wiped: fc.integer({ min: 0, max: 7 }).map((n) => n === 0),
  }),
  { minLength: 2, maxLength: 8 },
);

/** What somebody was told, and so relies on. */
interface Promises {
  /** Marks of disables that were acknowledged. */
  readonly off: Set<string>;
  /** Of activates that were recorded as far as anybody was told. */
  readonly recorded: Set<string>;
}

describe(`the flag’s protocol between two machines (SEED=${SEED}, ${RUNS} histories)`, () => {
  it.each([
    ['on a record and a copy', true],
    ['on a record alone', false],
  ])(
    'keeps what it promised, whoever comes in between and whatever is away, %s',
    async (_, hasCopy) => {
      const property = fc.asyncProperty(rounds, fc.scheduler(), async (played, scheduler) => {
        const stores = emptyStores();
        const clock = { nowMs: Date.UTC(2026, 2, 2) };
        const turn = () => scheduler.schedule(Promise.resolve());
        const machines = MACHINES.map((name) => machineOn(stores, name, turn, clock, hasCopy));
        const promises: Promises = { off: new Set(), recorded: new Set() };
        const ended = new Set<string>();
        for (const round of played) {
          if (round.wiped) stores.copy = EMPTY_STATE;
          stores.weather.record = round.record;
          stores.weather.copy = round.copy;
          const doings = round.doings.map((kind, i) =>
            perform(machines[i]!, kind, round.percentage, promises),
          );
          await scheduler.waitFor(Promise.all(doings));
          await requireKept(stores, machines, promises, ended);
        }
        await scheduler.waitFor(requirePeace(stores, machines, promises, hasCopy));
        await requireKept(stores, machines, promises, ended);
      });
      await fc.assert(property, { seed: SEED, numRuns: RUNS });
    },
    600_000,
  );
});

/** Does it, and notes what it was told. What fails says with which code; anything else is a bug. */
async function perform(machine: Holders, kind: Kind | 'nothing', percentage: number, told: Promises) {
  const at = new Date(machine.clock.nowMs()).toISOString();
  const request = { authorship: { at, by: machine.host, reason: kind }, ifRevision: null, dryRun: false };
  try {
    switch (kind) {
      case 'activate': {
        const { changed, changeId } = await activate(machine, percentage, request);
        if (changed && changeId !== null) told.recorded.add(changeId);
        return;
      }
      case 'percentage': {
        const { changed, changeId } = await setPercentage(machine, percentage, request);
        if (changed && changeId !== null) told.recorded.add(changeId);
        return;
      }
      case 'disable':
        told.off.add((await disable(machine, request)).changeId ?? '');
        return;
      case 'sync':
        await sync(machine, await machine.disk.load());
        return;
    }
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    expect(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'CONFLICT']).toContain(thrown.code);
  }
}

async function requireKept(stores: Stores, machines: readonly Holders[], told: Promises, ended: Set<string>) {
  const { audit, record, copy } = stores;
  expect(verifyChain(audit.toReversed(), record.flag)).toEqual({ kind: 'intact', rows: audit.length });
  expect(audit.map(({ revision }) => revision)).toEqual(audit.map((_, i) => i + 1));
  expect(copy.flag?.revision ?? 0).toBeLessThanOrEqual(record.flag?.revision ?? 0);
  const changes = new Set(audit.map(({ changeId }) => changeId));
  for (const changeId of told.recorded) expect(changes).toContain(changeId);
  const named = new Set(audit.filter(({ action }) => action === 'activate').flatMap((entry) => entry.named));
  for (const state of [record, copy]) {
    for (const id of Object.keys(state.ended)) {
      // Only an activate that saw it ends a forced off, and then for good.
      expect(named).toContain(id);
      ended.add(id);
    }
  }
  const all = await everything(stores, machines);
  for (const { id } of activeMarks(all)) expect(ended).not.toContain(id);
  for (const id of told.off) {
    const holds = activeMarks(all).some((mark) => mark.id === id);
    expect(holds || named.has(id), `the forced off ${id} was lost`).toBe(true);
  }
  for (const machine of machines) await requireOff(stores, machine, named);
}

/** Whoever reads on a machine that forced off, whichever stores it sees, is off until an activate has named it. */
async function requireOff({ record, copy }: Stores, { disk }: Holders, named: ReadonlySet<string>) {
  const journal = await disk.journal();
  for (const seen of [EMPTY_STATE, record, copy, join(record, copy)]) {
    const known = join(seen, marksOnly(journal));
    for (const { id } of journal) {
      expect(activeMarks(known).some((mark) => mark.id === id) || named.has(id)).toBe(true);
    }
  }
}

async function everything({ record, copy }: Stores, machines: readonly Holders[]): Promise<State> {
  const own = await Promise.all(machines.map(({ disk }) => disk.load()));
  return own.reduce(join, join(record, copy));
}

/** Once every store answers again, each machine's next look makes them agree, and nothing that was promised is missing. */
async function requirePeace(stores: Stores, machines: readonly Holders[], told: Promises, hasCopy: boolean) {
  stores.weather.record = 'fair';
  stores.weather.copy = 'fair';
  for (const machine of machines) {
    expect(await sync(machine, await machine.disk.load())).toMatchObject({ agreed: true });
    expect(await machine.disk.journal()).toEqual([]);
  }
  const { record, copy, audit } = stores;
  const changes = new Set(audit.map(({ changeId }) => changeId));
  for (const id of told.off) {
    expect(changes, 'an acknowledged forced off has no revision').toContain(id);
    expect(Object.hasOwn(record.marks, id) || isEnded(record, id)).toBe(true);
  }
  if (!hasCopy) return;
  expect(copy.flag?.changeId).toBe(record.flag?.changeId);
  const active = (state: State) =>
    activeMarks(state)
      .map(({ id }) => id)
      .sort();
  expect(active(copy)).toEqual(active(record));
}
