import { type Act, decideGuard, LEAST_HALVED } from '../guard/decide.js';
import { t } from '../wording/t.js';
import type { Assessment } from './assess.js';
import type { GateName } from './gate-spec.js';
import { percentagesOf, stepOf } from './plan.js';
import { failingGate, goOn } from './play-advance.js';
import { begunPlay, lookedAt, newId, sightingOf, stepBegan, withMoment } from './play-evidence.js';
import { type Moment, momentsOf } from './play-moments.js';
import {
  assess,
  dayOf,
  follow,
  type PlayEvent,
  type Playing,
  type PlayRequest,
  type PlayStop,
  record,
} from './playing.js';
import { type RolloutEvent, stepPercentage } from './rollout.js';

/** What became of a plan that was played. */
export interface Play {
  readonly events: readonly PlayEvent[];
  /** Whole local days, and attempts of the model, that were played. */
  readonly days: number;
  readonly attempts: number;
  readonly reachedFullOnDay: number | null;
  readonly stop: PlayStop | null;
  /** Gates that a person would have had to overrule. */
  readonly passedOver: readonly GateName[];
  /** The last one; where the guard stopped it, by what the guard saw. */
  readonly assessment: Assessment;
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
    const act = isWorthALook(moment) ? look(play) : null;
    if (act !== null) return stopped(play, act);
    if (isVisit(play, moment)) goOn(play);
  }
  const assessment = assess(play);
  return played(play, reachedFull(play) === null ? failingGate(play, assessment) : null, assessment);
}

function beginning(request: PlayRequest): Playing {
  const { plan, startMs, timeZone } = request;
  const start = { kind: 'start', percentages: percentagesOf(plan), planId: '', model: null } as const;
  const rollout = follow(null, start, startMs);
  const state = begunPlay(timeZone);
  stepBegan(state, rollout);
  const play = { request, state, rollout, nowMs: startMs, events: [], passedOver: new Set<GateName>() };
  const playing: Playing = { ...play, failing: null };
  record(playing, 'start', t`the first step begins`);
  return playing;
}

/** Evidence against a model grows only where something went wrong, and at the end of a day. */
function isWorthALook(moment: Moment): boolean {
  return moment.kind === 'close' || ('isBad' in moment && moment.isBad);
}

/** Lets the guard look; what it does, if anything. */
function look({ state, rollout, request, nowMs }: Playing): Act | null {
  const exposure = { percentage: stepPercentage(rollout), rollout };
  const sighting = sightingOf(state, nowMs);
  const decision = decideGuard(sighting, state.episodes, exposure, request.guard, () => newId(state));
  lookedAt(state, decision);
  return decision.act;
}

/** Without a window to wait for, each close will do; and where nobody has to agree, the guard is always there. */
function isVisit({ request: { plan }, rollout }: Playing, { kind }: Moment): boolean {
  const isAutomatic = plan.window === null || stepOf(plan, rollout.step).approvals === 0;
  return kind === 'visit' || (kind === 'close' && isAutomatic);
}

function stopped(play: Playing, { action, rule, text }: Act): Play {
  const assessment = assess(play);
  const share = stepPercentage(play.rollout);
  const off = { kind: 'roll_back', percentage: 0, event: { kind: 'forced_off', text } } as const;
  const halved = Math.max(LEAST_HALVED, share / 2);
  const acts: Record<Act['action'], Acted> = {
    hold: { kind: 'hold', percentage: share, event: { kind: 'hold', code: 'guard', text } },
    halve: { kind: 'halve', percentage: halved, event: { kind: 'halve', text } },
    roll_back: off,
    disable: off,
  };
  const { kind, percentage, event } = acts[action];
  play.rollout = follow(play.rollout, event, play.nowMs);
  record(play, kind, text, percentage);
  return played(play, { day: dayOf(play), by: rule, text }, assessment);
}

interface Acted {
  readonly kind: PlayEvent['kind'];
  readonly percentage: number;
  readonly event: RolloutEvent;
}

function reachedFull({ events }: Playing): number | null {
  return events.find(({ percentage }) => percentage === FULL)?.day ?? null;
}

function played(play: Playing, stop: PlayStop | null, assessment: Assessment): Play {
  const { state, events, passedOver } = play;
  return {
    events,
    days: state.closed.length,
    attempts: state.attempted,
    reachedFullOnDay: reachedFull(play),
    ...{ stop, passedOver: [...passedOver], assessment },
  };
}
