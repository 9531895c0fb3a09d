import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The lines of a training's exercises, in order. */
function linesOf(name: string): string[] {
  const text = readFileSync(`docs/training/${name}.md`, 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.trim().split('\n'));
}

describe.each(['developers', 'operations', 'business'])('the training for %s', (name) => {
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
