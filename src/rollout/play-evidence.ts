import { localTime } from '../booking/local-time.js';
import { type GuardDecision, isOpen } from '../guard/decide.js';
import type { Episode } from '../guard/guard-store.js';
import { NEWEST, NOTHING_SEEN, type Sighting } from '../guard/sighting.js';
import type { DayFigures } from './day-figures.js';
import { NO_EVIDENCE, type StepEvidence } from './evidence.js';
import type { Moment } from './play-moments.js';
import type { Rollout } from './rollout.js';

/** What a play has seen so far, changed in place; what the live readers take from the ledger. */
export interface PlayState {
  readonly timeZone: string;
  readonly closed: DayFigures[];
  evidence: StepEvidence;
  /** Since the step began, oldest first. */
  attempts: boolean[];
  misses: boolean[];
  /** Since the start. */
  attempted: number;
  /** Local days on which the step, and what it is compared with, began. */
  stepDay: number;
  baselineDay: number;
  episodes: readonly Episode[];
  lastEpisode: number;
  breaches: readonly { readonly action: 'roll_back' | 'hold'; readonly text: string }[];
}

export function begunPlay(timeZone: string): PlayState {
  return {
    ...{ timeZone, closed: [], evidence: NO_EVIDENCE, attempts: [], misses: [], attempted: 0 },
    ...{ stepDay: 0, baselineDay: 0, episodes: [], lastEpisode: 0, breaches: [] },
  };
}

/** The day on which a step begins counts for it: nearly all of its bookings come after the hour in which traffic rises. */
export function stepBegan(state: PlayState, { stepAt, baselineAt }: Rollout): void {
  const dayOf = (iso: string) => localTime(Date.parse(iso), state.timeZone).dayNumber;
  state.stepDay = dayOf(stepAt);
  state.baselineDay = dayOf(baselineAt);
  state.attempts = [];
  state.misses = [];
  state.evidence = { ...NO_EVIDENCE, ...daysOf(state), crashes: 0 };
}

/**
 * Takes in what happened. A play knows of no prediction times and no instances: each answer took no time, and nothing
 * crashed.
 */
export function withMoment(state: PlayState, moment: Moment): void {
  switch (moment.kind) {
    case 'attempt': {
      const { failures, slow } = state.evidence;
      state.attempted += 1;
      state.attempts.push(moment.isBad);
      state.evidence = {
        ...state.evidence,
        failures: { successes: failures.successes + Number(moment.isBad), trials: failures.trials + 1 },
        slow: { successes: 0, trials: slow.trials + Number(!moment.isBad) },
        predictionTimeP95Ms: 0,
      };
      break;
    }
    case 'outcome':
      state.misses.push(moment.isBad);
      break;
    case 'close':
      state.closed.push(moment.figures);
      state.evidence = { ...state.evidence, ...daysOf(state) };
      break;
    case 'visit':
      break;
  }
}

function daysOf({ closed, stepDay, baselineDay }: PlayState): Pick<StepEvidence, 'days' | 'earlier'> {
  return {
    days: closed.filter(({ dayNumber }) => dayNumber >= stepDay),
    earlier: closed.filter(({ dayNumber }) => baselineDay <= dayNumber && dayNumber < stepDay),
  };
}

/** What one look of the guard sees of a play: the evidence; of all else, nothing. */
export function sightingOf({ evidence, attempts, misses }: PlayState, nowMs: number): Sighting {
  return {
    ...NOTHING_SEEN,
    ...{ nowMs, evidence, attempts: attempts.slice(-NEWEST.attempts), misses: misses.slice(-NEWEST.misses) },
  };
}

export function newId(state: PlayState): string {
  state.lastEpisode += 1;
  return String(state.lastEpisode);
}

/** Remembers what a look found. */
export function lookedAt(state: PlayState, { findings, episodes }: GuardDecision): void {
  const byId = new Map([...state.episodes, ...episodes].map((episode) => [episode.id, episode]));
  state.episodes = [...byId.values()].filter(isOpen);
  state.breaches = findings.flatMap(({ level, action, dryRun, text }) => {
    if (level !== 'act' || dryRun) return [];
    return [{ action: action === 'roll_back' ? 'roll_back' : 'hold', text } as const];
  });
}
