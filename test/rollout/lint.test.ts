import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GATE_DEFAULTS, type GateName, PLAN_GATES } from '../../src/rollout/gate-spec.js';
import { type LintFinding, lintPlan } from '../../src/rollout/lint.js';
import { DEFAULT_PLAN, type PlanStep, type RolloutPlan } from '../../src/rollout/plan.js';

const DAY_MS = 86_400_000;
const gates = (...names: readonly GateName[]) => names.map((name) => GATE_DEFAULTS[name]);
const SOUND = gates('failure_rate', 'improvement');

/** A step of a week with nothing odd about it. */
function step(percentage: number, changes: Partial<PlanStep> = {}): PlanStep {
  const usual = { percentage, minimumMs: 7 * DAY_MS, minimumSettled: 100, approvals: 1, gates: SOUND };
  return { ...usual, ...changes };
}

const planOf = (steps: readonly PlanStep[], changes: Partial<RolloutPlan> = {}): RolloutPlan => {
  return { ...DEFAULT_PLAN, steps, ...changes };
};
const short = ({ level, path, text }: LintFinding) => `${level} ${path}: ${text}`;
const found = (...given: Parameters<typeof planOf>) => lintPlan(planOf(...given)).map(short);
/** Of a first step, in a plan that is sound else. */
const ofFirst = (changes: Partial<PlanStep>) => found([step(10, changes), step(100)]);
/** Of a second step: it has one before it and one after it. */
const ofSecond = (changes: Partial<PlanStep>) => found([step(10), step(50, changes), step(100)]);

