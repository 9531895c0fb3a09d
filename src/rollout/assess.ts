import { decimal } from '../render/number.js';
import { t } from '../wording/t.js';
import { stopSaid } from '../wording/values-said.js';
import { whySaid } from '../wording/why-said.js';
import { nextAllowed, whyNot } from './calendar.js';
import { totalOf } from './day-sequences.js';
import { coverageOf, LEAST_COVERAGE, type StepEvidence } from './evidence.js';
import { blocks, decideRolloutGate, HALF, type RolloutGate, realModelGate } from './gates.js';
import { nextCommand } from './next-command.js';
import { gatesOf, type RolloutPlan, stepOf } from './plan.js';
import { isLastStep, type Rollout, stepPercentage } from './rollout.js';

/** What a rollout should do next, and why; the one value that status, advance, the guard and a simulation go by. */
export interface Assessment {
  readonly decision: Decision;
  /** True only where the plan lets anybody raise the traffic now. */
  readonly safeToAdvance: boolean;
  /** What a person runs next; `null` where there is nothing to do but wait, or find out. */
  readonly nextCommand: string | null;
  readonly phase: Rollout['phase'] | 'not_started';
  readonly step: number | null;
  readonly steps: number | null;
  /** The step's share. */
  readonly percentage: number | null;
  /** The share after an advance; `null` at the last step. */
  readonly nextPercentage: number | null;
  readonly reasons: readonly Reason[];
  readonly gates: readonly RolloutGate[];
  readonly bookings: {
    readonly settled: number;
    readonly needed: number;
    readonly perDay: number | null;
    readonly coverage: number | null;
    readonly simulated: boolean;
  };
  /** When the step's minimum time is over and the window is open. */
  readonly nextAtMs: number | null;
  /** When, at today's rate, the bookings are there as well; `null` where that is not known. */
  readonly expectedAtMs: number | null;
  readonly approvals: { readonly given: readonly string[]; readonly needed: number };
}

export type Decision = 'advance' | 'hold' | 'rollback' | 'wait';

/** One reason, worst first. */
export interface Reason {
  readonly code: ReasonCode;
  readonly text: string;
}

export type ReasonCode =
  | 'breach'
  | 'telemetry'
  | 'forced_off'
  | 'held'
  | 'rolled_back'
  | 'no_traffic'
  | 'gate_failed'
  | 'minimum_time'
  | 'not_enough_data'
  | 'calendar'
  | 'approval'
  | 'advancing'
  | 'baking'
  | 'complete'
  | 'not_started'
  | 'flag_unknown';

export interface Situation {
  readonly rollout: Rollout | null;
  readonly evidence: StepEvidence;
  readonly plan: RolloutPlan;
  readonly nowMs: number;
  readonly timeZone: string;
  readonly modelSimulated: boolean | null;
  /** Marks hold the flag off. */
  readonly forcedOff: boolean;
  /** No store that knows answers: whether there is a rollout is not known either. */
  readonly flagUnknown?: boolean;
  /** What the guard found proven, worst first. */
  readonly breaches: readonly { readonly action: 'roll_back' | 'hold'; readonly text: string }[];
  /** Why the evidence is not to be trusted; `null` when it is. */
  readonly telemetryFault: string | null;
}

const DAY_MS = 86_400_000;
/** A value next to its target needs bookings without end; what lies beyond a year is not told. */
const FORESEEABLE_MS = 366 * DAY_MS;

