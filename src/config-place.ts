import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Read from the working directory where no other file is asked for. */
export const CONFIG_FILE = 'atmr-ml.config.yaml';

/** Whether there is a file to read; what keeps it from being read is found out by reading. */
export function hasConfigFile(path: string | undefined): boolean {
  const file = resolve(path ?? CONFIG_FILE);
  try {
    return path !== undefined || statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}
