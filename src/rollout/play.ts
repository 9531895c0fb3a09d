import { localTime } from '../booking/local-time.js';
import { decideGuard, type GuardSettings } from '../guard/decide.js';
import type { RuleName } from '../guard/rule-names.js';
import { type Assessment, assessRollout } from './assess.js';
import type { GateName } from './gate-spec.js';
import { percentagesOf, type RolloutPlan, stepOf } from './plan.js';
import {
  begunPlay,
  lookedAt,
  newId,
  type PlayState,
  sightingOf,
  stepBegan,
  withMoment,
} from './play-evidence.js';
import { momentsOf, type PlayedDay } from './play-moments.js';
import { isLastStep, type Rollout, type RolloutEvent, stepPercentage } from './rollout.js';
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

export interface Play {
  readonly events: readonly PlayEvent[];
  /** Days and attempts of the model that were played. */
  readonly days: number;
  readonly attempts: number;
  readonly reachedFullOnDay: number | null;
  readonly stop: PlayStop | null;
  /** Gates that a person would have had to overrule. */
  readonly passedOver: readonly GateName[];
  /** The last one; where the guard stopped it, by what the guard saw. */
  readonly assessment: Assessment;
}

export interface PlayStop {
  readonly day: number;
  /** The rule of the guard, or the gate that failed from that day to the end. */
  readonly by: RuleName | GateName;
  readonly text: string;
}

const FULL = 100;

/**
 * Plays a rollout by the functions that decide a live one. The guard looks when something failed and when a day is
 * closed; an operator comes when the window opens, or at each close where there is none, approves, and advances if that
 * is safe. What the guard stops stays stopped: nobody resumes. Pure.
 */
export function playRollout(request: PlayRequest): Play {
  const { plan, timeZone, startMs, days } = request;
  const play = beginning(request);
  for (const moment of momentsOf(days, { plan, timeZone, startMs })) {
    play.nowMs = moment.atMs;
    withMoment(play.state, moment);
    if (isWorthALook(moment) && guardStops(play)) break;
    if (moment.kind === 'visit' || (moment.kind === 'close' && goesOnAtClose(play))) goOn(play);
  }
  return ended(play);
}

interface Playing {
  readonly request: PlayRequest;
  readonly state: PlayState;
  readonly events: PlayEvent[];
  readonly passedOver: Set<GateName>;
  rollout: Rollout;
  nowMs: number;
  stop: PlayStop | null;
  /** Since when a gate has failed at every look. */
  failing: PlayStop | null;
  assessment: Assessment | null;
}

function beginning(request: PlayRequest): Playing {
  const { plan, startMs, timeZone } = request;
  const start = { kind: 'start', percentages: percentagesOf(plan), planId: '', model: null } as const;
  const rollout = next(null, start, startMs);
  const play: Playing = {
    ...{ request, rollout, nowMs: startMs, events: [], passedOver: new Set() },
    ...{ stop: null, failing: null, assessment: null },
    state: begunPlay(timeZone),
  };
  stepBegan(play.state, rollout);
  record(play, 'start', 'the first step begins');
  return play;
}

/** Evidence against a model grows only where something went wrong, and at the end of a day. */
function isWorthALook(moment: { readonly kind: string; readonly isBad?: boolean }): boolean {
  return moment.kind === 'close' || moment.isBad === true;
}

/** Lets the guard look. True when it stopped the rollout. */
function guardStops(play: Playing): boolean {
  const { state, rollout, request, nowMs } = play;
  const exposure = { percentage: stepPercentage(rollout), rollout };
  const decision = decideGuard(sightingOf(state, nowMs), state.episodes, exposure, request.guard, () =>
    newId(state),
  );
  lookedAt(state, decision);
  if (decision.act === null) return false;
  const { action, rule, text } = decision.act;
  play.assessment = assess(play);
  const event = {
    hold: { kind: 'hold', code: 'guard', text },
    halve: { kind: 'halve', text },
    roll_back: { kind: 'forced_off', text },
    disable: { kind: 'forced_off', text },
  } as const;
  play.rollout = next(rollout, event[action], nowMs);
  const takesAll = action === 'roll_back' || action === 'disable';
  const share = takesAll ? 0 : exposure.percentage / (action === 'halve' ? 2 : 1);
  record(play, takesAll ? 'roll_back' : action, text, share);
  play.stop = { day: dayOf(play), by: rule, text };
  return true;
}

