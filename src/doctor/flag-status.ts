import { readStatus, type Status } from '../flag/status.js';
import { openRuntime, type Runtime } from '../runtime.js';
import { once } from './check.js';
import type { DoctorContext } from './context.js';

/** The flag for all checks that need it: read when the first one asks. */
export interface FlagStatus {
  /** `null` where a store cannot be used: the others may know less than there is. */
  read(): Promise<Status | null>;
  close(): Promise<void>;
}

export function flagStatusOf({ config, clock }: Pick<DoctorContext, 'config' | 'clock'>): FlagStatus {
  let runtime: Runtime | null = null;
  const status = once(async () => {
    runtime = await openRuntime(config, clock);
    return await readStatus(runtime.holders, config.staleAfterMs);
  });
  return {
    async read() {
      const read = await status().catch(() => null);
      return read?.stores.every(({ answers }) => answers) ? read : null;
    },
    close: async () => runtime?.close(),
  };
}
