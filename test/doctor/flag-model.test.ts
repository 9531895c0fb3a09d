import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { runCheck } from '../../src/doctor/check.js';
import { readContext } from '../../src/doctor/context.js';
import { namedModel } from '../../src/doctor/flag.js';
import { modelChecks } from '../../src/doctor/model.js';
import type { Status } from '../../src/flag/status.js';
import { readManifest } from '../../src/model/read-manifest.js';

const { name, version, sha256 } = await readManifest(join('models', 'delay_predictor.json'));

describe('the model that the flag names', () => {
  it('is in order where this machine has it, or the flag names none', async () => {
    const found = `${name} ${version}`;
    expect(await namedModel({ name, version, sha256 }, 'models')).toMatchObject({ result: 'ok', found });
    expect(await namedModel(null, 'models')).toMatchObject({ result: 'ok' });
  });

  it('is a fault where its files are gone, whatever other model is there', async () => {
    const gone = { name: 'spring', version: '2', sha256: 'b'.repeat(64) };
    expect(await namedModel(gone, 'models')).toMatchObject({
      result: 'fail',
      found: 'the flag names spring 2, which is not in models',
      remedy: expect.stringContaining('Copy its two files there'),
    });
  });
});

describe('the model that answers', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atmr-ml-models-'));
    cpSync('models', folder, { recursive: true });
    const manifest = JSON.parse(readFileSync(join('models', 'delay_predictor.json'), 'utf8'));
    writeFileSync(join(folder, 'spring.json'), JSON.stringify({ ...manifest, name: 'spring', version: '7' }));
    cpSync(join('models', 'delay_predictor.onnx'), join(folder, 'spring.onnx'));
    // The default one is another model.
    const other = { ...manifest, sha256: 'c'.repeat(64) };
    writeFileSync(join(folder, 'delay_predictor.json'), JSON.stringify(other));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function found(model: { name: string; version: string; sha256: string } | null, isAway = false) {
    const context = await readContext(undefined, undefined, systemClock);
    const read = async () => (isAway ? null : ({ flag: model && { model } } as unknown as Status));
    const config = { ...context.config, modelsFolder: folder };
    const checks = modelChecks({ ...context, config }, { read, close: async () => {} });
    return await Promise.all(checks.map(runCheck));
  }

  it('is the one that the flag names', async () => {
    expect(await found({ name: 'spring', version: '7', sha256 })).toMatchObject([
      { name: 'model', result: 'ok', found: expect.stringContaining('spring 7') },
      { name: 'model r2', result: 'ok' },
      { name: 'model training', result: 'warn' },
    ]);
  });

  it('is damaged where its file is not what its manifest says', async () => {
    appendFileSync(join(folder, 'spring.onnx'), 'x');
    expect(await found({ name: 'spring', version: '7', sha256 })).toMatchObject([
      {
        name: 'model',
        result: 'fail',
        found: expect.stringMatching(/spring\.onnx has the SHA-256 .* but its manifest/),
      },
      { name: 'model r2', result: 'unknown' },
      { name: 'model training', result: 'unknown' },
    ]);
  });

  it('is not known while a store of the flag is away: the default one may be another', async () => {
    expect((await found(null, true))[0]).toMatchObject({
      ...{ result: 'unknown', found: 'not looked at: a store of the flag cannot be used' },
    });
  });

  it('is unknown where the flag names one that is not here, and the default one where it names none', async () => {
    expect((await found({ name: 'summer', version: '8', sha256: 'd'.repeat(64) }))[0]).toMatchObject({
      result: 'unknown',
      found: 'not looked at: the model that the flag names is not here',
    });
    expect((await found(null))[0]).toMatchObject({
      result: 'fail',
      found: expect.stringContaining('delay_predictor.onnx'),
    });
  });
});