/** Pure. The checks are in the order of what is worst to overlook, in every phase. */
export function assessRollout(situation: Situation): Assessment {
  const { rollout, plan, nowMs, timeZone } = situation;
  if (rollout === null) return notStarted(situation);
  const step = stepOf(plan, rollout.step);
  const gates = decideGates(situation, rollout);
  const bakes = rollout.phase === 'baking';
  const bookings = bookingsOf(situation.evidence, step.minimumSettled, bakes ? [] : gates);
  const dueMs = bakes
    ? Date.parse(rollout.phaseAt) + plan.bakeMs
    : Date.parse(rollout.stepAt) + step.minimumMs;
  const isLast = isLastStep(rollout);
  const nextAtMs = isLast ? Math.max(nowMs, dueMs) : nextAllowed(plan, Math.max(nowMs, dueMs), timeZone);
  const reasons = reasonsOf(situation, rollout, gates, dueMs);
  const decision = decisionOf(situation, reasons);
  return {
    decision,
    safeToAdvance: decision === 'advance',
    nextCommand: nextCommand({ decision, phase: rollout.phase, reasons }, rollout.stop?.code ?? null),
    phase: rollout.phase,
    step: rollout.step,
    steps: rollout.percentages.length - 1,
    percentage: stepPercentage(rollout),
    nextPercentage: rollout.percentages[rollout.step + 1] ?? null,
    reasons,
    gates,
    bookings,
    nextAtMs,
    expectedAtMs: expectedAt(situation, bookings, nextAtMs),
    approvals: { given: rollout.approvals, needed: step.approvals },
  };
}

function decideGates({ evidence, plan, modelSimulated }: Situation, rollout: Rollout): RolloutGate[] {
  const percentage = stepPercentage(rollout);
  const subject = { evidence, percentage, modelSimulated };
  const gates = gatesOf(plan, rollout.step).map((spec) => decideRolloutGate(spec, subject));
  const next = rollout.percentages[rollout.step + 1] ?? 0;
  return next > HALF ? [...gates, realModelGate(modelSimulated)] : gates;
}

function bookingsOf(evidence: StepEvidence, minimum: number, gates: readonly RolloutGate[]) {
  const { settled, simulated } = totalOf(evidence.days);
  const asked = gates.filter(blocks).map(({ needed }) => needed ?? 0);
  const perDay = evidence.days.length === 0 ? null : settled / evidence.days.length;
  return {
    settled,
    needed: Math.max(minimum, ...asked),
    perDay,
    coverage: coverageOf(evidence),
    simulated: simulated > 0,
  };
}

/** What a decision rests on, worst first. */
function reasonsOf(
  situation: Situation,
  rollout: Rollout,
  gates: readonly RolloutGate[],
  dueMs: number,
): Reason[] {
  return [
    ...breachReasons(situation),
    ...telemetryReasons(situation),
    ...phaseReasons(situation, rollout),
    ...(rollout.phase === 'baking'
      ? bakeReasons(situation, dueMs)
      : stepReasons(situation, rollout, gates, dueMs)),
  ];
}

function breachReasons({ breaches }: Situation): Reason[] {
  return breaches.map(({ text }) => ({ code: 'breach', text }));
}

function telemetryReasons({ telemetryFault, evidence }: Situation): Reason[] {
  if (telemetryFault !== null) return [{ code: 'telemetry', text: telemetryFault }];
  const coverage = coverageOf(evidence);
  if (coverage === null || coverage >= LEAST_COVERAGE) return [];
  const known = t`outcomes are known for ${Math.round(coverage * 100)} % of the bookings due`;
  return [
    {
      code: 'telemetry',
      text: t`${known}; ${LEAST_COVERAGE * 100} % are needed. See \`atmr-ml outcomes sync\`.`,
    },
  ];
}

function phaseReasons({ forcedOff }: Situation, { phase, stop }: Rollout): Reason[] {
  const why = (said: string) =>
    stop === null || stop.text === '' ? said : t`${said}: ${whySaid(stop.text)}`;
  const reasons: Reason[] = [];
  if (phase === 'rolled_back') reasons.push({ code: 'rolled_back', text: why(t`rolled back`) });
  else if (forcedOff) reasons.push({ code: 'forced_off', text: t`the flag is forced off` });
  if (phase === 'held')
    reasons.push({ code: 'held', text: why(stop ? t`held (${stopSaid(stop.code)})` : t`held`) });
  if (phase === 'advancing') {
    reasons.push({ code: 'advancing', text: t`not every live instance has confirmed the new share yet` });
  }
  if (phase === 'complete') reasons.push({ code: 'complete', text: t`the rollout is complete` });
  return reasons;
}

function bakeReasons({ nowMs }: Situation, dueMs: number): Reason[] {
  const leftMs = dueMs - nowMs;
  return leftMs > 0
    ? [{ code: 'baking', text: t`watched at the last step for another ${daysText(leftMs)}` }]
    : [];
}

