import { EXIT } from '../errors.js';
import { endWhenInterrupted } from '../interruption.js';
import { standardInput } from '../terminal.js';

/** The exit code, once somebody ends this: by a signal, or where that counts by the end of standard input. */
export function untilTold(withParent: boolean): Promise<number> {
  return new Promise((resolve) => {
    endWhenInterrupted(resolve);
    if (!withParent) return;
    const input = standardInput();
    input.once('close', () => resolve(EXIT.done));
    input.once('end', () => resolve(EXIT.done));
    input.resume();
  });
}
