import { describe, expect, it } from 'vitest';
import { assessRollout, type Situation } from '../../src/rollout/assess.js';
import { emptyDay } from '../../src/rollout/day-figures.js';
import { NO_EVIDENCE } from '../../src/rollout/evidence.js';
import { GATE_DEFAULTS } from '../../src/rollout/gate-spec.js';
import { DEFAULT_PLAN, type PlanStep, percentagesOf, type RolloutPlan } from '../../src/rollout/plan.js';
import type { Rollout } from '../../src/rollout/rollout.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Monday, 10:00 UTC. */
const NOW = Date.UTC(2026, 5, 8, 10);
const ago = (ms: number) => new Date(NOW - ms).toISOString();

const step = (percentage: number, changes: Partial<PlanStep> = {}): PlanStep => ({
  ...{ percentage, minimumMs: 2 * DAY_MS, minimumSettled: 100, gates: [], approvals: 1 },
  ...changes,
});
const PLAN: RolloutPlan = {
  ...DEFAULT_PLAN,
  steps: [step(10), step(50), step(100, { minimumMs: 0, approvals: 0 })],
  recovery: step(5),
  bakeMs: 3 * DAY_MS,
  window: null,
};
const ROLLOUT: Rollout = {
  ...{
    phase: 'collecting',
    step: 1,
    percentages: percentagesOf(PLAN),
    event: 'start',
    planId: 'p',
    model: 'a',
  },
  ...{
    startedAt: ago(3 * DAY_MS),
    stepAt: ago(3 * DAY_MS),
    baselineAt: ago(3 * DAY_MS),
    phaseAt: ago(3 * DAY_MS),
  },
  ...{ stop: null, approvals: ['ana'] },
};
/** `settled` of a hundred bookings a day; failures of the model never. */
const days = (count: number, settled: number) =>
  Array.from({ length: count }, (_, i) => ({ ...emptyDay(100 + i), asked: 100, settled }));
const EVIDENCE = { ...NO_EVIDENCE, days: days(2, 90), failures: { successes: 0, trials: 200 } };
const GOOD: Situation = {
  ...{ rollout: ROLLOUT, evidence: EVIDENCE, plan: PLAN, nowMs: NOW, timeZone: 'UTC', modelSimulated: false },
  ...{ forcedOff: false, breaches: [], telemetryFault: null },
};
const held = (code: 'operator' | 'guard'): Rollout => ({
  ...ROLLOUT,
  ...{ phase: 'held', stop: { code, text: 'strike', from: 'collecting' } },
});
const rolledBack = (code: 'guard' | 'forced_off'): Rollout => ({
  ...ROLLOUT,
  ...{ phase: 'rolled_back', stop: { code, text: '', from: 'collecting' } },
});
const atTheEnd = (phase: Rollout['phase'], phaseAgoMs: number): Rollout => ({
  ...ROLLOUT,
  ...{ phase, step: 3, phaseAt: ago(phaseAgoMs) },
});
const withGate = (required: boolean): RolloutPlan => ({
  ...PLAN,
  steps: [step(10, { gates: [{ ...GATE_DEFAULTS.failure_rate, required }] }), ...PLAN.steps.slice(1)],
});
const failing = { ...EVIDENCE, failures: { successes: 150, trials: 200 } };
const few = { ...EVIDENCE, failures: { successes: 0, trials: 1 } };

