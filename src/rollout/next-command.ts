import type { Assessment } from './assess.js';
import type { StopCode } from './rollout.js';

type Judged = Pick<Assessment, 'decision' | 'phase' | 'reasons'>;

/**
 * What a person runs next; `null` where there is nothing to do but wait, or find out. A rollback to less, unlike one to
 * nothing, is resumed: a start would take more away.
 */
export function nextCommand({ decision, phase, reasons }: Judged, stop: StopCode | null): string | null {
  if (decision === 'rollback') return 'atmr-ml rollout rollback';
  if (decision === 'advance') return 'atmr-ml rollout advance';
  if (reasons.some(({ code }) => code === 'flag_unknown')) return 'atmr-ml doctor';
  const isOff = stop === 'forced_off' || reasons.some(({ code }) => code === 'forced_off');
  if (phase === 'not_started' || isOff) return 'atmr-ml rollout start';
  return phase === 'held' || phase === 'rolled_back' ? 'atmr-ml rollout resume' : null;
}
