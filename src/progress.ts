import type { Batches } from './booking/batches.js';
import { counted } from './render/number.js';
import type { Terminal } from './terminal.js';
import { t } from './wording/t.js';

/** Something long that is under way, shown on stderr while it runs. */
export interface Progress {
  /** Replaces the text; cheap enough for a loop. */
  update(text: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => {}, stop: () => {} };

/** A spinner where stderr is a terminal; nothing elsewhere. */
export async function startProgress(text: string, terminal: Terminal): Promise<Progress> {
  if (!terminal.progress) return SILENT;
  const { default: ora } = await import('ora');
  const spinner = ora({ text, stream: terminal.progressStream(), discardStdin: false }).start();
  return {
    update: (next) => {
      spinner.text = next;
    },
    stop: () => void spinner.stop(),
  };
}

const SHOWN_EVERY = 1000;

/** The batches as they pass, with the number of their items shown: `2,000 bookings read`. */
export async function* countedPassing<T>(
  batches: Batches<T>,
  progress: Progress,
  singular: string,
): AsyncGenerator<readonly T[]> {
  let passed = 0;
  let shown = 0;
  for await (const batch of batches) {
    passed += batch.length;
    if (passed - shown >= SHOWN_EVERY) {
      shown = passed;
      progress.update(t`${counted(passed, singular)} read`);
    }
    yield batch;
  }
}