const CASES: readonly [
  what: string,
  changes: Partial<Situation>,
  decision: string,
  codes: string,
  next: string | null,
][] = [
  ['nothing missing', {}, 'advance', '', 'rollout advance'],
  ['ready', { rollout: { ...ROLLOUT, phase: 'ready' } }, 'advance', '', 'rollout advance'],
  ['not started', { rollout: null }, 'wait', 'not_started', 'rollout start'],
  [
    'not started, forced off',
    { rollout: null, forcedOff: true },
    'wait',
    'forced_off not_started',
    'rollout start',
  ],
  [
    'not started, a breach',
    { rollout: null, breaches: [{ action: 'hold', text: 'mae' }] },
    'hold',
    'breach not_started',
    'rollout start',
  ],
  [
    'not started, a proven one',
    { rollout: null, breaches: [{ action: 'roll_back', text: 'mae' }] },
    'rollback',
    'breach not_started',
    'rollout rollback',
  ],
  [
    'not started, blind',
    { rollout: null, telemetryFault: 'no ledger' },
    'wait',
    'telemetry not_started',
    'rollout start',
  ],
  [
    'nobody knows, and a mark holds',
    { rollout: null, flagUnknown: true, forcedOff: true },
    'wait',
    'forced_off flag_unknown',
    'doctor',
  ],
  ['nobody knows', { rollout: null, flagUnknown: true }, 'wait', 'flag_unknown', 'doctor'],
  [
    'a proven breach',
    { breaches: [{ action: 'roll_back', text: 'mae' }] },
    'rollback',
    'breach',
    'rollout rollback',
  ],
  ['a breach to hold at', { breaches: [{ action: 'hold', text: 'mae' }] }, 'hold', 'breach', null],
  [
    'both, the worse counts',
    {
      breaches: [
        { action: 'hold', text: 'x' },
        { action: 'roll_back', text: 'y' },
      ],
    },
    'rollback',
    'breach breach',
    'rollout rollback',
  ],
  ['blind', { telemetryFault: 'no ledger' }, 'wait', 'telemetry', null],
  ['outcomes of less than 80 %', { evidence: { ...EVIDENCE, days: days(2, 79) } }, 'wait', 'telemetry', null],
  ['outcomes of 80 %', { evidence: { ...EVIDENCE, days: days(2, 80) } }, 'advance', '', 'rollout advance'],
  ['forced off', { forcedOff: true }, 'hold', 'forced_off', 'rollout start'],
  ['held', { rollout: held('operator') }, 'hold', 'held', 'rollout resume'],
  [
    'held and forced off',
    { rollout: held('guard'), forcedOff: true },
    'hold',
    'forced_off held',
    'rollout start',
  ],
  ['rolled back to less', { rollout: rolledBack('guard') }, 'hold', 'rolled_back', 'rollout resume'],
  [
    'rolled back to nothing',
    { rollout: rolledBack('forced_off'), forcedOff: true },
    'hold',
    'rolled_back',
    'rollout start',
  ],
  ['advancing', { rollout: { ...ROLLOUT, phase: 'advancing' } }, 'wait', 'advancing', null],
  [
    'no traffic',
    {
      evidence: NO_EVIDENCE,
      plan: { ...PLAN, steps: [step(10, { minimumSettled: 0 }), ...PLAN.steps.slice(1)] },
    },
    'wait',
    'no_traffic',
    null,
  ],
  [
    'bookings, and attempts that nobody counted',
    { evidence: { ...EVIDENCE, failures: { successes: 0, trials: 0 } } },
    'advance',
    '',
    'rollout advance',
  ],
  ['nothing settled yet', { evidence: { ...EVIDENCE, days: [] } }, 'wait', 'not_enough_data', null],
  ['one booking short', { evidence: { ...EVIDENCE, days: days(1, 99) } }, 'wait', 'not_enough_data', null],
  ['a failing gate', { plan: withGate(true), evidence: failing }, 'hold', 'gate_failed', null],
  [
    'a failing gate that need not pass',
    { plan: withGate(false), evidence: failing },
    'hold',
    'gate_failed',
    null,
  ],
  ['an open gate', { plan: withGate(true), evidence: few }, 'wait', 'not_enough_data', null],
  [
    'an open gate that need not pass',
    { plan: withGate(false), evidence: few },
    'advance',
    '',
    'rollout advance',
  ],
  ['too early', { nowMs: NOW - DAY_MS - 1 }, 'wait', 'minimum_time', null],
  ['just in time', { nowMs: NOW - DAY_MS }, 'advance', '', 'rollout advance'],
  [
    'a frozen day',
    { plan: { ...PLAN, freezes: [{ from: '2026-06-08', to: '2026-06-08' }] } },
    'wait',
    'calendar',
    null,
  ],
  [
    'a frozen day at the last step',
    {
      rollout: atTheEnd('collecting', 0),
      plan: { ...PLAN, freezes: [{ from: '2026-06-08', to: '2026-06-08' }] },
    },
    'advance',
    '',
    'rollout advance',
  ],
  [
    'past half, a simulated model',
    { rollout: { ...ROLLOUT, step: 2 }, modelSimulated: true },
    'hold',
    'gate_failed',
    null,
  ],
  ['up to half, a simulated model', { modelSimulated: true }, 'advance', '', 'rollout advance'],
  [
    'past half, an unknown model',
    { rollout: { ...ROLLOUT, step: 2 }, modelSimulated: null },
    'wait',
    'not_enough_data',
    null,
  ],
  ['baking', { rollout: atTheEnd('baking', 3 * DAY_MS - 1) }, 'wait', 'baking', null],
  ['baked', { rollout: atTheEnd('baking', 3 * DAY_MS) }, 'advance', '', 'rollout advance'],
  [
    'baked without evidence',
    { rollout: atTheEnd('baking', 3 * DAY_MS), evidence: NO_EVIDENCE },
    'advance',
    '',
    'rollout advance',
  ],
  ['complete', { rollout: atTheEnd('complete', 0), evidence: NO_EVIDENCE }, 'wait', 'complete', null],
  [
    'everything at once, the worst first',
    {
      breaches: [{ action: 'hold', text: 'mae' }],
      telemetryFault: 'no ledger',
      forcedOff: true,
      plan: withGate(true),
      evidence: { ...failing, days: [] },
      nowMs: NOW - 2 * DAY_MS,
    },
    'hold',
    'breach telemetry forced_off gate_failed minimum_time not_enough_data',
    'rollout start',
  ],
];

