import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { openRuntime } from '../../src/runtime.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-runtime-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('openRuntime', () => {
  it('opens without a disk: only who uses it is refused', async () => {
    const home = join(folder, 'a-file');
    writeFileSync(home, '');
    const runtime = await openRuntime({ ...(await readConfig(undefined)), home }, systemClock);
    await expect(runtime.holders.disk.load()).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await runtime.close();
  });

  it('names each start of a process as an instance of its own', async () => {
    const config = { ...(await readConfig(undefined)), home: folder };
    const runtimes = await Promise.all([openRuntime(config, systemClock), openRuntime(config, systemClock)]);
    expect(new Set(runtimes.map(({ instance }) => instance)).size).toBe(2);
    for (const runtime of runtimes) await runtime.close();
  });
});

describe('readConfig', () => {
  const home = process.env.ATMR_ML_HOME;
  afterEach(() => {
    if (home === undefined) delete process.env.ATMR_ML_HOME;
    else process.env.ATMR_ML_HOME = home;
  });

  it('takes ATMR_ML_HOME as it takes every other variable: a placeholder is not set', async () => {
    process.env.ATMR_ML_HOME = '<folder>';
    const config = await readConfig(undefined);
    expect(config.home).toMatch(/atmr-ml$/);
    expect(config.warnings).toContain(
      'ATMR_ML_HOME in the environment is a placeholder; it counts as not set.',
    );
    process.env.ATMR_ML_HOME = folder;
    expect((await readConfig(undefined)).home).toBe(folder);
  });
});
