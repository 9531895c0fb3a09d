import { t } from '../wording/t.js';
import { phaseSaid } from '../wording/values-said.js';
import { whySaid } from '../wording/why-said.js';
import { isLastStep, type Phase, type Rollout, type RolloutEvent, type StopCode } from './rollout.js';

/** Why an event is not possible now, as a sentence with the remedy. */
export interface Refusal {
  readonly refused: string;
}

export function isRefusal(result: Rollout | Refusal): result is Refusal {
  return 'refused' in result;
}

/** Phases that go on by evidence. */
const RUNNING: readonly Phase[] = ['collecting', 'ready', 'advancing', 'baking'];

/**
 * The rollout after `event` at `at` (ISO 8601), or why that is not possible. `null` is a rollout that was never started.
 * Pure; the only place where a phase changes.
 */
export function transition(rollout: Rollout | null, event: RolloutEvent, at: string): Rollout | Refusal {
  if (event.kind === 'start') return started(rollout, event, at);
  if (rollout === null) return { refused: t`No rollout was started. Run \`atmr-ml rollout start\`.` };
  const next = follow(rollout, event, at);
  if (isRefusal(next)) return next;
  const phaseAt = next.phase === rollout.phase && next.step === rollout.step ? rollout.phaseAt : at;
  return { ...next, phaseAt, event: event.kind };
}

function follow(
  rollout: Rollout,
  event: Exclude<RolloutEvent, { kind: 'start' }>,
  at: string,
): Rollout | Refusal {
  switch (event.kind) {
    case 'ready':
      return from(rollout, ['collecting'], () => ({ ...rollout, phase: 'ready' }));
    case 'not_ready':
      return from(rollout, ['ready'], () => ({ ...rollout, phase: 'collecting' }));
    case 'approve':
      return from(rollout, ['collecting', 'ready'], () => withApproval(rollout, event.by));
    case 'advance':
      return from(rollout, ['collecting', 'ready'], () => advanced(rollout, event.planId, at));
    case 'confirmed':
      return from(rollout, ['advancing'], () => ({ ...rollout, phase: 'collecting' }));
    case 'hold':
      return from(rollout, RUNNING, () => stopped(rollout, 'held', event));
    case 'resume':
      return resumed(rollout, at);
    case 'lower':
      return withTraffic(rollout, () => lowered(rollout, event, at));
    case 'halve':
      return withTraffic(rollout, () => {
        const phase = rollout.phase === 'rolled_back' ? 'rolled_back' : 'held';
        return stopped(rollout, phase, { code: 'guard', text: event.text });
      });
    case 'forced_off':
      return stopped(rollout, 'rolled_back', { code: 'forced_off', text: event.text });
    case 'manual':
      return setByHand(rollout, event, at);
    case 'model':
      return withModel(rollout, event.model, at);
    case 'complete':
      return from(rollout, ['baking'], () => ({ ...rollout, phase: 'complete' }));
  }
}

function started(
  rollout: Rollout | null,
  { percentages, planId, model }: Extract<RolloutEvent, { kind: 'start' }>,
  at: string,
): Rollout | Refusal {
  const again: readonly Phase[] = ['rolled_back', 'complete'];
  if (rollout !== null && !again.includes(rollout.phase)) {
    return {
      refused: t`A rollout is under way (${where(rollout)}). Go on with \`atmr-ml rollout advance\` or \`resume\`, or end it with \`rollback\`.`,
    };
  }
  return {
    phase: 'collecting',
    step: rollout?.phase === 'rolled_back' ? 0 : 1,
    percentages,
    event: 'start',
    ...{ startedAt: at, stepAt: at, baselineAt: at, phaseAt: at },
    ...{ model, planId, stop: null, approvals: [] },
  };
}

function withApproval(rollout: Rollout, by: string): Rollout | Refusal {
  if (rollout.approvals.includes(by)) {
    return { refused: t`${by} has approved this step already; expected somebody else.` };
  }
  return { ...rollout, approvals: [...rollout.approvals, by] };
}

/** At the last step there is no more traffic to give: then the rest is watching. */
function advanced(rollout: Rollout, planId: string, at: string): Rollout {
  const same = { ...rollout, planId, approvals: [] };
  if (isLastStep(rollout)) return { ...same, phase: 'baking' };
  return { ...same, phase: 'advancing', step: rollout.step + 1, stepAt: at };
}

