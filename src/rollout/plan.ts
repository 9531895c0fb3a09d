import { GATE_DEFAULTS, type GateName, type GateSpec } from './gate-spec.js';

/** How traffic is given to a model, step by step; data, so that it can be checked, played and changed. */
export interface RolloutPlan {
  /** From little to all. */
  readonly steps: readonly PlanStep[];
  /** The smaller step that comes first after a rollback. */
  readonly recovery: PlanStep;
  /** How long the last step is watched once its gates passed. */
  readonly bakeMs: number;
  /** When traffic may be raised; lowering it is always possible. `null` for any time. */
  readonly window: AllowedWindow | null;
  /** Local dates on which traffic is not raised, both ends included. */
  readonly freezes: readonly Freeze[];
  /** Whether R² and the improvement's target have to be proven met; without, they stop only when proven missed. */
  readonly requireTarget: boolean;
}

export interface PlanStep {
  /** 0–100. */
  readonly percentage: number;
  readonly minimumMs: number;
  /** Settled bookings of its closed days. */
  readonly minimumSettled: number;
  readonly gates: readonly GateSpec[];
  /** How many people have to agree to leave it; with 0 the guard goes on by itself. */
  readonly approvals: number;
}

export interface AllowedWindow {
  /** Monday = 0 … Sunday = 6. */
  readonly weekdays: readonly number[];
  /** Local hours, the second exclusive. */
  readonly fromHour: number;
  readonly untilHour: number;
}

export interface Freeze {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

const gates = (...names: readonly GateName[]): GateSpec[] => names.map((name) => GATE_DEFAULTS[name]);
const SOUND = gates('failure_rate', 'mae', 'improvement', 'prediction_time_p95', 'crashes');
const weekly = (percentage: number, ...more: readonly GateName[]): PlanStep => ({
  percentage,
  ...{ minimumMs: WEEK_MS, minimumSettled: 100, approvals: 1 },
  gates: [...SOUND, ...gates(...more)],
});

/** When somebody is there to see what more traffic does. */
export const WORKING_HOURS: AllowedWindow = { weekdays: [0, 1, 2, 3, 4], fromHour: 8, untilHour: 17 };

/** Four weeks, 10 → 25 → 50 → 100 %. */
export const DEFAULT_PLAN: RolloutPlan = {
  steps: [
    weekly(10),
    weekly(25, 'stable', 'roi'),
    weekly(50, 'stable'),
    { ...weekly(100), minimumMs: 0, approvals: 0, gates: gates('roi') },
  ],
  recovery: {
    ...{ percentage: 5, minimumMs: DAY_MS, minimumSettled: 50, approvals: 1 },
    gates: gates('failure_rate', 'prediction_time_p95', 'crashes'),
  },
  bakeMs: WEEK_MS,
  window: WORKING_HOURS,
  freezes: [],
  requireTarget: false,
};

/** The shares by step number; 0 is the recovery step. */
export function percentagesOf({ recovery, steps }: RolloutPlan): number[] {
  return [recovery, ...steps].map(({ percentage }) => percentage);
}

/** The step by its number; the last one where the plan has become shorter. */
export function stepOf({ recovery, steps }: RolloutPlan, step: number): PlanStep {
  return step === 0 ? recovery : (steps[step - 1] ?? steps.at(-1) ?? recovery);
}

/** All gates of a step: its own, and those that every step has. */
export function gatesOf(plan: RolloutPlan, step: number): readonly GateSpec[] {
  const own = stepOf(plan, step).gates;
  const always = (['r2', 'improvement_target'] as const)
    .filter((name) => !own.some((gate) => gate.name === name))
    .map((name) => ({ ...GATE_DEFAULTS[name], required: plan.requireTarget }));
  return [...own, ...always];
}
