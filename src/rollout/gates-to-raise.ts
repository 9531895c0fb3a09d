import type { Survey } from '../guard/survey.js';
import { GATE_DEFAULTS } from './gate-spec.js';
import { blocks, decideRolloutGate, HALF, type RolloutGate, realModelGate } from './gates.js';
import { gatesOf, percentagesOf, type RolloutPlan } from './plan.js';

/**
 * The gates that stand between the present share and `percentage`: those of the rollout's step, or without a rollout those
 * of the step that the share is at. None where traffic does not rise, or rises from nothing: there is no step to leave.
 */
export function gatesToRaise(
  { assessment, rollout, exposure, sighting, modelSimulated }: Survey,
  plan: RolloutPlan,
  percentage: number,
): readonly RolloutGate[] {
  if (percentage <= exposure.percentage || exposure.percentage === 0 || sighting === null) return [];
  if (rollout !== null) {
    const has = assessment.gates.some(({ name }) => name === GATE_DEFAULTS.real_model.name);
    return percentage > HALF && !has
      ? [...assessment.gates, realModelGate(modelSimulated)]
      : assessment.gates;
  }
  const step = Math.max(
    1,
    percentagesOf(plan).findLastIndex((share) => share <= exposure.percentage),
  );
  const subject = { evidence: sighting.evidence, percentage: exposure.percentage, modelSimulated };
  const gates = gatesOf(plan, step).map((spec) => decideRolloutGate(spec, subject));
  return percentage > HALF ? [...gates, realModelGate(modelSimulated)] : gates;
}

/** `fail` when any gate fails, else `insufficient` when one that has to pass does not. */
export function verdictOfGates(gates: readonly RolloutGate[]): 'pass' | 'fail' | 'insufficient' {
  if (gates.some(({ result }) => result === 'fail')) return 'fail';
  return gates.some(blocks) ? 'insufficient' : 'pass';
}
