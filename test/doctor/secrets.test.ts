import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../src/doctor/doctor.js';
import { program } from '../commands/program.js';

const SECRET = 'a-token-that-nobody-else-may-read';

async function checkOf(content: string, mode: number) {
  const { folder, run } = program();
  const file = join(folder, '.env');
  writeFileSync(file, content);
  chmodSync(file, mode);
  const { stdout } = await run('doctor', '--json');
  expect(stdout).not.toContain(SECRET);
  return (JSON.parse(stdout) as Diagnosis).checks.find(({ name }) => name === 'secrets');
}

describe('secrets in .env', () => {
  it('are not for every user of the machine', async () => {
    expect(await checkOf(`ATMR_ML_TOKEN=${SECRET}\n`, 0o644)).toMatchObject({
      result: 'warn',
      found: expect.stringMatching(/\.env holds secrets and others may read it \(mode 644\)$/),
      remedy: expect.stringContaining('chmod 600'),
    });
  });

  it('may be read by the group that an operator gave them to', async () => {
    expect(await checkOf(`SMTP_URL=smtp://ops:${SECRET}@127.0.0.1:9\n`, 0o640)).toMatchObject({
      result: 'ok',
    });
  });

  it('are none where there is nothing to keep', async () => {
    expect(await checkOf('ML_ENABLED=false\n', 0o644)).toMatchObject({ result: 'ok' });
  });
});
