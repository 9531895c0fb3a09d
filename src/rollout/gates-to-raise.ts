import type { Survey } from '../guard/survey.js';
import { GATE_DEFAULTS } from './gate-spec.js';
import { blocks, decideRolloutGate, type RolloutGate } from './gates.js';
import { gatesOf, percentagesOf, type RolloutPlan } from './plan.js';

const HALF = 50;

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
  if (rollout !== null) return assessment.gates;
  const step = Math.max(
    1,
    percentagesOf(plan).findLastIndex((share) => share <= exposure.percentage),
  );
  const subject = { evidence: sighting.evidence, percentage: exposure.percentage, modelSimulated };
  const specs = percentage > HALF ? [...gatesOf(plan, step), GATE_DEFAULTS.real_model] : gatesOf(plan, step);
  return specs.map((spec) => decideRolloutGate(spec, subject));
}

/** `fail` when any gate fails, else `insufficient` when one that has to pass does not. */
export function verdictOfGates(gates: readonly RolloutGate[]): 'pass' | 'fail' | 'insufficient' {
  if (gates.some(({ result }) => result === 'fail')) return 'fail';
  return gates.some(blocks) ? 'insufficient' : 'pass';
}
