import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { makeFolder, PRIVATE } from '../make-folder.js';
import { replaceFile } from './durable-file.js';
import type { Instance } from './instances.js';

/** An instance that can be asked itself, when no store can be. */
export interface Peer {
  readonly instance: string;
  readonly host: string;
  readonly url: string;
}

/** The last-known instances with an address, on this machine's disk. */
export interface Peers {
  read(): Promise<readonly Peer[]>;
  /** Replaces them, where they are others; those without an address are left out. */
  remember(instances: readonly Pick<Instance, 'instance' | 'host' | 'url'>[]): Promise<void>;
}

const peersSchema = v.object({
  fingerprint: v.string(),
  peers: v.array(v.object({ instance: v.string(), host: v.string(), url: v.pipe(v.string(), v.url()) })),
});

/** `fingerprint` tells records apart: staging's instances are none of production's. */
export function peersOn(home: string, key: string, fingerprint: string): Peers {
  const file = join(home, 'peers', `${encodeURIComponent(key)}.json`);

  async function read(): Promise<readonly Peer[]> {
    const text = await readFile(file, 'utf8').catch(() => '');
    const found = v.safeParse(v.pipe(v.string(), v.parseJson(), peersSchema), text);
    return found.success && found.output.fingerprint === fingerprint ? found.output.peers : [];
  }

  return {
    read,
    async remember(instances) {
      const peers = instances.flatMap(({ instance, host, url }) =>
        url === null || !URL.canParse(url) ? [] : [{ instance, host, url }],
      );
      // Nobody there now is no reason to forget who was: they may be cut off from the stores as well.
      if (peers.length === 0 || JSON.stringify(await read()) === JSON.stringify(peers)) return;
      makeFolder(dirname(file), PRIVATE);
      await replaceFile(file, JSON.stringify({ fingerprint, peers }));
    },
  };
}
