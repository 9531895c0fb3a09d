import { randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';
import { type Config, isRunning, thisProcess } from './config.js';
import { missingDisk, openDisk } from './flag/disk.js';
import { type Holders, storesOf } from './flag/holders.js';
import { fingerprintOf, openStores, placeOf, placeText } from './flag/stores.js';

/** The adapters of one process, open. */
export interface Runtime {
  readonly holders: Holders;
  /** Names this process among those that read and write the flag. */
  readonly instance: string;
  /** The stores as a person would name them. */
  readonly place: string;
  /** The same for a sentence: "Postgres at host:5432/db and Redis at host:6379/0". */
  readonly placeText: string;
  /** Closes what was opened, last first. */
  close(): Promise<void>;
}

/**
 * Opens what the configuration means. An ATMR_ML_HOME that cannot be written is BAD_CONFIG for whoever uses the
 * disk, so that it keeps nobody from forcing the flag off in the stores.
 */
export async function openRuntime(config: Config, clock: Clock): Promise<Runtime> {
  const { home, databaseUrl, redisUrl, flagKey: key, timeZone } = config;
  const { host, pid } = thisProcess();
  // Containers share hostnames and process numbers; each start is an instance of its own.
  const instance = `${host}-${pid}-${randomUUID().slice(0, 8)}`;
  const addresses = { home, databaseUrl, redisUrl };
  const fingerprint = fingerprintOf(addresses);
  const owner = { home, key, instance, host, pid, fingerprint, isRunning };
  const disk = await openDisk(owner).catch(missingDisk);
  const stores = await openStores(addresses, key);
  const holders: Holders = { key, host, ...stores, disk, clock, timeZone };
  return {
    holders,
    instance,
    place: placeOf(addresses),
    placeText: placeText(addresses),
    async close() {
      for (const store of storesOf(holders).toReversed()) await store.close();
    },
  };
}
