import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it.each([
  ['enable', 'activate'],
  ['--enable', 'activate'],
  ['--disable', 'disable'],
])('%s is told that it is called %s, and changes nothing', (name, meant) => {
  const program = join(process.cwd(), 'dist/atmr-ml.js');
  const { status, stderr, stdout } = spawnSync(process.execPath, [program, name], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(`Run \`atmr-ml ${meant}\``);
});
