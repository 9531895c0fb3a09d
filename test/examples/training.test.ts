import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { structureOf } from './structure.js';

/** The lines of a training's exercises, in order. */
function linesOf(name: string): string[] {
  const text = readFileSync(`docs/training/${name}.md`, 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
}

describe.each([
  ['developers', 120],
  ['operations', 60],
  ['business', 30],
] as const)('the training for %s', (name, minutes) => {
  it.each([name, `${name}.fr`])('takes as long as the guide gives it: %s', (page) => {
    const text = readFileSync(`docs/training/${page}.md`, 'utf8');
    const parts = [...text.matchAll(/^## .* \((\d+) min\)$/gm)].map(([, part]) => Number(part));
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(minutes);
  });

  it('has the same headings, blocks and commands in both languages', () => {
    const [english, french] = [name, `${name}.fr`].map((page) =>
      structureOf(readFileSync(`docs/training/${page}.md`, 'utf8')),
    );
    expect(french).toEqual(english);
  });

  it('is the same in both languages', () => {
    expect(linesOf(`${name}.fr`)).toEqual(linesOf(name));
  });

  it('is exercises that end as they say, in an empty folder without any server', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-training-'));
    writeFileSync(
      join(folder, 'atmr-ml'),
      `#!/bin/sh\nexec ${process.execPath} ${resolve('dist/atmr-ml.js')} "$@"\n`,
    );
    chmodSync(join(folder, 'atmr-ml'), 0o755);
    const env = { PATH: `${folder}:${process.env.PATH}`, ATMR_ML_HOME: join(folder, 'home'), USER: 'ana' };
    for (const line of linesOf(name)) {
      const expected = Number(/ # exit (\d+)$/.exec(line)?.[1] ?? 0);
      const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, env, encoding: 'utf8' });
      expect([line, status], stderr).toEqual([line, expected]);
    }
    rmSync(folder, { recursive: true });
  });
});
