import type { Assessment } from './assess.js';

/** What a person runs next; `null` where there is nothing to do but wait, or find out. */
export function nextCommand({
  decision,
  phase,
  reasons,
}: Pick<Assessment, 'decision' | 'phase' | 'reasons'>): string | null {
  if (decision === 'rollback') return 'atmr-ml rollout rollback';
  if (decision === 'advance') return 'atmr-ml rollout advance';
  if (reasons.some(({ code }) => code === 'flag_unknown')) return 'atmr-ml doctor';
  const isOff = reasons.some(({ code }) => code === 'forced_off');
  if (phase === 'not_started' || phase === 'rolled_back' || isOff) return 'atmr-ml rollout start';
  return phase === 'held' ? 'atmr-ml rollout resume' : null;
}
