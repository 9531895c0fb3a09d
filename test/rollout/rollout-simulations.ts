import type { GuardSettings } from '../../src/guard/decide.js';
import { beginningOfDay } from '../../src/monitoring/local-days.js';
import { emptyDay } from '../../src/rollout/day-figures.js';
import { NO_EVIDENCE } from '../../src/rollout/evidence.js';
import { GATE_DEFAULTS, type GateName } from '../../src/rollout/gate-spec.js';
import { decideRolloutGate } from '../../src/rollout/gates.js';
import { DEFAULT_PLAN, type PlanStep, type RolloutPlan } from '../../src/rollout/plan.js';
import { type Play, playRollout } from '../../src/rollout/play.js';
import type { PlayedDay } from '../../src/rollout/play-moments.js';
import { drawDays, type ErrorWorld } from './rollout-worlds.js';

/** Rollouts and rules in simulated worlds, through the functions that decide live. */

export const TIME_ZONE = 'Europe/Zurich';
/** Monday, 8 June 2026, 09:00. */
export const START_MS = Date.parse('2026-06-08T07:00:00Z');
export const FIRST_DAY = 20612;
const GUARD = { dryRun: [], coolDownMs: 30 * 60_000 };

type Uniform = () => number;

interface PlayOptions {
  readonly plan?: RolloutPlan;
  readonly guard?: GuardSettings;
  readonly startMs?: number;
  readonly modelSimulated?: boolean;
  readonly allowSimulated?: boolean;
}

/** Plays the default plan, from a Monday at 09:00 unless said otherwise. */
export function play(days: Iterable<PlayedDay>, options: PlayOptions = {}): Play {
  return playRollout({
    ...{ plan: DEFAULT_PLAN, timeZone: TIME_ZONE, guard: GUARD, startMs: START_MS },
    ...{ modelSimulated: false, allowSimulated: false },
    ...options,
    days,
  });
}

/** The default plan with another gate in the place of each of a name; `null` leaves it out. */
export function planWith(
  name: GateName,
  change: (gate: PlanStep['gates'][number]) => PlanStep['gates'][number] | null,
): RolloutPlan {
  const steps = DEFAULT_PLAN.steps.map((step) => ({
    ...step,
    gates: step.gates.flatMap((gate) => (gate.name === name ? (change(gate) ?? []) : gate)),
  }));
  return { ...DEFAULT_PLAN, steps };
}

export interface PlayedWorld {
  readonly runs: number;
  /** Days of the runs that the guard rolled back, by the rule, and on which 100 % was reached; ascending. */
  readonly rolledBack: readonly number[];
  readonly full: readonly number[];
  /** How many the guard put on hold, by rule. */
  readonly held: Readonly<Record<string, number>>;
  readonly rolledBackBy: Readonly<Record<string, number>>;
}

/** Plays `runs` rollouts of `days` days in a world. */
export function playWorld(
  world: ErrorWorld,
  {
    runs,
    days,
    plan = DEFAULT_PLAN,
  }: { readonly runs: number; readonly days: number; readonly plan?: RolloutPlan },
  uniform: Uniform,
): PlayedWorld {
  const [rolledBack, full]: [number[], number[]] = [[], []];
  const [held, rolledBackBy]: [Record<string, number>, Record<string, number>] = [{}, {}];
  for (let run = 0; run < runs; run++) {
    const { events, stop, reachedFullOnDay } = play(drawDays(world, FIRST_DAY, days, uniform), { plan });
    if (reachedFullOnDay !== null) full.push(reachedFullOnDay);
    const last = events.at(-1)?.kind;
    if (stop === null || (last !== 'roll_back' && last !== 'hold')) continue;
    const by = last === 'hold' ? held : rolledBackBy;
    by[stop.by] = (by[stop.by] ?? 0) + 1;
    if (last === 'roll_back') rolledBack.push(stop.day);
  }
  const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
  return { runs, rolledBack: ascending(rolledBack), full: ascending(full), held, rolledBackBy };
}

/** The middle of all runs, also of those that never got there. */
export function medianOf(runs: number, reached: readonly number[]): number {
  return [...reached].sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.POSITIVE_INFINITY;
}

const ATTEMPTS_A_DAY = 100;

/** After `good` attempts of which 1 % fail, the attempts from then on at `rate` until the guard rolls back; at most `most`. */
export function attemptsToRollback(
  { rate, good, most }: { readonly rate: number; readonly good: number; readonly most: number },
  uniform: Uniform,
): number | null {
  const attempts = Array.from({ length: good + most }, (_, i) => uniform() < (i < good ? 0.01 : rate));
  const played = play(daysOfAttempts(attempts));
  return played.stop === null ? null : played.attempts - good;
}

/** Nothing is ever settled, so that the step stays; the first day begins before the rollout does. */
export function* daysOfAttempts(attempts: readonly boolean[]): Generator<PlayedDay> {
  yield { figures: emptyDay(FIRST_DAY), attempts: [], misses: [] };
  for (let i = 0; i * ATTEMPTS_A_DAY < attempts.length; i++) {
    const ofDay = attempts.slice(i * ATTEMPTS_A_DAY, (i + 1) * ATTEMPTS_A_DAY);
    yield { figures: emptyDay(FIRST_DAY + 1 + i), attempts: ofDay, misses: [] };
  }
}

/** Whether the gate `stable`, looked at after each of 21 days that follow `earlier` ones, passes once. */
export function stablePasses(
  before: ErrorWorld,
  after: ErrorWorld,
  earlierDays: number,
  uniform: Uniform,
): boolean {
  const earlier = [...drawDays(before, FIRST_DAY, earlierDays, uniform)].map(({ figures }) => figures);
  const days = [...drawDays(after, FIRST_DAY + earlierDays, 21, uniform)].map(({ figures }) => figures);
  return days.some((_, i) => {
    const evidence = { ...NO_EVIDENCE, earlier, days: days.slice(0, i + 1) };
    const subject = { evidence, percentage: 25, modelSimulated: false };
    return decideRolloutGate(GATE_DEFAULTS.stable, subject).result === 'pass';
  });
}

/** The instant at which an hour begins on a day counted from 1, the day of the start. */
export function at(day: number, hour: number): number {
  return beginningOfDay(FIRST_DAY + day - 1, TIME_ZONE) + hour * 3_600_000;
}
