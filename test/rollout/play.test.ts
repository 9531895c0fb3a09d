import { describe, expect, it } from 'vitest';
import { localTime, wallTimeText } from '../../src/booking/local-time.js';
import { DEFAULT_PLAN, type RolloutPlan } from '../../src/rollout/plan.js';
import type { Play } from '../../src/rollout/play.js';
import type { PlayedDay } from '../../src/rollout/play-moments.js';
import { seededUniforms } from '../../src/statistics/random.js';
import {
  at,
  attemptsToRollback,
  daysOfAttempts,
  FIRST_DAY,
  play,
  START_MS,
  TIME_ZONE,
} from './rollout-simulations.js';
import { drawDays, type ErrorWorld } from './rollout-worlds.js';

const GOOD: ErrorWorld = {
  ...{ heuristicMae: 3, modelMae: 1.7, armCorrelation: 0.6, dayCorrelation: 0 },
  ...{ perDay: 200, failing: 0.01 },
};
const WORSE: ErrorWorld = { ...GOOD, heuristicMae: 2, modelMae: 2.4, armCorrelation: 0.9 };

const days = (world: ErrorWorld, count: number, seed = 3): PlayedDay[] => [
  ...drawDays(world, FIRST_DAY, count, seededUniforms(seed)),
];

/** Steps that last some days, with nothing to prove but that predictions do not fail. */
function ofTime(minimumDays: number, changes: Partial<RolloutPlan> = {}): RolloutPlan {
  const steps = DEFAULT_PLAN.steps.map((step) => ({
    ...step,
    minimumMs: step.percentage === 100 ? 0 : minimumDays * 86_400_000,
    gates: step.gates.filter(({ name }) => name === 'failure_rate'),
  }));
  return { ...DEFAULT_PLAN, steps, ...changes };
}

const kinds = ({ events }: Play) => events.map(({ kind, day, percentage }) => [kind, day, percentage]);
/** Of what else happens, nothing has to wait for the window. */
const raisesTraffic = (kind: string) => kind === 'start' || kind === 'advance';
const advances = (played: Play) =>
  played.events.filter(({ kind }) => kind === 'advance').map(({ day }) => day);

