import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from './program.js';

const CHANGE_FIELDS = ['changed', 'before', 'after', 'instances', 'confirmedIn', 'gates', 'warnings'];

describe('activate, disable, history', () => {
  it('activate without a percentage means 10, and says that nobody reads', async () => {
    const { run, home } = program();
    const { exitCode, stdout } = await run('activate', '--yes', '--reason', 'week 1', '--by', 'ana');
    const document = JSON.parse(stdout);
    expect(exitCode).toBe(0);
    expect(Object.keys(document)).toEqual(expect.arrayContaining(CHANGE_FIELDS));
    expect(document).toMatchObject({ changed: true, confirmedIn: ['sqlite'], instances: [], gates: [] });
    expect(document.after).toMatchObject({ percentage: 10, updatedBy: 'ana', reason: 'week 1', revision: 1 });
    expect(document.warnings).toContainEqual({
      code: 'NO_READERS',
      text: `no running process reads this store: ${home}/atmr-ml.db`,
    });
  });

  it.each([
    ['25', 25],
    ['12.5', 12.5],
    ['25%', 25],
  ])('takes --percentage %s', async (text, percentage) => {
    const { run } = program();
    const { stdout } = await run('activate', '--percentage', text, '--yes');
    expect(JSON.parse(stdout).after.percentage).toBe(percentage);
  });

  it.each(['true', '1e2', '-1', '101', 'NaN', ''])(
    'refuses --percentage "%s" and touches nothing',
    async (text) => {
      const { run } = program();
      const refused = await run('activate', `--percentage=${text}`, '--yes');
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
      expect(JSON.parse((await run('status')).stdout).state).toBe('never written');
    },
  );

  it('without a terminal, consent is --yes; a forced off needs none', async () => {
    const { run } = program();
    const refused = await run('activate', '--json');
    expect(refused.exitCode).toBe(2);
    expect(JSON.parse(refused.stderr)).toMatchObject({
      code: 'USAGE',
      error: expect.stringContaining('--yes'),
    });
    expect((await run('disable')).exitCode).toBe(0);
    expect(JSON.parse((await run('status')).stdout).state).toBe('forced off');
  });

  it('--expect-instances makes too few readers an exit 6, --if-revision another revision an exit 5', async () => {
    const { run } = program();
    expect((await run('activate', '--yes', '--wait', '0.2', '--expect-instances', '1')).exitCode).toBe(6);
    const conflict = await run('disable', '--if-revision', '6');
    expect(conflict.exitCode).toBe(5);
    expect(conflict.stderr).toMatch(
      /^error: flag ml-delay-prediction is at revision 1, not 6: .* set 10 % at/,
    );
  });

  it('--dry-run changes nothing', async () => {
    const { run } = program();
    const { stdout, exitCode } = await run('activate', '--dry-run');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ changed: false, dryRun: true, after: { percentage: 10 } });
    expect(JSON.parse((await run('history')).stdout)).toEqual([]);
  });

  it('history lists, verifies and finds changes', async () => {
    const { run } = program();
    const changed = JSON.parse((await run('activate', '--yes')).stdout);
    await run('disable', '--reason', 'fire');
    const entries = JSON.parse((await run('history', '--limit', '1')).stdout);
    expect(entries).toMatchObject([{ revision: 2, action: 'disable', reason: 'fire' }]);
    expect(await run('history', '--verify')).toMatchObject({ exitCode: 0 });
    const found = await run('history', '--change', changed.changeId);
    expect(found.exitCode).toBe(0);
    expect(JSON.parse(found.stdout).recorded.revision).toBe(1);
    expect((await run('history', '--change', 'no-such-change')).exitCode).toBe(3);
  });

  it('--flag names another flag', async () => {
    const { run } = program();
    await run('activate', '--yes', '--flag', 'other');
    expect(JSON.parse((await run('status')).stdout).state).toBe('never written');
    expect(JSON.parse((await run('status', '--flag', 'other')).stdout)).toMatchObject({
      state: 'on',
      config: { ML_ENABLED: true, ML_TRAFFIC_PERCENTAGE: 10, FALLBACK_ON_ERROR: true },
    });
  });
});

describe('the environment', () => {
  it('writes ML_ENABLED and the rest as revision 1, before the first change', async () => {
    const { run } = program({ ML_ENABLED: 'yes', ML_TRAFFIC_PERCENTAGE: '5', FALLBACK_ON_ERROR: 'false' });
    const { stdout } = await run('activate', '--percentage', '20', '--yes');
    expect(JSON.parse(stdout)).toMatchObject({
      before: { revision: 1, percentage: 5, fallbackOnError: false },
      after: { revision: 2, percentage: 20, fallbackOnError: false },
    });
  });

  it('refuses a boolean that is none where it would be written, and lets it stop no forced off', async () => {
    const { run } = program({ ML_ENABLED: 'maybe' });
    expect(await run('disable')).toMatchObject({ exitCode: 0 });
    expect(await run('status')).toMatchObject({ exitCode: 0 });
    expect(await run('activate', '--yes')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('ML_ENABLED is "maybe"; expected true, false, 1, 0, yes or no'),
    });
  });

  it('a fault of the file stops no forced off, but for one that hides which flag is meant', async () => {
    const { run, folder } = program({});
    const write = (text: string) => writeFileSync(join(folder, 'atmr-ml.config.yaml'), text);
    write('alert: {}\nserve: {apiPort: x}\nflag: {key: other}\n');
    const refused = await run('activate', '--yes');
    expect(refused).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no setting alert'),
    });
    for (const stop of [['disable'], ['rollout', 'rollback']]) {
      const { exitCode, stdout } = await run(...stop);
      expect(exitCode).toBe(0);
      const { after, warnings } = JSON.parse(stdout);
      expect(after).toMatchObject({ key: 'other', enabled: false });
      expect(warnings[0]).toMatchObject({ text: expect.stringMatching(/apiPort.*alert.*the defaults hold/) });
    }
    for (const unclear of ['flag: {kee: x}', '- a', '[', '7']) {
      write(unclear);
      const stopped = await run('disable');
      expect(stopped).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('give the flag by --flag'),
      });
      expect(await run('disable', '--flag', 'other')).toMatchObject({ exitCode: 0 });
    }
  });

  it('says of each setting where it came from, and hides what is secret', async () => {
    const { run, folder } = program({ REDIS_URL: 'redis://:hush@127.0.0.1:1/0' });
    const dotEnv =
      'ML_TRAFFIC_PERCENTAGE=10  # by week\nDATABASE_URL=postgresql://user:pass@host:5432/atmr_prod\n';
    writeFileSync(join(folder, '.env'), dotEnv);
    writeFileSync(join(folder, 'atmr-ml.config.yaml'), 'flag:\n  staleAfter: 5m\n');
    const { stdout, stderr } = await run('config');
    const settings = new Map(
      JSON.parse(stdout).settings.map((setting: { name: string }) => [setting.name, setting]),
    );
    expect(settings.get('REDIS_URL')).toMatchObject({
      value: 'redis://:***@127.0.0.1:1/0',
      source: 'environment',
    });
    expect(settings.get('ML_TRAFFIC_PERCENTAGE')).toMatchObject({ value: '10', source: '.env' });
    expect(settings.get('flag.staleAfter')).toMatchObject({ value: '300s', source: 'file' });
    expect(settings.get('DATABASE_URL')).toMatchObject({ value: null });
    expect(stderr).toContain('DATABASE_URL in the .env is a placeholder');
    expect(stdout + stderr).not.toContain('hush');
  });
});