describe('what a rollout should do next', () => {
  it.each(CASES)('%s', (_what, changes, decision, codes, next) => {
    const found = assessRollout({ ...GOOD, ...changes });
    expect([found.decision, found.reasons.map(({ code }) => code).join(' ')]).toEqual([decision, codes]);
    expect(found.nextCommand).toBe(next === null ? null : `atmr-ml ${next}`);
    expect(found.safeToAdvance).toBe(decision === 'advance');
    for (const { text } of found.reasons) expect(text).not.toMatch(/^\s*$|undefined|NaN|null/);
  });

  it('tells where it stands', () => {
    expect(assessRollout(GOOD)).toMatchObject({
      ...{ phase: 'collecting', step: 1, steps: 3, percentage: 10, nextPercentage: 50, gates: [{}, {}] },
      approvals: { given: ['ana'], needed: 1 },
      bookings: { settled: 180, needed: 100, perDay: 90, coverage: 0.9, simulated: false },
    });
    expect(assessRollout({ ...GOOD, rollout: atTheEnd('baking', 0) }).nextPercentage).toBeNull();
    expect(assessRollout({ ...GOOD, rollout: null })).toMatchObject({
      ...{ phase: 'not_started', step: null, steps: null, percentage: null, nextPercentage: null },
      ...{ nextAtMs: null, expectedAtMs: null, gates: [], approvals: { given: [], needed: 0 } },
      bookings: { settled: 0, needed: 0, perDay: null, coverage: null, simulated: false },
    });
    const simulated = { ...EVIDENCE, days: [{ ...days(1, 90)[0]!, simulated: 1 }] };
    expect(assessRollout({ ...GOOD, evidence: simulated }).bookings.simulated).toBe(true);
  });

  it('has the gates that every step has, and past half that of a real model', () => {
    const names = (at: number) =>
      assessRollout({ ...GOOD, rollout: { ...ROLLOUT, step: at } }).gates.map(({ name }) => name);
    expect(names(1)).toEqual(['r2', 'improvement_target']);
    expect(names(2)).toEqual(['r2', 'improvement_target', 'real_model']);
    expect(names(3)).toEqual(['r2', 'improvement_target']);
  });

  it('says when the step may be left: its time over, the window open', () => {
    const at = (changes: Partial<Situation>) => assessRollout({ ...GOOD, ...changes }).nextAtMs;
    expect(at({})).toBe(NOW);
    expect(at({ nowMs: NOW - 2 * DAY_MS })).toBe(NOW - DAY_MS);
    const window = { weekdays: [0, 1, 2, 3, 4], fromHour: 12, untilHour: 17 };
    expect(at({ plan: { ...PLAN, window } })).toBe(NOW + 2 * HOUR_MS);
    // At the last step nothing is raised any more.
    expect(at({ plan: { ...PLAN, window }, rollout: atTheEnd('collecting', 0) })).toBe(NOW);
    expect(at({ rollout: atTheEnd('baking', DAY_MS) })).toBe(NOW + 2 * DAY_MS);
  });

  it('says when, at this rate, the bookings will be there; not what lies beyond a year', () => {
    const at = (evidence: Situation['evidence'], minimumSettled = 1000) => {
      const steps = [step(10, { minimumSettled }), ...PLAN.steps.slice(1)];
      return assessRollout({ ...GOOD, evidence, plan: { ...PLAN, steps } }).expectedAtMs;
    };
    // 180 there, 90 a day.
    expect(at(EVIDENCE, 270)).toBe(NOW + DAY_MS);
    expect(at(EVIDENCE, 100)).toBe(NOW);
    expect(at(EVIDENCE, 180 + 90 * 366)).toBe(NOW + 366 * DAY_MS);
    expect(at(EVIDENCE, 180 + 90 * 366 + 1)).toBeNull();
    expect(at({ ...EVIDENCE, days: [] })).toBeNull();
    expect(at({ ...EVIDENCE, days: days(2, 0) })).toBeNull();
  });

  it('says no time where the plan never opens', () => {
    const plan = { ...PLAN, freezes: [{ from: '2026-01-01', to: '2036-01-01' }] };
    expect(assessRollout({ ...GOOD, plan })).toMatchObject({ nextAtMs: null, expectedAtMs: null });
  });

  it('needs as many bookings as the gate that needs most', () => {
    const gates = [{ ...GATE_DEFAULTS.mae, required: true }];
    const near = days(8, 100).map((day) => ({
      ...day,
      e: 245,
      ee: 245 * 2.45 + 100,
      h: 300,
      hh: 1000,
      eh: 735,
    }));
    const plan = { ...PLAN, steps: [step(10, { gates }), ...PLAN.steps.slice(1)] };
    const { bookings, gates: found } = assessRollout({
      ...GOOD,
      plan,
      evidence: { ...EVIDENCE, days: near },
    });
    const needed = found.find(({ name }) => name === 'mae')?.needed ?? 0;
    expect(needed).toBeGreaterThan(100);
    expect(bookings.needed).toBe(needed);
    const baking = { ...GOOD, plan, evidence: { ...EVIDENCE, days: near }, rollout: atTheEnd('baking', 0) };
    expect(assessRollout(baking).bookings.needed).toBe(100);
  });
});
