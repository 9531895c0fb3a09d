import { type Flag, unwrittenFlag } from '../../src/flag/flag.js';
import type { Status } from '../../src/flag/status.js';
import { decideGuard, type GuardSettings } from '../../src/guard/decide.js';
import { NOTHING_SEEN, type Sighting } from '../../src/guard/sighting.js';
import type { Survey } from '../../src/guard/survey.js';
import { assessRollout, type Situation } from '../../src/rollout/assess.js';
import { type DayFigures, emptyDay } from '../../src/rollout/day-figures.js';
import { NO_EVIDENCE, type StepEvidence } from '../../src/rollout/evidence.js';
import { DEFAULT_PLAN, percentagesOf } from '../../src/rollout/plan.js';
import type { Rollout } from '../../src/rollout/rollout.js';

export const TIME_ZONE = 'Europe/Zurich';
/** Monday, 8 June 2026, 09:00 in Zurich: the step began. */
export const STEP_AT = '2026-06-08T07:00:00.000Z';
/** The Friday after next, at noon. */
export const NOW_MS = Date.parse('2026-06-19T10:00:00.000Z');

export function rolloutBy(changes: Partial<Rollout> = {}): Rollout {
  return {
    ...{ phase: 'collecting', step: 2, percentages: percentagesOf(DEFAULT_PLAN), event: 'confirmed' },
    ...{ startedAt: '2026-06-01T07:00:00.000Z', stepAt: STEP_AT, baselineAt: '2026-06-01T07:00:00.000Z' },
    ...{ phaseAt: STEP_AT, model: 'ab', planId: 'the plan', stop: null, approvals: [] },
    ...changes,
  };
}

/** Days of 100 bookings on which the model is off by some `e` and the heuristic by some `h` minutes. */
export function days(count: number, e: number, h: number, changes: Partial<DayFigures> = {}): DayFigures[] {
  return Array.from({ length: count }, (_, i) => {
    const mean = e + (i % 2 === 0 ? 0.1 : -0.1);
    return {
      ...{ ...emptyDay(20_612 + i), asked: 100, settled: 100, e: 100 * mean, h: 100 * h },
      ...{ ee: 100 * (mean ** 2 + 1), hh: 100 * (h ** 2 + 1), eh: 100 * (mean * h + 1) },
      ...{ actual: 600, actualSquares: 7200, foreseen: 10 },
      ...changes,
    };
  });
}

/** Of a model that is in order in everything. */
export const GOOD: StepEvidence = {
  ...{ days: days(10, 1.6, 3), earlier: days(8, 1.6, 3) },
  ...{ failures: { successes: 2, trials: 1000 }, slow: { successes: 0, trials: 1000 } },
  ...{ predictionTimeP95Ms: 31.4, crashes: 0 },
};

export interface ByHand {
  /** `null` for none. */
  readonly rollout?: Rollout | null;
  /** `null` where the flag was never written. */
  readonly flag?: Flag | null;
  readonly evidence?: StepEvidence;
  readonly seen?: Partial<Sighting>;
  readonly dryRun?: GuardSettings['dryRun'];
  readonly telemetryFault?: string | null;
  readonly modelSimulated?: boolean | null;
  readonly situation?: Partial<Situation>;
}

/** A survey as the real functions make it of what a test gives; by default all is well at 25 %, some days after its start. */
export function surveyBy(given: ByHand = {}): Survey {
  const { rollout = rolloutBy(), evidence = GOOD, telemetryFault = null, modelSimulated = false } = given;
  const flag = given.flag === undefined ? flagOf(rollout) : given.flag;
  const exposure = { percentage: flag?.enabled ? flag.percentage : 0, rollout };
  const sighting: Sighting = { ...NOTHING_SEEN, nowMs: NOW_MS, evidence, ...given.seen };
  const settings = { dryRun: given.dryRun ?? [], coolDownMs: 0 };
  const guard =
    telemetryFault === null ? decideGuard(sighting, [], exposure, settings, () => 'episode-1') : null;
  const breaches = (guard?.findings ?? []).flatMap(({ action, level, text, dryRun }) =>
    level === 'act' && !dryRun && (action === 'roll_back' || action === 'hold') ? [{ action, text }] : [],
  );
  const assessment = assessRollout({
    ...{ rollout, plan: DEFAULT_PLAN, nowMs: NOW_MS, timeZone: TIME_ZONE, modelSimulated, telemetryFault },
    ...{ evidence: telemetryFault === null ? evidence : NO_EVIDENCE, forcedOff: false, breaches },
    ...given.situation,
  });
  const seen = telemetryFault === null ? sighting : null;
  return {
    ...{ nowMs: NOW_MS, status: statusOf(flag), rollout, exposure, episodes: [], sighting: seen, guard },
    ...{ telemetryFault, modelSimulated, assessment, recorded: assessment },
  };
}

function flagOf(rollout: Rollout | null): Flag {
  const model = { name: 'delay_predictor', version: '1.0.0', sha256: 'ab' };
  const content = { ...unwrittenFlag('ml-delay-prediction'), model, enabled: true, percentage: 25 };
  const written = { ...content, revision: 7, changeId: 'c7', clears: [], updatedAt: STEP_AT };
  return rollout === null ? written : { ...written, rollout };
}

function statusOf(flag: Flag | null): Status {
  return {
    ...{ state: flag === null ? 'never written' : 'on', flag, regressed: false, marks: [] },
    ...{ foreignMarks: [], since: flag, stores: [], instances: [] },
  };
}

/** The paths of values that no pipeline can read: what JSON leaves out or makes `null` of. */
export function holesOf(document: unknown, path = ''): string[] {
  if (document === undefined) return [path];
  if (typeof document === 'number') return Number.isFinite(document) ? [] : [path];
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([name, value]) => holesOf(value, `${path}.${name}`));
}
