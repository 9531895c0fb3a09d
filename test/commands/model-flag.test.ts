import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMigratedPostgres } from '../fault/postgres.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { type Finished, program } from './program.js';

const shipped = JSON.parse(readFileSync('models/delay_predictor.json', 'utf8'));
const shippedReference = { name: shipped.name, version: shipped.version, sha256: shipped.sha256 };

/** A place of its own with an empty models folder. */
function place(variables: Readonly<Record<string, string>> = {}) {
  const { folder, run } = program(variables);
  const models = join(folder, 'models');
  mkdirSync(models);
  writeFileSync(join(folder, 'atmr-ml.config.yaml'), `models: ${models}\n`);
  /** Another model: the shipped one with a byte of documentation at its end, which ONNX allows. */
  const addModel = (file: string, version: string, { simulated = false, doc = file } = {}) => {
    // Field 6 of the model, doc_string: tag 0x32, length, text.
    const text = Buffer.from(doc);
    const onnx = Buffer.concat([
      ...[readFileSync('models/delay_predictor.onnx'), Buffer.from([0x32, text.length]), text],
    ]);
    const sha256 = createHash('sha256').update(onnx).digest('hex');
    const data = { ...shipped.data, simulated };
    writeFileSync(join(models, `${file}.onnx`), onnx);
    const manifest = { ...shipped, name: 'ours', version, sha256, data };
    writeFileSync(join(models, `${file}.json`), JSON.stringify(manifest));
    return { name: 'ours', version, sha256 };
  };
  const addShipped = () => {
    for (const extension of ['onnx', 'json']) {
      copyFileSync(`models/delay_predictor.${extension}`, join(models, `delay_predictor.${extension}`));
    }
  };
  return { folder, models, run, addModel, addShipped, remove: () => rmSync(folder, { recursive: true }) };
}

const codesOf = ({ stdout }: Finished): string[] =>
  JSON.parse(stdout).warnings.map(({ code }: { code: string }) => code);

describe('activate and the model', () => {
  let here: ReturnType<typeof place>;
  beforeEach(() => {
    here = place();
  });
  afterEach(() => here.remove());

  it('carries the default model where the flag names none, and warns that it is simulated', async () => {
    here.addShipped();
    const activated = await here.run('activate', '--yes');
    expect(activated.exitCode).toBe(0);
    expect(JSON.parse(activated.stdout).after.model).toEqual(shippedReference);
    expect(codesOf(activated)).toContain('SIMULATED_MODEL');
    expect(activated.stderr).toContain('trained on simulated bookings: train your own with `atmr-ml train`');
    const status = await here.run('status');
    expect(codesOf(status)).toEqual(['SIMULATED_MODEL']);
    expect(JSON.parse(status.stdout).model).toMatchObject({ version: shipped.version, simulated: true });
  });

  it('works on a machine without models, and says that the flag names none', async () => {
    const activated = await here.run('activate', '--yes');
    expect(activated).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('names no model') });
    expect(JSON.parse(activated.stdout).after).toMatchObject({ enabled: true, model: null });
    expect(codesOf(activated)).toContain('NO_MODEL');
  });

  it('keeps the model that the flag names, whatever the default one is', async () => {
    const spring = here.addModel('spring', '1');
    await here.run('model', 'use', 'spring', '--yes');
    here.addShipped();
    const activated = await here.run('activate', '--yes');
    expect(JSON.parse(activated.stdout).after.model).toEqual(spring);
    expect(codesOf(activated)).not.toContain('SIMULATED_MODEL');
  });

  it('is what analyze-errors looks at, where the flag names one', async () => {
    here.addShipped();
    here.addModel('spring', '1', { simulated: true });
    await here.run('model', 'use', 'spring', '--yes');
    const { stdout } = await here.run('analyze-errors', '--json');
    expect(JSON.parse(stdout).model).toEqual({ name: 'ours', version: '1', simulated: true });
    rmSync(join(here.models, 'spring.json'));
    const gone = await here.run('analyze-errors', '--json');
    expect(JSON.parse(gone.stdout).model.name).toBe('delay_predictor');
    expect(gone.stderr).toContain('notice: the flag names ours 1');
    expect(gone.stderr).toContain('the default model is taken.');
  });

  it('warns where the named model is gone or damaged, as status does where nobody runs it', async () => {
    here.addModel('spring', '1');
    await here.run('model', 'use', 'spring', '--yes');
    writeFileSync(join(here.models, 'spring.onnx'), 'nothing');
    const damaged = await here.run('activate', '--yes');
    expect(damaged).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('spring.onnx has the SHA-256'),
    });
    expect(codesOf(damaged)).toContain('MODEL_DAMAGED');
    rmSync(join(here.models, 'spring.json'));
    const gone = await here.run('activate', '--percentage', '20', '--yes');
    expect(codesOf(gone)).toContain('MODEL_NOT_HERE');
    expect(gone.stderr).toContain(
      `which the flag names, is not in ${here.models}, and no live process is known to run it`,
    );
    expect(codesOf(await here.run('status'))).toEqual(['MODEL_NOT_HERE']);
  });

  it('does not carry a default model that is not what its manifest says', async () => {
    here.addShipped();
    writeFileSync(join(here.models, 'delay_predictor.onnx'), 'no model');
    expect(await here.run('activate', '--yes')).toMatchObject({
      ...{ exitCode: 2, stdout: '', stderr: expect.stringContaining('has the SHA-256') },
    });
    expect(JSON.parse((await here.run('status')).stdout).state).toBe('never written');
  });
});

