import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runBinary } from '../run-binary.js';

const FOLDER = resolve('examples/ci');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-pipeline-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Puts a program of that name first on the path of the scripts. */
function putOnPath(lines: readonly string[]): void {
  const path = join(folder, 'atmr-ml');
  writeFileSync(path, ['#!/bin/sh', ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
}

/** A stand-in that ends with one code after the other, and keeps what it was called with: this is about the shell. */
function endsWith(...codes: readonly number[]): void {
  writeFileSync(join(folder, 'codes'), `${codes.join('\n')}\n`);
  putOnPath([
    `printf '%s\\n' "$*" >> ${folder}/calls`,
    `code=$(head -n 1 ${folder}/codes)`,
    `sed -i 1d ${folder}/codes`,
    `printf '{"code":%s}' "$code"`,
    'exit "$code"',
  ]);
}

function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stderr } = spawnSync('sh', [join(FOLDER, script)], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}`, ATMR_ML_HOME: join(folder, 'home'), PAUSE_S: '0', ...env },
  });
  return { exitCode: status, said: stderr };
}

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
const kept = (name: string) =>
  JSON.parse(readFileSync(join(folder, 'rollout-evidence', `${name}.json`), 'utf8'));

describe('the step that a pipeline takes', () => {
  it('replays, then advances, and keeps both documents', () => {
    endsWith(0, 0);
    expect(run('advance.sh', { REASON: 'week 2; it is time' })).toMatchObject({ exitCode: 0 });
    expect(calls()).toEqual([
      'ab-test --source postgres --json',
      'rollout advance --yes --json --reason week 2; it is time',
    ]);
    expect([kept('ab-test'), kept('advance')]).toEqual([{ code: 0 }, { code: 0 }]);
  });

  it.each([
    [1, 'exit code 1'],
    [2, 'exit code 2'],
    [3, 'the verdict is no'],
    [6, 'RECORDED, but not confirmed everywhere'],
    [7, 'not enough yet'],
    [130, 'exit code 130'],
  ])('ends with %i of either command, and says so', (code, text) => {
    endsWith(code);
    const replay = run('advance.sh');
    expect([replay.exitCode, replay.said]).toEqual([code, expect.stringContaining(`ab-test: ${text}`)]);
    expect(calls()).toHaveLength(1);
    endsWith(0, code);
    const advance = run('advance.sh');
    expect([advance.exitCode, advance.said]).toEqual([code, expect.stringContaining(`advance: ${text}`)]);
  });

  it('waits without failing where a job comes again tomorrow', () => {
    endsWith(7);
    expect(run('advance.sh', { WAIT_IS_OK: '1' }).exitCode).toBe(0);
    endsWith(0, 7);
    expect(run('advance.sh', { WAIT_IS_OK: '1' }).exitCode).toBe(0);
    endsWith(0, 3);
    expect(run('advance.sh', { WAIT_IS_OK: '1' }).exitCode).toBe(3);
  });

  it('comes again while a dependency does not answer, so many times', () => {
    endsWith(4, 0, 4, 4, 0);
    expect(run('advance.sh')).toMatchObject({ exitCode: 0 });
    expect(calls()).toHaveLength(5);
    endsWith(4, 4, 4, 0);
    expect(run('advance.sh')).toEqual({ exitCode: 4, said: expect.stringContaining('in 3 tries') });
  });

  it('looks once more where somebody else changed the flag, and then gives up', () => {
    endsWith(0, 5, 0);
    expect(run('advance.sh').exitCode).toBe(0);
    endsWith(0, 5, 5, 0);
    expect(run('advance.sh')).toEqual({ exitCode: 5, said: expect.stringContaining('atmr-ml history') });
  });
});

describe('the rollback of a pipeline', () => {
  it('takes the traffic back, to where it is told', () => {
    endsWith(0, 0);
    expect(run('roll-back.sh', { REASON: 'complaints' }).exitCode).toBe(0);
    expect(run('roll-back.sh', { TO: 'previous' }).exitCode).toBe(0);
    expect(calls()).toEqual([
      'rollout rollback --to 0 --reason complaints --json',
      'rollout rollback --to previous --reason pipeline --json',
    ]);
  });

  it.each([
    [1, 'NOT DONE'],
    [2, 'NOT DONE'],
    [5, 'NOT DONE'],
    [6, 'RECORDED'],
    [130, 'NOT DONE'],
  ])('ends with %i, and says whether it happened', (code, text) => {
    endsWith(code);
    expect(run('roll-back.sh')).toEqual({ exitCode: code, said: expect.stringContaining(text) });
  });

  it('comes again while no store answers', () => {
    endsWith(4, 4, 4, 4, 0);
    expect(run('roll-back.sh').exitCode).toBe(0);
    endsWith(4, 4, 4, 4, 4);
    expect(run('roll-back.sh')).toEqual({ exitCode: 4, said: expect.stringContaining('NOT DONE') });
  });
});

describe('both with the real program', () => {
  beforeEach(() => putOnPath([`exec ${process.execPath} ${resolve('dist/atmr-ml.js')} "$@"`]));
  const home = () => ({ env: { ATMR_ML_HOME: join(folder, 'home') } });
  const bookings = { SOURCE: resolve('fixtures/bookings.csv') };

  it('do not advance what was not started, wait for evidence, and roll back', async () => {
    expect(run('advance.sh', bookings)).toMatchObject({ exitCode: 2 });
    expect((await runBinary(['rollout', 'start', '--yes', '--no-wait'], home())).exitCode).toBe(0);
    expect(run('advance.sh', bookings)).toEqual({
      exitCode: 7,
      said: expect.stringContaining('advance: not'),
    });
    expect(kept('ab-test')).toMatchObject({ verdict: 'better' });
    expect(kept('advance')).toMatchObject({ changed: false, refused: expect.any(Array) });
    expect(run('roll-back.sh', { REASON: 'a drill' })).toMatchObject({ exitCode: 0 });
    expect(run('advance.sh', bookings)).toEqual({
      exitCode: 3,
      said: expect.stringContaining('verdict is no'),
    });
    const { stdout } = await runBinary(['rollout', 'status', '--json'], home());
    expect(JSON.parse(stdout)).toMatchObject({ phase: 'rolled_back', traffic: 0 });
  });
});

describe('the jobs', () => {
  const commandsIn = (file: string): string[] => {
    const document = parse(readFileSync(join(FOLDER, file), 'utf8'));
    const jobs = Object.values<Record<string, unknown>>(document.jobs ?? document);
    return jobs.flatMap((job) => {
      const steps = (job.steps as { run?: string }[] | undefined) ?? [];
      const lines = [job.before_script, job.script].flat() as (string | undefined)[];
      return [...steps.map(({ run: line }) => line), ...lines].filter((line) => line !== undefined);
    });
  };

  it.each(['github-actions.yml', 'gitlab-ci.yml'])(
    'of %s run the scripts, in lines that a shell takes',
    (file) => {
      const commands = commandsIn(file);
      for (const line of commands) execFileSync('sh', ['-n', '-c', line]);
      const scripts = commands.flatMap((line) => /^sh ci\/(\S+)$/.exec(line)?.[1] ?? []);
      expect(scripts.sort()).toEqual(['advance.sh', 'roll-back.sh']);
      for (const script of scripts) execFileSync('sh', ['-n', join(FOLDER, script)]);
    },
  );
});