function stepReasons(
  { evidence, plan, nowMs, timeZone }: Situation,
  rollout: Rollout,
  gates: readonly RolloutGate[],
  dueMs: number,
): Reason[] {
  if (rollout.phase === 'complete') return [];
  const step = stepOf(plan, rollout.step);
  const { asked, settled } = totalOf(evidence.days);
  const reasons: Reason[] = [];
  if (evidence.failures.trials === 0 && asked === 0) {
    reasons.push({ code: 'no_traffic', text: t`no booking was asked about since the step began` });
  }
  for (const gate of gates.filter(({ result }) => result === 'fail')) {
    reasons.push({ code: 'gate_failed', text: t`${gate.name} fails` });
  }
  if (nowMs < dueMs)
    reasons.push({ code: 'minimum_time', text: t`the step lasts another ${daysText(dueMs - nowMs)}` });
  if (settled < step.minimumSettled) {
    reasons.push({
      code: 'not_enough_data',
      text: t`${settled} of at least ${step.minimumSettled} settled bookings of whole days`,
    });
  }
  for (const gate of gates.filter((one) => one.result === 'insufficient' && one.required)) {
    const why =
      gate.reason ?? (gate.needed === null ? t`not proven yet` : t`needs some ${gate.needed} bookings`);
    reasons.push({ code: 'not_enough_data', text: t`${gate.name}: ${why}` });
  }
  const closed = isLastStep(rollout) ? null : whyNot(plan, nowMs, timeZone);
  if (closed !== null) reasons.push({ code: 'calendar', text: closed });
  return reasons;
}

/** Approval is what an advance is for: it stops none. */
function decisionOf({ breaches }: Situation, reasons: readonly Reason[]): Decision {
  if (breaches.some(({ action }) => action === 'roll_back')) return 'rollback';
  const holding: readonly ReasonCode[] = ['breach', 'forced_off', 'held', 'rolled_back', 'gate_failed'];
  if (reasons.some(({ code }) => holding.includes(code))) return 'hold';
  return reasons.length > 0 ? 'wait' : 'advance';
}

function notStarted({ breaches, forcedOff, flagUnknown = false, telemetryFault }: Situation): Assessment {
  const reasons: Reason[] = [
    ...breaches.map(({ text }): Reason => ({ code: 'breach', text })),
    ...(telemetryFault === null ? [] : [{ code: 'telemetry', text: telemetryFault } as const]),
    ...(forcedOff ? [{ code: 'forced_off', text: t`the flag is forced off` } as const] : []),
    flagUnknown
      ? { code: 'flag_unknown', text: t`no store says where the rollout stands. Run \`atmr-ml doctor\`.` }
      : { code: 'not_started', text: t`no rollout was started. Run \`atmr-ml rollout start\`.` },
  ];
  const rollsBack = breaches.some(({ action }) => action === 'roll_back');
  const decision = rollsBack ? 'rollback' : breaches.length > 0 ? 'hold' : 'wait';
  return {
    ...{ decision, nextCommand: nextCommand({ decision, phase: 'not_started', reasons }, null) },
    ...{ safeToAdvance: false, phase: 'not_started', step: null, steps: null },
    ...{ percentage: null, nextPercentage: null, reasons, gates: [] },
    bookings: { settled: 0, needed: 0, perDay: null, coverage: null, simulated: false },
    ...{ nextAtMs: null, expectedAtMs: null, approvals: { given: [], needed: 0 } },
  };
}

/** At today's rate of settled bookings; not before the calendar allows. */
function expectedAt(
  { nowMs, plan, timeZone }: Situation,
  { settled, needed, perDay }: Assessment['bookings'],
  nextAtMs: number | null,
): number | null {
  if (nextAtMs === null || perDay === null || perDay === 0) return null;
  const waitMs = (Math.max(0, needed - settled) / perDay) * DAY_MS;
  return waitMs > FORESEEABLE_MS ? null : nextAllowed(plan, Math.max(nextAtMs, nowMs + waitMs), timeZone);
}

function daysText(ms: number): string {
  const hours = ms / 3_600_000;
  return hours >= 48 ? t`${decimal(hours / 24, 1)} days` : t`${decimal(hours, 1)} h`;
}
