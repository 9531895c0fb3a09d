import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, StandardResolutionReasons } from '@openfeature/core';
import { FlagdCore } from '@openfeature/flagd-core';
import { describe, expect, it } from 'vitest';
import { decide } from '../../src/flag/decide.js';
import { program } from './program.js';

const KEY = 'ml-delay-prediction';
const SILENT: Logger = { error() {}, warn() {}, info() {}, debug() {} };

function variantsBy(definition: string) {
  const core = new FlagdCore(undefined, SILENT);
  core.setConfigurations(definition);
  return (targetingKey: string) => core.resolveBooleanEvaluation(KEY, true, { targetingKey }, SILENT);
}

describe('flag export', () => {
  it('prints what flagd evaluates to the same cohort, and control once it is forced off', async () => {
    const { run } = program();
    await run('activate', '--percentage', '12.5', '--yes');
    const on = await run('flag', 'export', '--format', 'flagd');
    expect(on).toMatchObject({ exitCode: 0, stderr: '' });
    const evaluate = variantsBy(on.stdout);
    const flag = { enabled: true, percentage: 12.5, salt: KEY };
    for (let i = 0; i < 2000; i++) {
      expect(evaluate(`booking-${i}`).variant).toBe(decide(flag, `booking-${i}`).variant);
    }
    expect(JSON.parse(on.stdout).flags[KEY].metadata).toMatchObject({ revision: 1, percentage: 12.5 });

    await run('disable');
    const off = await run('flag', 'export', '--json');
    const atOff = variantsBy(off.stdout)('booking-1');
    expect(atOff).toMatchObject({
      value: false,
      variant: 'control',
      reason: StandardResolutionReasons.STATIC,
    });
    expect(atOff.flagMetadata).toMatchObject({ atmrReason: 'FORCED_OFF', revision: 2 });
  });

  it('writes a file whole, and says which revision it holds', async () => {
    const { run, folder } = program();
    await run('activate', '--percentage', '100', '--yes');
    const written = await run('flag', 'export', '--out', 'flags.json');
    expect(written).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringContaining('revision 1') });
    const text = readFileSync(join(folder, 'flags.json'), 'utf8');
    expect(variantsBy(text)('booking-1').value).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('flags'))).toEqual(['flags.json']);
    const nowhere = await run('flag', 'export', '--out', 'no/such/folder/flags.json');
    expect(nowhere).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--out') });
  });

  it('exports a flag that nobody wrote as control', async () => {
    const { run } = program();
    const { exitCode, stdout } = await run('flag', 'export', '--flag', 'other');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).flags.other.metadata).toMatchObject({ revision: 0, atmrReason: 'DEFAULT' });
  });

  it('exports nothing of a store that does not answer', async () => {
    const { run } = program({ DATABASE_URL: 'postgresql://127.0.0.1:9/nobody' });
    const away = await run('flag', 'export');
    expect(away).toMatchObject({
      exitCode: 4,
      stdout: '',
      stderr: expect.stringContaining('Nothing was exported'),
    });
  });

  it('refuses another format', async () => {
    const { run } = program();
    const refused = await run('flag', 'export', '--format', 'unleash');
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('expected flagd') });
  });
});