function goesOnAtClose({ request: { plan }, rollout }: Playing): boolean {
  return plan.window === null || stepOf(plan, rollout.step).approvals === 0;
}

/** What an operator does, and the guard where nobody has to agree: goes on if that is safe. */
function goOn(play: Playing): void {
  const { request, rollout, nowMs } = play;
  const step = stepOf(request.plan, rollout.step);
  const isOver = rollout.phase === 'complete';
  // Nothing can be safe sooner, and an assessment takes a while.
  if (isOver || nowMs < Date.parse(rollout.stepAt) + step.minimumMs) return;
  const assessment = assess(play);
  play.assessment = assessment;
  play.failing = failingGate(play, assessment);
  if (assessment.decision !== 'advance') return;
  if (rollout.phase === 'baking') {
    play.rollout = next(rollout, { kind: 'complete' }, nowMs);
    record(play, 'complete', 'watched for long enough');
    return;
  }
  for (let i = 1; i <= step.approvals; i += 1) {
    play.rollout = next(play.rollout, { kind: 'approve', by: `operator ${i}` }, nowMs);
  }
  advance(play, assessment);
}

function advance(play: Playing, { gates }: Assessment): void {
  const { request, nowMs } = play;
  const isLast = isLastStep(play.rollout);
  const overruled = isOverruled(request) ? gates.filter(({ name }) => name === 'real_model') : [];
  play.rollout = next(play.rollout, { kind: 'advance', planId: '' }, nowMs);
  if (isLast) {
    record(play, 'bake', 'every gate of the last step passes');
    return;
  }
  play.rollout = next(play.rollout, { kind: 'confirmed' }, nowMs);
  for (const { name } of overruled) play.passedOver.add(name);
  const but = overruled.length === 0 ? '' : `, ${overruled.map(({ name }) => name).join(', ')} passed over`;
  record(play, 'advance', `every gate passes${but}`);
  stepBegan(play.state, play.rollout);
}

function isOverruled({ modelSimulated, allowSimulated }: PlayRequest): boolean {
  return modelSimulated && allowSimulated;
}

function assess({ request, state, rollout, nowMs }: Playing): Assessment {
  const { plan, timeZone, modelSimulated } = request;
  return assessRollout({
    ...{ rollout, plan, timeZone, nowMs, evidence: state.evidence, breaches: state.breaches },
    modelSimulated: modelSimulated && !isOverruled(request),
    ...{ forcedOff: false, telemetryFault: null },
  });
}

/** A gate that fails keeps the traffic where it is until it no longer does; only one that fails to the end is a stop. */
function failingGate(play: Playing, { gates, reasons }: Assessment): PlayStop | null {
  const texts = reasons.filter(({ code }) => code === 'gate_failed').map(({ text }) => text);
  const first = gates.find(({ result }) => result === 'fail');
  if (first === undefined || texts.length === 0) return null;
  return play.failing ?? { day: dayOf(play), by: first.name, text: `the gate ${texts.join(', ')}` };
}

function ended(play: Playing): Play {
  const { state, events, stop, passedOver } = play;
  const full = events.find(({ percentage }) => percentage === FULL);
  const assessment = stop === null ? assess(play) : (play.assessment ?? assess(play));
  return {
    events,
    days: stop?.day ?? state.closed.length,
    attempts: state.attempted,
    reachedFullOnDay: full?.day ?? null,
    stop: stop ?? (full === undefined ? failingGate(play, assessment) : null),
    passedOver: [...passedOver],
    assessment,
  };
}

function record(play: Playing, kind: PlayEvent['kind'], text: string, share?: number): void {
  const percentage = share ?? stepPercentage(play.rollout);
  play.events.push({ day: dayOf(play), atMs: play.nowMs, kind, percentage, text });
}

function dayOf({ request: { startMs, timeZone }, nowMs }: Playing): number {
  return localTime(nowMs, timeZone).dayNumber - localTime(startMs, timeZone).dayNumber + 1;
}

/** A refusal here would be a mistake in this file. */
function next(rollout: Rollout | null, event: RolloutEvent, atMs: number): Rollout {
  const result = transition(rollout, event, new Date(atMs).toISOString());
  if (isRefusal(result)) throw new Error(`a play did what is not possible: ${result.refused}`);
  return result;
}
