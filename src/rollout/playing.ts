import { localTime } from '../booking/local-time.js';
import type { GuardSettings } from '../guard/decide.js';
import type { RuleName } from '../guard/rule-names.js';
import { type Assessment, assessRollout } from './assess.js';
import type { GateName } from './gate-spec.js';
import type { RolloutPlan } from './plan.js';
import type { PlayState } from './play-evidence.js';
import type { PlayedDay } from './play-moments.js';
import { type Rollout, type RolloutEvent, stepPercentage } from './rollout.js';
import { isRefusal, transition } from './transition.js';

/** A whole plan to be played. */
export interface PlayRequest {
  readonly plan: RolloutPlan;
  readonly timeZone: string;
  readonly guard: GuardSettings;
  /** When the first step begins. */
  readonly startMs: number;
  /** Ascending; what lies before the start is left out. */
  readonly days: Iterable<PlayedDay>;
  /** Whether the model learned from simulated bookings, and whether it may go past 50 % all the same. */
  readonly modelSimulated: boolean;
  readonly allowSimulated: boolean;
}

export interface PlayEvent {
  /** Counts from 1, the local day of the start. */
  readonly day: number;
  readonly atMs: number;
  readonly kind: 'start' | 'advance' | 'hold' | 'halve' | 'roll_back' | 'bake' | 'complete';
  /** The traffic from then on. */
  readonly percentage: number;
  readonly text: string;
}

export interface PlayStop {
  readonly day: number;
  /** The rule of the guard, or the gate that failed from that day to the end. */
  readonly by: RuleName | GateName;
  readonly text: string;
}

/** A play under way, changed in place. */
export interface Playing {
  readonly request: PlayRequest;
  readonly state: PlayState;
  readonly events: PlayEvent[];
  /** Gates that a person would have had to overrule. */
  readonly passedOver: Set<GateName>;
  rollout: Rollout;
  nowMs: number;
  /** Since when a gate has failed at every look. */
  failing: PlayStop | null;
}

/** What anybody would be told now. */
export function assess({ request, state, rollout, nowMs }: Playing): Assessment {
  const { plan, timeZone, modelSimulated } = request;
  return assessRollout({
    ...{ rollout, plan, timeZone, nowMs, evidence: state.evidence, breaches: state.breaches },
    modelSimulated: modelSimulated && !isOverruled(request),
    ...{ forcedOff: false, telemetryFault: null },
  });
}

export function isOverruled({ modelSimulated, allowSimulated }: PlayRequest): boolean {
  return modelSimulated && allowSimulated;
}

export function record(
  play: Playing,
  kind: PlayEvent['kind'],
  text: string,
  percentage = stepPercentage(play.rollout),
): void {
  play.events.push({ day: dayOf(play), atMs: play.nowMs, kind, percentage, text });
}

export function dayOf({ request: { startMs, timeZone }, nowMs }: Playing): number {
  return localTime(nowMs, timeZone).dayNumber - localTime(startMs, timeZone).dayNumber + 1;
}

/** The rollout after an event. A refusal would be a mistake of the play's. */
export function follow(rollout: Rollout | null, event: RolloutEvent, atMs: number): Rollout {
  const result = transition(rollout, event, new Date(atMs).toISOString());
  if (isRefusal(result)) throw new Error(`a play did what is not possible: ${result.refused}`);
  return result;
}
