import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBinary } from '../run-binary.js';
import { startSession } from '../terminal-session.js';

const TAB = '\t';
let folder: string;
const file = (shell: string) => join(folder, `completion.${shell}`);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-completion-'));
  // As npm links it.
  writeFileSync(join(folder, 'atmr-ml'), `#!/bin/sh\nexec node ${resolve('dist/atmr-ml.js')} "$@"\n`);
  chmodSync(join(folder, 'atmr-ml'), 0o755);
  writeFileSync(join(folder, 'history-of-june.csv'), '');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { exitCode, stdout } = await runBinary(['completion', shell]);
    expect(exitCode).toBe(0);
    writeFileSync(file(shell), stdout);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const WANTED: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['atmr-ml roll', ['rollout'], ['rollback']],
  ['atmr-ml rollout ro', ['rollback'], ['rollout']],
  ['atmr-ml ab-test --by d', ['day', 'driver'], []],
  ['atmr-ml activate --perc', ['--percentage'], []],
  ['atmr-ml activate --reason "status" --if', ['--if-revision'], []],
  ['atmr-ml simulate --scenario model-w', [], ['ordinary']],
  ['atmr-ml --lang f', ['fr'], ['en']],
  ['atmr-ml ab-test --source history-', ['history-of-june.csv'], []],
  ['atmr-ml activate --percentage ', [], ['history-of-june.csv', '25']],
];

describe('in bash', () => {
  it.each(WANTED)('%s', (line, wanted, unwanted) => {
    // As readline calls it. `compopt` works only there.
    const script = `compopt() { :; }; source ${file('bash')}; COMP_WORDS=(${line.endsWith(' ') ? `${line}''` : line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _atmr_ml; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const offered = execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' }).split('\n');
    expect(offered).toEqual(expect.arrayContaining([...wanted]));
    for (const one of unwanted) expect(offered).not.toContain(one);
  });
});

describe('in fish', () => {
  it.each(WANTED)('%s', (line, wanted, unwanted) => {
    const script = `source ${file('fish')}; complete -C '${line}'`;
    const env = { ...process.env, HOME: folder, PATH: `${folder}:${process.env.PATH}` };
    const offered = execFileSync('fish', ['--no-config', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env,
    })
      .split('\n')
      .map((one) => one.split('\t')[0]);
    expect(offered).toEqual(expect.arrayContaining([...wanted]));
    for (const one of unwanted) expect(offered).not.toContain(one);
  });
});

describe('somebody types, and presses Tab', () => {
  const env = () => ({ HOME: folder, PATH: `${folder}:${process.env.PATH}`, PS1: '$ ' });

  it('in bash', { timeout: 90_000 }, async () => {
    const shell = startSession(['bash', '--norc', '--noprofile', '-i'], { cwd: folder, env: env() });
    shell.press(`source <(atmr-ml completion bash); echo rea""dy\r`);
    await shell.sees('ready');
    shell.press(`atmr-ml weath${TAB}`);
    await shell.sees('weather-check');
    shell.press(`--dri${TAB}`);
    await shell.sees('--drill');
    shell.press('\u0015exit\r');
    await shell.ended;
  });

  it('in zsh, with what each does', { timeout: 90_000 }, async () => {
    const shell = startSession(['zsh', '-f', '-i'], { cwd: folder, env: env() });
    shell.press(`autoload -U compinit; compinit -u -D; source <(atmr-ml completion zsh); echo rea""dy\r`);
    await shell.sees('ready');
    shell.press(`atmr-ml weath${TAB}`);
    await shell.sees('weather-check');
    shell.press(`--${TAB}`);
    await shell.sees(/--drill +-- /);
    shell.press('\u0015exit\r');
    await shell.ended;
  });
});

describe('what it refuses', () => {
  it('another shell', async () => {
    const { exitCode, stdout, stderr } = await runBinary(['completion', 'powershell']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('"powershell"; expected bash or zsh or fish');
  });
});
