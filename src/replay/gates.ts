import { rateEstimate } from '../statistics/binomial.js';
import { bookingsToDecide, valuesForQuantileBound } from '../statistics/bookings-to-decide.js';
import type { Estimated } from '../statistics/estimate.js';
import { decideGate, type GateResult, type Target } from '../statistics/gate.js';
import { quantileEstimate } from '../statistics/quantile.js';
import type { Comparison } from './compare.js';
import type { Replay } from './replay.js';

export interface GateRow {
  readonly name: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly target: number;
  readonly direction: Target['direction'];
  readonly result: GateResult;
  /** The answer of the bare number, without regard to chance. */
  readonly pointMeetsTarget: boolean | null;
  /** About how many bookings would decide it, were the value as it is; `null` when decided, or when that is not known. */
  readonly needed: number | null;
}

/** The thresholds that a replay can be held to. */
const GATES = {
  failure_rate: { direction: 'below', value: 0.2 },
  mae: { direction: 'below', value: 2.5 },
  prediction_time_p95: { direction: 'below', value: 1000 },
  improvement: { direction: 'below', value: 0 },
  improvement_target: { direction: 'below', value: -0.32 },
} as const satisfies Record<string, Target>;

type GateName = keyof typeof GATES;

/** Holds a replay against the thresholds; a gate that neither passes nor fails has not enough data. */
export function replayGates(replayed: Replay, { mae, improvement }: Comparison): GateRow[] {
  const { failures, attempts, latenciesMs, scores } = replayed;
  const estimates: Record<GateName, Estimated> = {
    failure_rate: rateEstimate(failures, attempts),
    mae: mae.model,
    prediction_time_p95: quantileEstimate(latenciesMs, 0.95),
    improvement,
    improvement_target: improvement,
  };
  const counts: Record<GateName, number> = {
    failure_rate: attempts,
    mae: scores.n,
    prediction_time_p95: latenciesMs.length,
    improvement: scores.n,
    improvement_target: scores.n,
  };
  return (Object.keys(GATES) as GateName[]).map((name) => {
    const { target, ...decided } = decideGate(name, estimates[name], GATES[name]);
    const { lower, upper } = decided;
    return {
      ...decided,
      lower: finite(lower),
      upper: finite(upper),
      target: target.value,
      direction: target.direction,
      needed: decided.result === 'insufficient' ? needed(name, counts[name], estimates[name]) : null,
    };
  });
}

function needed(name: GateName, count: number, estimated: Estimated): number | null {
  if (name === 'prediction_time_p95' && count < valuesForQuantileBound(0.95))
    return valuesForQuantileBound(0.95);
  return estimated.kind === 'insufficient' ? null : bookingsToDecide(count, estimated, GATES[name]);
}

/** A bound that nothing proves is no bound. */
function finite(bound: number | null): number | null {
  return bound !== null && Number.isFinite(bound) ? bound : null;
}
