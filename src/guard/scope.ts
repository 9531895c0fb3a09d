import type { Config } from '../config.js';

/** Whether all guards of a flag see one ledger. With Redis alone each machine has its own, and so each has its own guard. */
export function isShared({ databaseUrl, redisUrl }: Pick<Config, 'databaseUrl' | 'redisUrl'>): boolean {
  return databaseUrl !== null || redisUrl === null;
}
