import type { Clock } from '../clock.js';
import { type Config, configWithoutFile, readConfig } from '../config.js';
import { AtmrError } from '../errors.js';

/** What the checks look at. */
export interface DoctorContext {
  /** Without the file's part where that could not be read. */
  readonly config: Config;
  /** Why the configuration file could not be read; `null` when it could, or there is none. */
  readonly fileFault: string | null;
  readonly clock: Clock;
}

/** The configuration, or what is left of it: a file that does not fit is a finding, and no reason to find no others. */
export async function readContext(
  path: string | undefined,
  flagKey: string | undefined,
  clock: Clock,
): Promise<DoctorContext> {
  try {
    return { config: await readConfig(path, flagKey), fileFault: null, clock };
  } catch (thrown) {
    if (!(thrown instanceof AtmrError) || thrown.code !== 'BAD_CONFIG') throw thrown;
    return { config: configWithoutFile(flagKey), fileFault: thrown.message.replace(/\.$/, ''), clock };
  }
}
