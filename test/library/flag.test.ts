import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { decide } from '../../src/flag/decide.js';
import type { AtmrFlag, FlagState } from '../../src/library/flag.js';
import { openFlag } from '../../src/library/open-flag.js';
import type { FlagOptions } from '../../src/library/options.js';
import { program } from '../commands/program.js';
import { until } from '../fault/wait.js';

const KEY = 'ml-delay-prediction';
const open: AtmrFlag[] = [];
afterEach(async () => {
  for (const flag of open.splice(0)) await flag.close();
});

/** A flag on the embedded store of a program's folder. */
async function flagOf(home: string, options: FlagOptions = {}): Promise<AtmrFlag> {
  const flag = await openFlag({ home, databaseUrl: null, redisUrl: null, ...options });
  open.push(flag);
  return flag;
}

describe('a flag in this process', () => {
  it('evaluates as everybody else does, by what the program wrote', async () => {
    const { run, home } = program();
    const flag = await flagOf(home);
    expect(flag.evaluate('booking-1')).toEqual({
      ...{ variant: 'control', value: false, reason: 'DEFAULT' },
      ...{ percentage: null, revision: null, model: null },
    });
    const changed = JSON.parse((await run('activate', '--percentage', '33.33', '--yes')).stdout);
    expect(changed.instances).toMatchObject([{ instance: flag.instance, confirmed: true }]);
    const split = { enabled: true, percentage: 33.33, salt: KEY };
    const ids = Array.from({ length: 500 }, (_, id) => id);
    await until('it splits', () => flag.evaluate('1').reason === 'SPLIT');
    // At once: a process that stands still meanwhile would answer STALE.
    const given = ids.map((id) => [flag.evaluate(id), flag.evaluate(String(id)), flag.evaluate(BigInt(id))]);
    for (const [id, [first, ...same]] of given.entries()) {
      const { variant } = decide(split, String(id));
      const value = variant === 'model';
      expect(first).toMatchObject({ variant, value, reason: 'SPLIT', percentage: 33.33, revision: 1 });
      expect(same).toEqual([first, first]);
    }
  });

  it('is waited for by disable, as often as it is open in one process', async () => {
    const { run, home } = program();
    const [one, two] = [await flagOf(home), await flagOf(home)];
    await run('activate', '--percentage', '100', '--yes');
    const off = await run('disable', '--expect-instances', '2');
    expect(off.exitCode, off.stderr).toBe(0);
    const { instances } = JSON.parse(off.stdout);
    expect(instances.map(({ instance }: { instance: string }) => instance).sort()).toEqual(
      [one.instance, two.instance].sort(),
    );
    expect(instances.every(({ confirmed }: { confirmed: boolean }) => confirmed)).toBe(true);
    for (const flag of [one, two]) {
      // A forced off is in force before the flag that records it is read.
      await until('the record is read', () => flag.state().revision === 2);
      expect(flag.evaluate('1')).toMatchObject({ variant: 'control', reason: 'FORCED_OFF', revision: 2 });
      expect(flag.state()).toMatchObject({ enabled: false, forcedOff: true, reason: 'FORCED_OFF' });
    }
  });

  it('tells each change once, and goes on where a listener fails', async () => {
    const { run, home } = program();
    const notices: string[] = [];
    const flag = await flagOf(home, { onNotice: (text) => notices.push(text) });
    const seen: FlagState[] = [];
    flag.onChange(() => {
      throw new Error('a bug of theirs');
    });
    const stop = flag.onChange((state) => seen.push(state));
    await run('activate', '--percentage', '10', '--yes');
    await run('disable');
    await until('both changes are told', () => seen.at(-1)?.revision === 2);
    const told = seen.map(({ revision, reason }) => `${revision} ${reason}`);
    expect(told.at(0)).toBe('1 SPLIT');
    expect(told.at(-1)).toBe('2 FORCED_OFF');
    expect(new Set(told).size).toBe(told.length);
    expect(notices.filter((text) => text.includes('a bug of theirs')).length).toBe(told.length);
    stop();
    await run('activate', '--percentage', '5', '--yes');
    expect(flag.evaluate('1').revision).toBe(3);
    expect(seen.length).toBe(told.length);
  });

  it('answers control for what is no id, and never throws', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const flag = await flagOf(home);
    for (const id of ['', undefined, null, {}, [], Number.NaN, 4.5, Symbol('id'), () => 1]) {
      const wrong = { variant: 'control', value: false, reason: 'ERROR', errorCode: 'TARGETING_KEY_MISSING' };
      expect(flag.evaluate(id as never)).toMatchObject(wrong);
    }
  });

  it('answers control while the flag names a model that this process does not run', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const model = { name: 'own', version: '1', sha256: 'f'.repeat(64) };
    const [other, none] = [await flagOf(home, { model }), await flagOf(home)];
    expect(other.evaluate('1')).toMatchObject({
      variant: 'control',
      reason: 'ERROR',
      errorCode: 'MODEL_MISSING',
    });
    expect(none.evaluate('1')).toMatchObject({ variant: 'model', model: { name: expect.any(String) } });
  });

  it('hears of nothing once it is closed, and so answers control', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes');
    const flag = await flagOf(home);
    expect(flag.evaluate('1').variant).toBe('model');
    await flag[Symbol.asyncDispose]();
    await flag.close();
    expect(flag.evaluate('1')).toMatchObject({ variant: 'control', reason: 'ERROR', errorCode: 'CLOSED' });
    expect(flag.state()).toMatchObject({ reason: 'ERROR', errorCode: 'CLOSED', enabled: false });
    expect(JSON.parse((await run('status', '--json')).stdout).instances).toEqual([]);
  });

  it('goes by another key where it is told', async () => {
    const { run, home } = program();
    await run('activate', '--percentage', '100', '--yes', '--flag', 'other');
    const [other, usual] = [await flagOf(home, { flagKey: 'other' }), await flagOf(home)];
    expect([other.key, other.evaluate('1').reason]).toEqual(['other', 'SPLIT']);
    expect([usual.key, usual.evaluate('1').reason]).toEqual([KEY, 'DEFAULT']);
  });
});

describe('settings that are none', () => {
  const home = mkdtempSync(join(tmpdir(), 'atmr-ml-options-'));
  const file = join(home, 'wrong.yaml');
  writeFileSync(file, 'flag:\n  staleAfter: soon\n');

  it.each([
    ['a key', { flagKey: 'a b' }, 'flagKey'],
    ['a time', { staleAfterMs: -1 }, 'staleAfterMs'],
    ['a time that is no number', { staleAfterMs: Number.NaN }, 'staleAfterMs'],
    ['a model without its hash', { model: { name: 'own', version: '1' } as never }, 'model is incomplete'],
    ['a file that is not there', { configFile: join(home, 'none.yaml') }, 'configFile'],
    ['a file that does not fit', { configFile: file }, 'flag.staleAfter'],
    ['a database', { databaseUrl: 'mysql://host' }, 'DATABASE_URL'],
    ['a Redis', { redisUrl: 'http://host' }, 'REDIS_URL'],
  ])('%s is BAD_CONFIG', async (_, options, named) => {
    const opening = openFlag({ home, databaseUrl: null, redisUrl: null, ...options });
    await expect(opening).rejects.toSatisfy(
      (thrown) =>
        thrown instanceof AtmrError && thrown.code === 'BAD_CONFIG' && thrown.message.includes(named),
    );
  });

  it('a home that is no folder is BAD_CONFIG', async () => {
    const opening = openFlag({ home: join(file, 'home'), databaseUrl: null, redisUrl: null });
    await expect(opening).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('home'),
    });
  });
});