describe('model use and rollback, on SQLite', () => {
  let here: ReturnType<typeof place>;
  beforeEach(() => {
    here = place();
  });
  afterEach(() => here.remove());

  it('names a model by its file, its path or its name, and changes nothing else', async () => {
    const spring = here.addModel('spring', '1');
    const used = await here.run('model', 'use', 'spring', '--yes', '--by', 'ana', '--reason', 'retrained');
    expect(used.exitCode).toBe(0);
    expect(JSON.parse(used.stdout)).toMatchObject({
      changed: true,
      after: { model: spring, enabled: false, updatedBy: 'ana', reason: 'retrained', action: 'model' },
    });
    for (const name of ['spring.onnx', 'models/spring.onnx', 'ours']) {
      const again = await here.run('model', 'use', name, '--yes');
      expect(JSON.parse(again.stdout)).toMatchObject({ changed: false, after: { model: spring } });
    }
  });

  it('asks, and without a terminal wants --yes', async () => {
    here.addModel('spring', '1');
    expect(await here.run('model', 'use', 'spring')).toMatchObject({
      ...{ exitCode: 2, stderr: expect.stringContaining('--yes') },
    });
    expect(JSON.parse((await here.run('status')).stdout).flag).toBeNull();
  });

  it('shows with --dry-run what it would do; minds --if-revision and --expect-instances', async () => {
    const spring = here.addModel('spring', '1');
    const planned = await here.run('model', 'use', 'spring', '--dry-run');
    expect(JSON.parse(planned.stdout)).toMatchObject({ changed: false, after: { model: spring } });
    expect((await here.run('model', 'use', 'spring', '--yes', '--if-revision', '3')).exitCode).toBe(5);
    const lonely = ['--yes', '--wait', '0.2', '--expect-instances', '1'];
    expect((await here.run('model', 'use', 'spring', ...lonely)).exitCode).toBe(6);
  });

  it('warns of a model that learned from simulated bookings', async () => {
    here.addModel('spring', '1', { simulated: true });
    const used = await here.run('model', 'use', 'spring', '--yes');
    expect(codesOf(used)).toContain('SIMULATED_MODEL');
    expect(used.stderr).toMatch(/^warning: ours 1: the model was trained on simulated bookings/);
  });

  it.each([
    ['a name that is none', ['use', 'summer'], /There is no model summer in .*; there are a\.onnx, b\.onnx/],
    ['a name of two', ['use', 'ours'], /ours is the name of a\.onnx, b\.onnx; give one of these files/],
    ['a file elsewhere', ['use', '/tmp/a.onnx'], /is not in the models folder/],
    ['a model that is not what its manifest says', ['use', 'a'], /a\.onnx has the SHA-256/],
    ['no model', ['use'], /missing required argument/],
    [
      'a rollback of a flag that names none',
      ['rollback'],
      /names no model. Choose one with `atmr-ml model use/,
    ],
    ['an action that is none', ['delete'], /unknown command 'delete'/],
  ])('refuses %s and touches nothing', async (_, args, message) => {
    here.addModel('a', '1');
    here.addModel('b', '2');
    writeFileSync(join(here.models, 'a.onnx'), 'no model');
    const refused = await here.run('model', ...args, ...(args[1] === undefined ? [] : ['--yes']));
    expect(refused.stderr).toMatch(message);
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' });
    expect(JSON.parse((await here.run('status')).stdout).flag).toBeNull();
  });

  it('rolls back to the model before, and back again; the history verifies', async () => {
    const [a, b] = [here.addModel('a', '1'), here.addModel('b', '2')];
    await here.run('model', 'use', 'a', '--yes');
    expect((await here.run('model', 'rollback', '--yes')).stderr).toContain('never carried another model');
    await here.run('model', 'use', 'b', '--yes');
    await here.run('activate', '--percentage', '25', '--yes');
    const back = await here.run('model', 'rollback', '--yes', '--reason', 'MAE rose');
    expect(back.exitCode).toBe(0);
    expect(JSON.parse(back.stdout)).toMatchObject({
      before: { model: b },
      after: { model: a, enabled: true, percentage: 25, action: 'model', reason: 'MAE rose' },
    });
    const forth = await here.run('model', 'rollback', '--yes');
    expect(JSON.parse(forth.stdout).after.model).toEqual(b);
    expect((await here.run('history', '--verify')).exitCode).toBe(0);
  });

  it('does not roll back to a model that is gone or that was replaced', async () => {
    const a = here.addModel('a', '1');
    here.addModel('b', '2');
    await here.run('model', 'use', 'a', '--yes');
    await here.run('model', 'use', 'b', '--yes');
    here.addModel('a', '1', { doc: 'trained again' });
    const refused = await here.run('model', 'rollback', '--yes');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(`carried ours 1 (${a.sha256.slice(0, 8)}) before, but no model in`);
  });
});

describe('model use and rollback, on Postgres and Redis', () => {
  let postgres: TestServer;
  let redis: TestServer;
  let here: ReturnType<typeof place>;
  beforeAll(async () => {
    [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
    here = place({ DATABASE_URL: postgres.url, REDIS_URL: redis.url });
  });
  afterAll(async () => {
    here.remove();
    await Promise.all([postgres.remove(), redis.remove()]);
  });

  it('reaches both stores, also while the flag is forced off', async () => {
    const [a, b] = [here.addModel('a', '1'), here.addModel('b', '2')];
    await here.run('model', 'use', 'a', '--yes');
    await here.run('disable');
    const used = await here.run('model', 'use', 'b', '--yes');
    expect(JSON.parse(used.stdout)).toMatchObject({
      confirmedIn: ['postgres', 'redis'],
      after: { model: b },
    });
    expect(codesOf(used)).toContain('FORCED_OFF');
    const back = await here.run('model', 'rollback', '--yes');
    expect(JSON.parse(back.stdout)).toMatchObject({
      confirmedIn: ['postgres', 'redis'],
      after: { model: a },
    });
    redis.pause();
    expect((await here.run('model', 'rollback', '--yes')).exitCode).toBe(4);
    redis.resume();
  });
});
