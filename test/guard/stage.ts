import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/clock.js';
import { activate } from '../../src/flag/activate.js';
import type { Flag } from '../../src/flag/flag.js';
import { type Holders, storesOf } from '../../src/flag/holders.js';
import { openDayReader } from '../../src/guard/day-reader.js';
import { openGuardStore } from '../../src/guard/open-guard-store.js';
import type { OwnAttempts } from '../../src/guard/own-attempts.js';
import type { TickSources } from '../../src/guard/tick.js';
import type { Ledger, PredictionRow } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/open-ledger.js';
import { moveRollout } from '../../src/rollout/move.js';
import { DEFAULT_PLAN, percentagesOf } from '../../src/rollout/plan.js';
import { planId } from '../../src/rollout/plan-id.js';
import type { Phase, RolloutEvent } from '../../src/rollout/rollout.js';
import type { Servers } from '../fault/site.js';
import { type Machine, startMachine } from '../fault/site.js';
import { prediction } from '../ledger/rows.js';
import { PLACE } from './place.js';

/** A flag on real servers, its ledger, and guards on machines of their own. */
export interface Stage {
  readonly key: string;
  readonly machine: Machine;
  readonly ledger: Ledger;
  /** Moves the rollout by the events, in their order. */
  move(...events: readonly (RolloutEvent & { readonly percentage?: number })[]): Promise<void>;
  activate(percentage: number): Promise<void>;
  flag(): Promise<Flag | null>;
  /** `count` attempts of the model, of which the last `failed` failed, just now. */
  attempts(count: number, failed: number): Promise<void>;
  /** Answers as they are made up, just now. */
  answers(count: number, overrides: Partial<PredictionRow>): Promise<void>;
  /** Puts the clocks of the guards forward. */
  later(ms: number): void;
  /** What they show. */
  nowMs(): number;
  /** A guard: on this machine, or on another that shares the servers. */
  guard(own?: OwnAttempts | null): Promise<TickSources>;
  anotherMachine(): Promise<{ readonly machine: Machine; readonly guard: TickSources }>;
  close(): Promise<void>;
}

/** Opens a stage for one test, and closes it however that ends. */
export async function withStage(servers: Servers, work: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await openStage(servers);
  try {
    await work(stage);
  } finally {
    await stage.close();
  }
}

async function openStage(servers: Servers): Promise<Stage> {
  const key = `flag-${randomUUID()}`;
  // Stages share a ledger; each has a model of its own.
  const model = { name: 'delay_predictor', version: key, sha256: 'ab' };
  const machine = await startMachine({ name: 'guarded', key, servers });
  const machines = [machine];
  const ledger = await openLedger(machine);
  const closing: (() => Promise<void>)[] = [ledger.close];
  const { holders } = machine;
  const flag = async () => (await holders.record.read()).flag;
  let rows = 0;
  let aheadMs = 0;
  const nowMs = () => systemClock.nowMs() + aheadMs;
  const clock = { ...systemClock, nowMs };
  const guardOn = async (at: Machine, own: OwnAttempts | null): Promise<TickSources> => {
    const store = await openGuardStore({ ...at, flagKey: key });
    const ownLedger = await openLedger(at);
    closing.push(store.close, ownLedger.close);
    return {
      ...{
        holders: { ...at.holders, clock },
        ledger: ownLedger,
        guardStore: store,
        days: openDayReader(ownLedger),
      },
      ...{ plan: DEFAULT_PLAN, settings: { dryRun: [], coolDownMs: 1_800_000 }, modelsFolder: PLACE },
      ...{
        staleAfterMs: 600_000,
        timeZone: 'Europe/Zurich',
        own,
        holder: `guard-${randomUUID()}`,
        leaseMs: 20_000,
      },
      act: { staleAfterMs: 600_000, place: 'the test', writeToken: null },
      isShared: true,
      beat: null,
    };
  };
  return {
    ...{ key, machine, ledger, flag },
    async move(...events) {
      for (const { percentage, ...event } of events) {
        const base = {
          flag: await flag(),
          firstModel: model,
          ...(percentage !== undefined && { percentage }),
        };
        const whole = percentage === undefined ? event : { ...event, percentage };
        await moveRollout(holders, whole as RolloutEvent, base, machine.request('ana'));
      }
    },
    async activate(percentage) {
      await activate(holders, percentage, machine.request('ana'), model);
    },
    nowMs,
    later(ms) {
      aheadMs += ms;
    },
    async answers(count, overrides) {
      const atMs = nowMs() + 5;
      const answers = Array.from({ length: count }, (_, i) =>
        prediction({
          ...{
            requestId: `${key} ${++rows}`,
            bookingId: `ride-of-${key}-${rows}`,
            createdMs: atMs + i,
            modelVersion: key,
          },
          ...overrides,
        }),
      );
      await ledger.record(answers);
    },
    async attempts(count, failed) {
      // Of the same millisecond are the share and its first answers, else.
      const atMs = nowMs() + 5;
      const answers = Array.from({ length: count }, (_, i) =>
        prediction({
          ...{ requestId: `${key} ${++rows}`, bookingId: `ride-of-${key}-${rows}`, createdMs: atMs + i },
          modelVersion: key,
          revision: 1_000_000,
          attempt: i >= count - failed ? 'failed' : 'answered',
        }),
      );
      await ledger.record(answers);
    },
    guard: (own = null) => guardOn(machine, own),
    async anotherMachine() {
      const other = await startMachine({ name: `other-${machines.length}`, key, servers });
      machines.push(other);
      return { machine: other, guard: await guardOn(other, null) };
    },
    async close() {
      for (const close of closing.reverse()) await close().catch(() => {});
      for (const one of machines.reverse()) await one.close();
    },
  };
}

const start: RolloutEvent = {
  kind: 'start',
  percentages: percentagesOf(DEFAULT_PLAN),
  planId: planId(DEFAULT_PLAN),
  model: 'ab',
};
const advance: RolloutEvent = { kind: 'advance', planId: planId(DEFAULT_PLAN) };
const confirmed: RolloutEvent = { kind: 'confirmed' };
const to100 = [start, advance, confirmed, advance, confirmed, advance, confirmed] as const;

/** How each phase is reached; all but one have traffic to take back. */
export const WAYS: Readonly<Record<Phase | 'not_started', (stage: Stage) => Promise<void>>> = {
  not_started: (stage) => stage.activate(25),
  collecting: (stage) => stage.move(start),
  ready: (stage) => stage.move(start, { kind: 'ready' }),
  held: (stage) => stage.move(start, { kind: 'hold', code: 'operator', text: 'strike' }),
  advancing: (stage) => stage.move(start, advance),
  rolled_back: (stage) =>
    stage.move(start, advance, confirmed, { kind: 'lower', code: 'operator', percentage: 10, text: '' }),
  baking: (stage) => stage.move(...to100, advance),
  complete: (stage) => stage.move(...to100, advance, { kind: 'complete' }),
};

/** What readers of these stores are told: the model only where no store they see says otherwise. */
export async function isOff(holders: Holders): Promise<boolean> {
  const states = await Promise.all(storesOf(holders).map((store) => store.read().catch(() => null)));
  const journal = await holders.disk.journal();
  return (
    journal.length > 0 ||
    states.some(
      (state) => state !== null && Object.keys(state.marks).some((id) => state.ended[id] === undefined),
    )
  );
}