describe('a rollout that is played', () => {
  it('reaches 100 % in a healthy world, step by step when the window opens', () => {
    const played = play(days(GOOD, 40));
    expect(kinds(played).map(([kind, , percentage]) => [kind, percentage])).toEqual([
      ['start', 10],
      ['advance', 25],
      ['advance', 50],
      ['advance', 100],
      ['bake', 100],
      ['complete', 100],
    ]);
    expect(played.reachedFullOnDay).toBeLessThanOrEqual(30);
    expect(played).toMatchObject({ stop: null, passedOver: [], days: 40 });
    for (const { atMs, kind } of played.events.filter((one) => raisesTraffic(one.kind))) {
      const { weekday, hour } = localTime(atMs, TIME_ZONE);
      expect([kind, weekday < 5, hour]).toEqual([kind, true, kind === 'start' ? 9 : 8]);
    }
    expect(played.events[0]).toMatchObject({ day: 1, atMs: START_MS });
  });

  it('is watched at 100 %, and complete after that', () => {
    const played = play(days(GOOD, 45));
    const [baked, complete] = played.events.slice(-2);
    expect([baked?.kind, complete?.kind]).toEqual(['bake', 'complete']);
    // Its gate, the return, goes by all days since the start: it waits for the first that is closed at this share.
    expect(baked!.day - played.reachedFullOnDay!).toBe(1);
    // At a close: nobody has to agree, and the guard is always there.
    expect(wallTimeText(baked!.atMs, TIME_ZONE)).toMatch(/ 03:15:00$/);
    expect(complete!.day - baked!.day).toBe(7);
    expect(played.assessment.phase).toBe('complete');
  });

  it('is rolled back where the model is proven worse, at the close of a day, and names it', () => {
    const played = play(days(WORSE, 28));
    expect(played.stop).toMatchObject({ by: 'improvement' });
    expect(played.stop?.text).toMatch(
      /^the model's error is \d+\.\d % above the heuristic's \(.* is proven, on \d+ days\)$/,
    );
    expect(kinds(played)).toEqual([
      ['start', 1, 10],
      ['roll_back', played.stop?.day, 0],
    ]);
    // Nothing is proven before the close of day 5, in the night that follows it.
    expect(played.stop?.day).toBeGreaterThanOrEqual(6);
    expect(wallTimeText(played.events[1]!.atMs, TIME_ZONE)).toMatch(/ 03:15:00$/);
    expect(played.assessment).toMatchObject({ decision: 'rollback', phase: 'collecting' });
    expect(played.assessment.reasons[0]).toEqual({ code: 'breach', text: played.stop?.text });
  });

  it('is rolled back where predictions fail, at the attempt that proves it', () => {
    const uniform = seededUniforms(5);
    expect(attemptsToRollback({ rate: 1, good: 0, most: 100 }, uniform)).toBeLessThanOrEqual(15);
    expect(attemptsToRollback({ rate: 1, good: 1000, most: 100 }, uniform)).toBeLessThanOrEqual(15);
    const half = play(daysOfAttempts(Array.from({ length: 300 }, (_, i) => i >= 150 && i % 2 === 0)));
    expect(half.stop).toMatchObject({ by: 'failure_rate', day: 3 });
    expect(kinds(half).at(-1)).toEqual(['roll_back', 3, 0]);
    expect(half.attempts).toBeLessThan(200);
  });

  it('is put on hold where the model is far off, though better than the heuristic; nobody resumes', () => {
    const played = play(days({ ...GOOD, heuristicMae: 6, modelMae: 3.2 }, 40));
    expect(['mae', 'miss_rate']).toContain(played.stop?.by);
    expect(kinds(played).at(-1)).toEqual(['hold', played.stop?.day, 10]);
    expect(played.events).toHaveLength(2);
  });

  it('is not stopped by a rule that only says what it would do', () => {
    const guard = { dryRun: ['improvement', 'mae', 'miss_rate'] as const, coolDownMs: 0 };
    const played = play(days(WORSE, 28), { guard });
    expect(played.stop).toMatchObject({
      by: 'improvement',
      text: expect.stringContaining('improvement fails'),
    });
    expect(played.events).toHaveLength(1);
  });

  it('waits over weekends and frozen dates', () => {
    // From a Monday; five days later it is Saturday.
    expect(advances(play(days(GOOD, 25), { plan: ofTime(5) }))).toEqual([8, 15, 22]);
    const freezes = [{ from: '2026-06-15', to: '2026-06-17' }];
    expect(advances(play(days(GOOD, 25), { plan: ofTime(5, { freezes }) }))).toEqual([11, 16, 22]);
    // At 09:00 it began, at 08:00 the operator comes: two days are over on the fourth.
    expect(advances(play(days(GOOD, 25), { plan: ofTime(2) })).slice(0, 2)).toEqual([4, 8]);
  });

  it('goes on at the close of a day where traffic may rise at any time', () => {
    const plan = ofTime(2, { window: null });
    const played = play(days(GOOD, 20), { plan, startMs: at(1, 0) });
    const advanced = played.events.filter(({ kind }) => kind === 'advance');
    expect(advanced.map(({ day }) => day)).toEqual([3, 5, 7]);
    for (const { atMs } of advanced) expect(wallTimeText(atMs, TIME_ZONE)).toMatch(/ 03:15:00$/);
    const frozen = { ...plan, freezes: [{ from: '2026-06-10', to: '2026-06-10' }] };
    expect(advances(play(days(GOOD, 20), { plan: frozen, startMs: at(1, 0) }))[0]).toBe(4);
  });

  it('ends undecided where the bookings end first', () => {
    const played = play(days(GOOD, 4));
    expect(played).toMatchObject({ stop: null, reachedFullOnDay: null, days: 4 });
    expect(played.assessment).toMatchObject({ decision: 'wait', bookings: { settled: expect.any(Number) } });
    const texts = played.assessment.reasons.map(({ text }) => text);
    expect(texts).toContain('mae: 4 of at least 5 days with 10 settled bookings');
    expect(kinds(play([]))).toEqual([['start', 1, 10]]);
  });

  it('waits while outcomes are known for less than 80 %', () => {
    const unknown = days(GOOD, 30).map((day) => ({
      ...day,
      figures: { ...day.figures, asked: Math.ceil(day.figures.settled / 0.7) },
    }));
    const played = play(unknown);
    expect(played.events).toHaveLength(1);
    expect(played.assessment.reasons.map(({ code }) => code)).toContain('telemetry');
  });

  it('does not give more than half to a model of simulated bookings, unless somebody overrules that', () => {
    const refused = play(days(GOOD, 40), { modelSimulated: true });
    expect(refused.stop).toMatchObject({ by: 'real_model', text: 'the gate real_model fails' });
    expect(refused.reachedFullOnDay).toBeNull();
    expect(refused.stop?.day).toBe(advances(refused)[1]! + 7);
    const allowed = play(days(GOOD, 40), { modelSimulated: true, allowSimulated: true });
    expect(allowed.passedOver).toEqual(['real_model']);
    expect(allowed.reachedFullOnDay).toBe(play(days(GOOD, 40)).reachedFullOnDay);
    const toFull = allowed.events.find(({ percentage }) => percentage === 100);
    expect(toFull?.text).toBe('every gate passes, real_model passed over');
  });

  it('takes days that are missing for empty ones, and leaves out what was before the start', () => {
    const all = days(GOOD, 60);
    const weekdays = all.filter(({ figures }) => (figures.dayNumber - FIRST_DAY) % 7 < 5);
    expect(play(weekdays).days).toBe(60);
    const startMs = at(15, 9);
    const late = play(all, { startMs });
    expect(late.events[0]).toMatchObject({ day: 1, atMs: startMs });
    expect(late.days).toBe(46);
    expect(late).toEqual(play(all.slice(14), { startMs }));
  });

  it('keeps to local days where the clocks change', () => {
    // Sunday, 25 October 2026, has 25 hours.
    const firstDay = FIRST_DAY + 7 * 19;
    const autumn = [...drawDays(GOOD, firstDay, 20, seededUniforms(3))];
    const startMs = Date.parse('2026-10-19T07:00:00Z');
    const played = play(autumn, { plan: ofTime(5), startMs });
    expect(advances(played)).toEqual([8, 15]);
    expect(played.events.map(({ atMs }) => localTime(atMs, TIME_ZONE).hour)).toEqual([9, 8, 8]);
  });

  it('plays the same days alike', () => {
    expect(play(days(GOOD, 40))).toEqual(play(days(GOOD, 40)));
  });
});
