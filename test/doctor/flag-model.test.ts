import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedModel } from '../../src/doctor/flag.js';
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
