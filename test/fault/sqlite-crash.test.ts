import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, it } from 'vitest';
import { verifyChain } from '../../src/flag/audit.js';
import { sqliteStore } from '../../src/flag/sqlite-store.js';
import { temporaryFolder } from '../servers/process.js';
import { bundled } from './bundle.js';

const KILLS = Number(process.env.KILLS ?? 100);
const SEED = 20_261_122;

it(`loses nothing acknowledged when its writer is killed ${KILLS} times`, {
  timeout: KILLS * 4000,
}, async () => {
  const folder = temporaryFolder('crash');
  const path = join(folder, 'atmr-ml.db');
  const random = xoroshiro128plus(SEED);
  const store = sqliteStore(path, 'ml-delay-prediction');
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const acknowledged = await writeUntilKilled(path, uniformInt(random, 1, 12), uniformInt(random, 0, 4));
      const { flag } = await store.read();
      expect(flag?.revision).toBeGreaterThanOrEqual(acknowledged);
      // At most the one commit under way can have happened without a word.
      expect(flag?.revision).toBeLessThanOrEqual(acknowledged + 1);
    }
    const { flag } = await store.read();
    const entries = await store.history(1_000_000);
    expect(verifyChain(entries, flag)).toEqual({ kind: 'intact', rows: flag?.revision });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
});

/** Kills a writer some time after so many acknowledgements; returns the last revision it acknowledged. */
async function writeUntilKilled(path: string, acknowledgements: number, delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [bundled('sqlite-writer'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = 0;
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    count += 1;
    if (count === acknowledgements) void sleep(delayMs).then(() => child.kill('SIGKILL'));
  }
  return last;
}
