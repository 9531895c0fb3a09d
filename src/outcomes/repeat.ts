import { AtmrError, messageOf } from '../errors.js';
import { endWhenInterrupted } from '../interruption.js';
import { startLoop } from '../loop.js';
import { t } from '../wording/t.js';

/**
 * Runs `once` now and every `everyMs` until an interruption, and resolves to its exit code. Something that does not
 * answer is told and tried again at the next turn; any other failure ends it, as waiting would not help.
 */
export async function repeatUntilInterrupted(
  once: () => Promise<void>,
  everyMs: number,
  tell: (text: string) => void,
): Promise<number> {
  let fail = (_: unknown) => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const interrupted = new Promise<number>(endWhenInterrupted);
  const run = () =>
    once().catch((thrown: unknown) => {
      if (thrown instanceof AtmrError && thrown.code === 'UNAVAILABLE') tell(t`notice: ${messageOf(thrown)}`);
      else fail(thrown);
    });
  const loop = startLoop(run, () => everyMs);
  try {
    return await Promise.race([interrupted, failed]);
  } finally {
    await loop.stop();
  }
}