function resumed(rollout: Rollout, at: string): Rollout | Refusal {
  if (rollout.phase === 'held') {
    const phase = rollout.stop?.from === 'baking' ? 'baking' : 'collecting';
    return { ...rollout, phase, stop: null };
  }
  if (isOff(rollout)) return { refused: isOffText() };
  if (rollout.phase === 'rolled_back') {
    return { ...rollout, phase: 'collecting', stop: null, stepAt: at, approvals: [] };
  }
  return { refused: t`It is not held (${where(rollout)}): there is nothing to resume.` };
}

const isOffText = () =>
  t`It was rolled back to 0 %. Run \`atmr-ml rollout start\` to begin again with a small step.`;

function isOff({ phase, stop }: Rollout): boolean {
  return phase === 'rolled_back' && stop?.code === 'forced_off';
}

/** Less of nothing is nothing: taken for a rollback to some share, it could be resumed. */
function withTraffic(rollout: Rollout, next: () => Rollout): Rollout | Refusal {
  return isOff(rollout) ? { refused: isOffText() } : next();
}

/** To a share of the plan or between two of its steps. */
function lowered(
  rollout: Rollout,
  { code, percentage, text }: Extract<RolloutEvent, { kind: 'lower' }>,
  at: string,
): Rollout {
  const back = stopped(rollout, 'rolled_back', { code, text });
  return { ...back, step: stepBelow(rollout, percentage), stepAt: at, baselineAt: at, approvals: [] };
}

/** What the guide does after a rollback, `activate --percentage 5`, is the plan's own way back. */
function setByHand(
  rollout: Rollout,
  { percentage, text }: Extract<RolloutEvent, { kind: 'manual' }>,
  at: string,
): Rollout {
  if (rollout.phase === 'complete' || rollout.phase === 'held') return rollout;
  const stop = { code: 'manual_change', text } as const;
  if (rollout.phase !== 'rolled_back') return stopped(rollout, 'held', stop);
  const anew = (step: number): Rollout => ({
    ...{ ...rollout, phase: 'collecting', step, stop: null },
    ...{ stepAt: at, baselineAt: at, approvals: [] },
  });
  if (percentage === rollout.percentages[0]) return anew(0);
  return stopped(anew(stepBelow(rollout, percentage)), 'held', stop);
}

/** What another model did is no evidence for this one. */
function withModel(rollout: Rollout, model: string | null, at: string): Rollout {
  if (rollout.model === model) return rollout;
  const anew = { ...rollout, model, stepAt: at, baselineAt: at, approvals: [] };
  if (rollout.phase === 'rolled_back') return anew;
  const step = Math.min(1, rollout.step);
  // What a person stopped, a person resumes.
  if (rollout.phase === 'held' && rollout.stop?.code === 'operator') {
    return { ...anew, step, stop: { ...rollout.stop, from: 'collecting' } };
  }
  return { ...anew, phase: 'collecting', step, stop: null };
}

function stopped(
  rollout: Rollout,
  phase: 'held' | 'rolled_back',
  { code, text }: { readonly code: StopCode; readonly text: string },
): Rollout {
  const before = rollout.stop?.from ?? rollout.phase;
  return { ...rollout, phase, stop: { code, text, from: before } };
}

/** The highest step that is not above the share, nor above the step there was: only an advance raises it. */
function stepBelow({ percentages, step }: Rollout, percentage: number): number {
  const highest = percentages.findLastIndex((share) => share <= percentage);
  return Math.min(step, Math.max(0, highest));
}

function from(rollout: Rollout, phases: readonly Phase[], next: () => Rollout | Refusal): Rollout | Refusal {
  if (phases.includes(rollout.phase)) return next();
  return {
    refused: t`Not possible now: ${where(rollout)}. Expected ${phases.map(phaseSaid).join(t` or `)}.`,
  };
}

/** "held at step 2, 25 %: week-end". */
export function where(rollout: Rollout): string {
  const { phase, step, percentages, stop } = rollout;
  const place = t`${phaseSaid(phase)} at step ${step}, ${percentages[step] ?? 0} %`;
  return stop === null || stop.text === '' ? place : t`${place}: ${whySaid(stop.text)}`;
}
