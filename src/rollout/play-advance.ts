import { t } from '../wording/t.js';
import type { Assessment } from './assess.js';
import { stepOf } from './plan.js';
import { stepBegan } from './play-evidence.js';
import { assess, dayOf, follow, isOverruled, type Playing, type PlayStop, record } from './playing.js';
import { isLastStep } from './rollout.js';

/** What an operator does, and the guard where nobody has to agree: goes on if that is safe. */
export function goOn(play: Playing): void {
  const { request, rollout, nowMs } = play;
  const step = stepOf(request.plan, rollout.step);
  // Nothing is safe sooner, and an assessment takes a while.
  if (rollout.phase === 'complete' || nowMs < Date.parse(rollout.stepAt) + step.minimumMs) return;
  const assessment = assess(play);
  play.failing = failingGate(play, assessment);
  if (assessment.decision !== 'advance') return;
  if (rollout.phase === 'baking') {
    play.rollout = follow(rollout, { kind: 'complete' }, nowMs);
    record(play, 'complete', t`watched for long enough`);
    return;
  }
  for (let i = 1; i <= step.approvals; i += 1) {
    play.rollout = follow(play.rollout, { kind: 'approve', by: t`operator ${i}` }, nowMs);
  }
  advance(play, assessment);
}

function advance(play: Playing, { gates }: Assessment): void {
  const isLast = isLastStep(play.rollout);
  play.rollout = follow(play.rollout, { kind: 'advance', planId: '' }, play.nowMs);
  if (isLast) {
    record(play, 'bake', t`every gate of the last step passes`);
    return;
  }
  play.rollout = follow(play.rollout, { kind: 'confirmed' }, play.nowMs);
  const isPassedOver = isOverruled(play.request) && gates.some(({ name }) => name === 'real_model');
  if (isPassedOver) play.passedOver.add('real_model');
  record(play, 'advance', isPassedOver ? t`every gate passes, real_model passed over` : t`every gate passes`);
  stepBegan(play.state, play.rollout);
}

/** A gate that fails keeps the traffic where it is until it no longer does; only one that fails to the end is a stop. */
export function failingGate(play: Playing, { gates, reasons }: Assessment): PlayStop | null {
  const texts = reasons.filter(({ code }) => code === 'gate_failed').map(({ text }) => text);
  const first = gates.find(({ result }) => result === 'fail');
  if (first === undefined || texts.length === 0) return null;
  const day = play.failing?.day ?? dayOf(play);
  return { day, by: first.name, text: t`the gate ${texts.join(', ')}` };
}
