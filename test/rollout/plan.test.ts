import { describe, expect, it } from 'vitest';
import { GATE_DEFAULTS } from '../../src/rollout/gate-spec.js';
import { DEFAULT_PLAN, gatesOf, percentagesOf, type RolloutPlan, stepOf } from '../../src/rollout/plan.js';

const [first, second, third, last] = DEFAULT_PLAN.steps;
const { recovery } = DEFAULT_PLAN;

describe('the steps of a plan', () => {
  it('are counted from 1; 0 is the smaller one after a rollback, with a share of its own', () => {
    expect(percentagesOf(DEFAULT_PLAN)).toEqual([5, 10, 25, 50, 100]);
    expect([0, 1, 2, 3, 4].map((step) => stepOf(DEFAULT_PLAN, step))).toEqual([
      ...[recovery, first, second, third, last],
    ]);
  });

  it('end with the last one for a rollout whose plan was made shorter', () => {
    const shorter: RolloutPlan = { ...DEFAULT_PLAN, steps: [first!, second!, last!] };
    expect([2, 3, 4, 5].map((step) => stepOf(shorter, step))).toEqual([second, last, last, last]);
  });

  it('have their own gates, and R² and the target of the improvement, which stop only when missed', () => {
    const always = [
      { ...GATE_DEFAULTS.r2, required: false },
      { ...GATE_DEFAULTS.improvement_target, required: false },
    ];
    expect(gatesOf(DEFAULT_PLAN, 2)).toEqual([...second!.gates, ...always]);
    expect(gatesOf(DEFAULT_PLAN, 0)).toEqual([...recovery.gates, ...always]);
    const asked = { ...DEFAULT_PLAN, requireTarget: true };
    expect(gatesOf(asked, 2).slice(-2)).toEqual([GATE_DEFAULTS.r2, GATE_DEFAULTS.improvement_target]);
  });

  it('keep what they ask of R² and the target themselves, each once', () => {
    const strict = { ...GATE_DEFAULTS.r2, value: 0.8 };
    const plan: RolloutPlan = { ...DEFAULT_PLAN, steps: [{ ...first!, gates: [strict] }] };
    expect(gatesOf(plan, 1)).toEqual([strict, { ...GATE_DEFAULTS.improvement_target, required: false }]);
    const both = [GATE_DEFAULTS.improvement_target, strict];
    expect(gatesOf({ ...plan, steps: [{ ...first!, gates: both }] }, 1)).toEqual(both);
  });
});
