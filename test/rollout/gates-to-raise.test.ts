import { describe, expect, it } from 'vitest';
import { unwrittenFlag } from '../../src/flag/flag.js';
import type { StepEvidence } from '../../src/rollout/evidence.js';
import { decideRolloutGate, type RolloutGate } from '../../src/rollout/gates.js';
import { gatesToRaise, verdictOfGates } from '../../src/rollout/gates-to-raise.js';
import { DEFAULT_PLAN, gatesOf } from '../../src/rollout/plan.js';
import { type ByHand, days, GOOD, rolloutBy, STEP_AT, surveyBy } from '../render/survey-by-hand.js';

const names = (gates: readonly RolloutGate[]) => gates.map(({ name }) => name);

/** A flag at this share that no rollout was started on. */
function flagAt(percentage: number) {
  const content = { ...unwrittenFlag('ml-delay-prediction'), enabled: true, percentage };
  return { ...content, revision: 7, changeId: 'c7', clears: [], updatedAt: STEP_AT };
}

const toRaise = (percentage: number, given: ByHand = {}) =>
  gatesToRaise(surveyBy(given), DEFAULT_PLAN, percentage);
const alone = (share: number, percentage: number, given: ByHand = {}) =>
  toRaise(percentage, { ...given, rollout: null, flag: flagAt(share) });

describe('the gates before more traffic', () => {
  it('are none where the traffic does not rise, rises from nothing, or nobody can tell', () => {
    // With and without a rollout; a hundredth more is more.
    expect([toRaise(25), toRaise(24.99), alone(25, 25), alone(25, 10)]).toEqual([[], [], [], []]);
    expect(toRaise(25.01)).not.toEqual([]);
    expect(alone(25, 25.01)).not.toEqual([]);
    expect([alone(0, 10), alone(0, 100), toRaise(50, { flag: null })]).toEqual([[], [], []]);
    expect([toRaise(50, { telemetryFault: 'away' }), alone(25, 50, { telemetryFault: 'away' })]).toEqual([
      [],
      [],
    ]);
  });

  it('are those of the rollout’s step as they were judged', () => {
    const survey = surveyBy();
    expect(survey.assessment.gates.length).toBeGreaterThan(0);
    expect(gatesToRaise(survey, DEFAULT_PLAN, 50)).toEqual(survey.assessment.gates);
    // Also where somebody gave less than the step's share: 12 % is the first step's, and nobody left the third.
    const lowered = surveyBy({ rollout: rolloutBy({ step: 3 }), flag: flagAt(12) });
    for (const percentage of [13, 100]) {
      expect(gatesToRaise(lowered, DEFAULT_PLAN, percentage)).toEqual(lowered.assessment.gates);
    }
    expect(names(lowered.assessment.gates)).toContain('stable');
    const worse: StepEvidence = { ...GOOD, days: days(10, 3.5, 3) };
    const bad = toRaise(30, { evidence: worse });
    expect(bad.find(({ name }) => name === 'mae')).toMatchObject({ result: 'fail' });
  });

  it('ask past half of the traffic, and once, whether the model learned from real bookings', () => {
    for (const [percentage, more] of [
      [50, []],
      [50.01, ['real_model']],
      [100, ['real_model']],
    ] as const) {
      const own = gatesOf(DEFAULT_PLAN, 2).map(({ name }) => name);
      expect(names(toRaise(percentage))).toEqual([...own, ...more]);
      expect(names(alone(25, percentage))).toEqual([...own, ...more]);
    }
    // The step before the last has asked by itself.
    const third = { rollout: rolloutBy({ step: 3 }), flag: flagAt(50) };
    for (const percentage of [51, 100]) {
      expect(names(toRaise(percentage, third)).filter((name) => name === 'real_model')).toHaveLength(1);
    }
    for (const [modelSimulated, result] of [
      [false, 'pass'],
      [true, 'fail'],
      [null, 'insufficient'],
    ] as const) {
      expect(toRaise(60, { modelSimulated }).at(-1)).toMatchObject({ name: 'real_model', result });
      expect(alone(25, 60, { modelSimulated }).at(-1)).toMatchObject({ name: 'real_model', result });
    }
  });

  it.each([
    // Below the first step, and between two.
    [1, 1],
    [5, 1],
    [7, 1],
    [10, 1],
    [24.99, 1],
    [25, 2],
    [49, 2],
    [50, 3],
    [99, 3],
  ])('are without a rollout, at %d %%, those of step %d of the plan, judged at that share', (share, step) => {
    const subject = { evidence: GOOD, percentage: share, modelSimulated: false };
    const expected = gatesOf(DEFAULT_PLAN, step).map((spec) => decideRolloutGate(spec, subject));
    const [own, more] = [alone(share, 100), expected.length];
    expect(own.slice(0, more)).toEqual(expected);
    expect(names(own.slice(more))).toEqual(['real_model']);
  });

  it('say no where one fails, else wait for those that have to pass', () => {
    const [gate] = toRaise(50);
    const of = (result: RolloutGate['result'], required = true): RolloutGate => {
      return { ...gate!, result, required };
    };
    expect(verdictOfGates([])).toBe('pass');
    expect(verdictOfGates([of('pass'), of('pass', false)])).toBe('pass');
    expect(verdictOfGates([of('pass'), of('insufficient', false)])).toBe('pass');
    expect(verdictOfGates([of('pass'), of('insufficient')])).toBe('insufficient');
    expect(verdictOfGates([of('pass'), of('insufficient'), of('fail')])).toBe('fail');
    // What was only to be not missed was missed.
    expect(verdictOfGates([of('pass'), of('fail', false)])).toBe('fail');
  });
});
