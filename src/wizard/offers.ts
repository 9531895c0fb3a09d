import type { Assessment } from '../rollout/assess.js';

/** What a person may do at the weekly look. */
export type Deed = 'start' | 'advance' | 'resume' | 'hold' | 'rollback' | 'nothing';

/** What is offered, what the evidence speaks for first. Pure. */
export function offersFor({ decision, phase, reasons, nextCommand }: Assessment): readonly Deed[] {
  if (phase === 'complete') return ['nothing', 'rollback'];
  if (decision === 'rollback') return ['rollback', 'nothing'];
  if (decision === 'advance') return ['advance', 'nothing', 'hold', 'rollback'];
  const isOff = reasons.some(({ code }) => code === 'forced_off');
  if (phase === 'not_started') return ['start', 'nothing'];
  // A breach that stands, or a model that is proven worse, is looked into first: what is offered first is taken first.
  const isResumed = nextCommand === 'atmr-ml rollout resume';
  if (!isResumed && (phase === 'rolled_back' || isOff)) return ['nothing', 'start'];
  if (isResumed) return ['nothing', 'resume', 'rollback'];
  return ['nothing', 'hold', 'rollback'];
}

/** The command without prompts that does the same. */
export function commandOf(
  deed: Exclude<Deed, 'nothing'>,
  reason: string,
  quote: (text: string) => string,
): string {
  const why = reason === '' ? '' : ` --reason ${quote(reason)}`;
  const consent = deed === 'hold' || deed === 'rollback' ? '' : ' --yes';
  return `atmr-ml rollout ${deed}${consent}${why}`;
}
