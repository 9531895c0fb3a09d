/**
 * Where a rollout stands; a part of the flag, so that it changes with the traffic in one write, with one audit row. A flag
 * without one has no rollout under way: `not_started`.
 */
export interface Rollout {
  readonly phase: Phase;
  /** Counts from 1; 0 is the smaller step that a rollout takes first after it was rolled back. */
  readonly step: number;
  /** The share of each step, by its number. */
  readonly percentages: readonly number[];
  /** What led to this. */
  readonly event: RolloutEvent['kind'];
  /** All times are ISO 8601, UTC. */
  readonly startedAt: string;
  /** From here on bookings count for this step. */
  readonly stepAt: string;
  /** From here on, up to `stepAt`, they tell how this model did before. */
  readonly baselineAt: string;
  /** Since when it is in this phase. */
  readonly phaseAt: string;
  /** SHA-256 of the model that is rolled out; `null` until one was chosen. */
  readonly model: string | null;
  /** Which plan it follows, by the start of its hash. */
  readonly planId: string;
  /** Why it does not go on by itself, in `held` and `rolled_back`. */
  readonly stop: Stop | null;
  /** Who agreed to leave the step. */
  readonly approvals: readonly string[];
}

/**
 * `collecting`: gathering evidence; `ready`: every gate of the step passes; `held`: somebody or a rule stopped it, traffic
 * stays; `advancing`: more traffic is recorded and not yet confirmed by every live instance; `rolled_back`: traffic went
 * back; `baking`: at the last step, gates passed, watched for a while yet.
 */
export const PHASES = [
  'collecting',
  'ready',
  'held',
  'advancing',
  'rolled_back',
  'baking',
  'complete',
] as const;
export type Phase = (typeof PHASES)[number];

/** Why a rollout stopped. */
export interface Stop {
  readonly code: StopCode;
  readonly text: string;
  /** What it goes on with. */
  readonly from: Phase;
}

export const STOP_CODES = ['operator', 'manual_change', 'guard', 'forced_off'] as const;
export type StopCode = (typeof STOP_CODES)[number];

/** What can happen to a rollout. */
export type RolloutEvent =
  | {
      readonly kind: 'start';
      readonly percentages: readonly number[];
      readonly planId: string;
      readonly model: string | null;
    }
  | { readonly kind: 'ready' }
  | { readonly kind: 'not_ready' }
  | { readonly kind: 'approve'; readonly by: string }
  | { readonly kind: 'advance'; readonly planId: string }
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'hold'; readonly code: StopCode; readonly text: string }
  | { readonly kind: 'resume' }
  /** Less traffic, but some. */
  | { readonly kind: 'lower'; readonly code: StopCode; readonly percentage: number; readonly text: string }
  | { readonly kind: 'halve'; readonly text: string }
  /** No traffic at all, whoever did it. */
  | { readonly kind: 'forced_off'; readonly text: string }
  /** Somebody set the traffic past the plan. */
  | { readonly kind: 'manual'; readonly percentage: number; readonly text: string }
  | { readonly kind: 'model'; readonly model: string | null }
  | { readonly kind: 'complete' };

export const EVENT_KINDS = [
  'start',
  'ready',
  'not_ready',
  'approve',
  'advance',
  'confirmed',
  'hold',
  'resume',
  'lower',
  'halve',
  'forced_off',
  'manual',
  'model',
  'complete',
] as const satisfies readonly RolloutEvent['kind'][];

/** The share that the step asks for. */
export function stepPercentage({ percentages, step }: Pick<Rollout, 'percentages' | 'step'>): number {
  return percentages[step] ?? 0;
}

export function isLastStep({ percentages, step }: Pick<Rollout, 'percentages' | 'step'>): boolean {
  return step === percentages.length - 1;
}