describe('what is odd about a plan', () => {
  it('is nothing about the default one, and about one with little in it', () => {
    expect(lintPlan(DEFAULT_PLAN)).toEqual([]);
    expect(found([step(10), step(50), step(100)])).toEqual([]);
  });

  it('are steps that do not give more traffic than the one before', () => {
    expect(found([step(10), step(25), step(25), step(20), step(100)])).toEqual([
      'error rollout.steps.2: 25 % is not above the 25 % before it; each step gives more traffic',
      'error rollout.steps.3: 20 % is not above the 25 % before it; each step gives more traffic',
    ]);
  });

  it('is an end below all of the traffic', () => {
    expect(found([step(10), step(50)])).toEqual([
      'warning rollout.steps.1: the plan ends at 50 %; add a step of 100 unless that is meant',
    ]);
  });

  it('are gates that are missing, listed twice, or have nothing to compare with', () => {
    expect(ofFirst({ gates: [] })).toEqual([
      'error rollout.steps.0: no gates: traffic would rise on time alone',
    ]);
    expect(ofFirst({ gates: gates('improvement') })).toEqual([
      'warning rollout.steps.0: without failure_rate a model that fails or helps nobody may go on',
    ]);
    expect(ofFirst({ gates: gates('failure_rate') })).toEqual([
      'warning rollout.steps.0: without improvement a model that fails or helps nobody may go on',
    ]);
    expect(ofFirst({ gates: [...SOUND, ...gates('mae', 'mae')] })).toEqual([
      'error rollout.steps.0: mae is listed twice',
    ]);
    expect(ofFirst({ gates: [...SOUND, ...gates('stable')] })).toEqual([
      'error rollout.steps.0: stable compares with the steps before; the first has none',
    ]);
    expect(ofSecond({ gates: [...SOUND, ...gates('stable')] })).toEqual([]);
  });

  it('is a step that is too short for one of its gates to be decided', () => {
    const days = (count: number, ...names: readonly GateName[]) =>
      ofSecond({
        minimumMs: count * DAY_MS,
        gates: [...gates('failure_rate', 'improvement'), ...gates(...names)],
      });
    expect(days(5)).toEqual([]);
    expect(days(4.5)).toEqual([
      'warning rollout.steps.1: 4.5 days are less than the 5 that improvement needs: it will take longer',
    ]);
    for (const name of ['mae', 'improvement_target', 'roi'] as const) expect(days(5, name)).toEqual([]);
    // A week against a week; and R² needs as many.
    for (const name of ['stable', 'r2'] as const) {
      expect(days(7, name)).toEqual([]);
      expect(days(5, name)).toEqual([
        `warning rollout.steps.1: 5 days are less than the 7 that ${name} needs: it will take longer`,
      ]);
    }
    // Where the targets have to be proven, every step asks for R².
    expect(found([step(10, { minimumMs: 5 * DAY_MS }), step(100)], { requireTarget: true })).toEqual([
      'warning rollout.steps.0: 5 days are less than the 7 that r2 needs: it will take longer',
    ]);
    // These do not wait for days.
    const soon = gates('failure_rate', 'prediction_time_p95', 'crashes');
    expect(ofFirst({ minimumMs: 0, gates: soon })).toEqual([
      'warning rollout.steps.0: without improvement a model that fails or helps nobody may go on',
    ]);
  });

  it('are steps that ask for no booking or for no person', () => {
    expect(ofFirst({ minimumSettled: 0, approvals: 0 })).toEqual([
      'warning rollout.steps.0: no settled booking is asked for',
      'warning rollout.steps.0: the guard raises traffic here without a person',
    ]);
  });

  it('is none of that at the last step: after it comes no traffic, only watching', () => {
    const last = step(100, { minimumMs: 0, minimumSettled: 0, approvals: 0, gates: [] });
    expect(found([step(10), last])).toEqual([]);
    expect(found([step(10), { ...last, gates: gates('roi', 'roi') }])).toEqual([
      'error rollout.steps.1: roi is listed twice',
    ]);
  });

  it('is a way back that begins with more than the plan, or that cannot be left', () => {
    const { recovery } = DEFAULT_PLAN;
    const steps = [step(10), step(100)];
    expect(found(steps, { recovery: { ...recovery, percentage: 10 } })).toEqual([
      "error rollout.recovery: 10 % is not below the first step's 10 %; after a rollback it comes first",
    ]);
    expect(found(steps, { recovery: { ...recovery, percentage: 9.99 } })).toEqual([]);
    for (const own of [gates('stable'), gates('failure_rate', 'stable', 'crashes')]) {
      expect(found(steps, { recovery: { ...recovery, gates: own } })).toEqual([
        'error rollout.recovery: stable compares with the steps before; after a rollback there are none',
      ]);
    }
  });

  it('is a calendar that is wide open, shut for long, or longer than half a year', () => {
    const steps = [step(10), step(100)];
    expect(found(steps, { window: null })).toEqual([
      'warning rollout.anyTime: traffic may rise at night and on weekends',
    ]);
    expect(found(steps, { freezes: [{ from: '2026-06-01', to: '2026-08-01' }] })).toEqual([
      'warning rollout.freeze: 2026-06-01..2026-08-01 is over two months',
    ]);
    // June and July are two months.
    expect(found(steps, { freezes: [{ from: '2026-06-01', to: '2026-07-31' }] })).toEqual([]);
    expect(found(steps, { freezes: [{ from: '2026-12-24', to: '2027-01-02' }] })).toEqual([]);
    const lasting = (days: number) =>
      found([step(10, { minimumMs: days * DAY_MS }), step(100, { minimumMs: 0 })]);
    expect(lasting(190)).toEqual(['warning rollout.steps: it takes 27 weeks at least']);
    expect(lasting(26 * 7)).toEqual([]);
  });

  it('is said of any plan, in sentences without holes', () => {
    const anyStep = fc.record({
      percentage: fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100),
      minimumMs: fc.integer({ min: 0, max: 366 * DAY_MS }),
      minimumSettled: fc.nat(),
      approvals: fc.integer({ min: 0, max: 100 }),
      gates: fc.array(fc.constantFrom(...PLAN_GATES), { maxLength: 6 }).map((names) => gates(...names)),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 6 }), anyStep, (steps, recovery) => {
        const findings = lintPlan(planOf(steps, { recovery }));
        for (const { path, text } of findings) {
          expect(path).toMatch(/^rollout\.(steps(\.\d)?|recovery)$/);
          expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
        }
        // Shares that go up all the way, and then alone, are no error of order.
        const isRising = steps.every(({ percentage }, i) => i === 0 || percentage > steps[i - 1]!.percentage);
        expect(findings.some(({ text }) => text.includes('is not above'))).toBe(!isRising);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
