import { AtmrError } from './errors.js';
import { t } from './wording/t.js';

/**
 * Waits for `work` at most `limitMs`; then rejects with UNAVAILABLE. The work goes on and its result is dropped:
 * whether it took effect is unknown. `who` is who did not answer.
 */
export async function withDeadline<T>(work: Promise<T>, limitMs: number, who: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = () =>
      reject(new AtmrError('UNAVAILABLE', t`${who} did not answer within ${Math.round(limitMs)} ms.`));
    timer = setTimeout(refuse, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
