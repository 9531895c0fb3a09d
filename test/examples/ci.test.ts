import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

/**
 * A stand-in that ends with one code after the other, and keeps what it was called with: this is about the shell. It
 * prints a document with the code in it, and what the test adds.
 */
function endsWith(...codes: readonly number[]): void {
  saying({}, ...codes);
}

function saying(document: object, ...codes: readonly number[]): void {
  writeFileSync(join(folder, 'document'), JSON.stringify(document).slice(1));
  writeFileSync(join(folder, 'codes'), `${codes.join('\n')}\n`);
  putOnPath([
    `printf '%s\\n' "$*" >> ${folder}/calls`,
    `code=$(head -n 1 ${folder}/codes)`,
    `sed -i 1d ${folder}/codes`,
    `printf '{"code":%s%s' "$code" "$(sed 's/^"/,"/' ${folder}/document)"`,
    'exit "$code"',
  ]);
}

function run(script: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('sh', [join(FOLDER, script)], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${folder}:${process.env.PATH}`, ATMR_ML_HOME: join(folder, 'home'), PAUSE_S: '0', ...env },
  });
  return { exitCode: status, printed: stdout, said: stderr, last: stderr.trim().split('\n').at(-1) };
}

const text = (part: string) => expect.stringContaining(part);

const STEP = {
  before: { percentage: 10 },
  after: { percentage: 25, rollout: { phase: 'collecting' } },
};
const UNCONFIRMED = {
  instances: [
    { instance: 'vm-1', confirmed: true },
    { instance: 'vm-2', confirmed: false },
    { instance: 'vm-3', confirmed: false },
  ],
  warnings: [{ code: 'TOO_FEW_READERS', text: '1 of the 3 expected instances are live.' }],
};

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
    [2, 'exit code 2, nothing was changed'],
    [3, 'the verdict is no'],
    [6, 'RECORDED, but not confirmed everywhere'],
    [7, 'not enough yet'],
    [127, 'exit code 127, atmr-ml is not on the PATH'],
    [130, 'exit code 130'],
  ])('ends with %i of either command, and says so', (code, part) => {
    endsWith(code);
    expect(run('advance.sh')).toMatchObject({ exitCode: code, last: text(`ab-test: ${part}`) });
    expect(calls()).toHaveLength(1);
    endsWith(0, code);
    expect(run('advance.sh')).toMatchObject({ exitCode: code, last: text(`advance: ${part}`) });
  });

  it('says from which share to which', () => {
    saying(STEP, 0, 0);
    expect(run('advance.sh').last).toBe('advance: done: 10 % → 25 %, collecting');
  });

  it('names the instances that have not confirmed', () => {
    saying(UNCONFIRMED, 0, 6);
    expect(run('advance.sh')).toMatchObject({
      exitCode: 6,
      last: expect.stringMatching(/look at: vm-2; vm-3; 1 of the 3 expected instances are live\.$/),
    });
  });

  it('says the worst reason why not, or who has to agree too', () => {
    saying({ refused: ['mae: 2.9 min', 'the step lasts another 2 days'], warnings: [] }, 0, 3);
    expect(run('advance.sh').last).toBe(
      'advance: the verdict is no: mae: 2.9 min (and 1 more in the document)',
    );
    saying(
      { warnings: [{ code: 'APPROVAL', text: 'Approved by ana; one more person has to agree.' }] },
      0,
      7,
    );
    expect(run('advance.sh').last).toBe(
      'advance: not enough yet: Approved by ana; one more person has to agree.',
    );
  });

  it('shows the path of a document that says nothing', () => {
    endsWith(0, 0);
    expect(run('advance.sh').last).toBe('advance: done: see rollout-evidence/advance.json');
  });

  it('keeps no document of a run before', () => {
    endsWith(0, 0);
    run('advance.sh');
    endsWith(3);
    run('advance.sh');
    expect(readdirSync(join(folder, 'rollout-evidence'))).toEqual(['ab-test.json']);
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
    expect(run('advance.sh')).toMatchObject({ exitCode: 4, last: text('in 3 tries') });
    endsWith(4, 0);
    expect(run('advance.sh', { TRIES: '1' })).toMatchObject({ exitCode: 4, last: text('in 1 tries') });
  });

  it('does not call a step missing that a try without an answer may have taken', () => {
    endsWith(0, 4, 7);
    expect(run('advance.sh')).toMatchObject({ exitCode: 7, last: text('may have taken the step') });
    // Only the replay had no answer: nothing was sent.
    endsWith(4, 0, 7);
    expect(run('advance.sh').last).not.toContain('may have taken');
  });

  it.each([{ TRIES: 'three' }, { TRIES: '-1' }, { PAUSE_S: '20s' }])('refuses %o, and asks nobody', (env) => {
    endsWith(0, 0);
    expect(run('advance.sh', env)).toMatchObject({ exitCode: 2, last: text('whole numbers') });
    expect(existsSync(join(folder, 'calls'))).toBe(false);
  });

  it('looks once more where somebody else changed the flag, and then gives up', () => {
    endsWith(0, 5, 0);
    expect(run('advance.sh').exitCode).toBe(0);
    endsWith(0, 5, 5, 0);
    expect(run('advance.sh')).toMatchObject({ exitCode: 5, last: text('atmr-ml history') });
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
    [0, 'done'],
    [1, 'NOT KNOWN TO BE DONE'],
    [2, 'NOT DONE'],
    [3, 'NOT KNOWN TO BE DONE'],
    [5, 'NOT DONE'],
    [6, 'RECORDED'],
    [7, 'NOT KNOWN TO BE DONE'],
    [130, 'NOT KNOWN TO BE DONE'],
  ])('ends with %i, and says whether it happened', (code, part) => {
    endsWith(code);
    const result = run('roll-back.sh');
    expect(result).toMatchObject({ exitCode: code, last: text(`roll back: ${part}`) });
    expect(JSON.parse(result.printed)).toEqual({ code });
    expect(calls()).toHaveLength(1);
  });

  it('names the instances that have not confirmed', () => {
    saying(UNCONFIRMED, 6);
    expect(run('roll-back.sh').last).toMatch(/look at: vm-2; vm-3; 1 of the 3/);
  });

  it('comes again while no store answers', () => {
    endsWith(4, 4, 4, 4, 0);
    expect(run('roll-back.sh').exitCode).toBe(0);
    endsWith(4, 4, 4, 4, 4);
    expect(run('roll-back.sh')).toMatchObject({ exitCode: 4, last: text('NOT KNOWN TO BE DONE') });
  });

  it('is not kept from it by a setting that makes no sense', () => {
    endsWith(4, 0);
    expect(run('roll-back.sh', { TRIES: 'many' }).exitCode).toBe(0);
    endsWith(0);
    expect(run('roll-back.sh', { PAUSE_S: 'soon' }).exitCode).toBe(0);
  });
});

describe('both with the real program', () => {
  beforeEach(() => putOnPath([`exec ${process.execPath} ${resolve('dist/atmr-ml.js')} "$@"`]));
  const home = () => ({ env: { ATMR_ML_HOME: join(folder, 'home') } });
  const bookings = { SOURCE: resolve('fixtures/bookings.csv') };

  it('do not advance what was not started, wait for evidence, and roll back', async () => {
    expect(run('advance.sh', bookings)).toMatchObject({ exitCode: 2, said: text('No rollout was started') });
    expect((await runBinary(['rollout', 'start', '--yes', '--no-wait'], home())).exitCode).toBe(0);
    expect(run('advance.sh', bookings)).toMatchObject({
      exitCode: 7,
      last: expect.stringMatching(
        /^advance: not enough yet: no booking was asked about .* more in the document\)$/,
      ),
    });
    expect(kept('ab-test')).toMatchObject({ verdict: 'better' });
    expect(kept('advance')).toMatchObject({ changed: false, refused: expect.any(Array) });
    const back = run('roll-back.sh', { REASON: 'a drill' });
    expect(back).toMatchObject({ exitCode: 0, last: 'roll back: done' });
    expect(JSON.parse(back.printed)).toMatchObject({ changed: true, after: { percentage: 0 } });
    expect(run('advance.sh', bookings)).toMatchObject({
      exitCode: 3,
      last: expect.stringMatching(/^advance: the verdict is no: /),
    });
    const { stdout } = await runBinary(['rollout', 'status', '--json'], home());
    expect(JSON.parse(stdout)).toMatchObject({ phase: 'rolled_back', traffic: 0 });
  });

  it('read its documents: the shares of a step, and who has not confirmed', async () => {
    expect((await runBinary(['rollout', 'start', '--yes', '--no-wait'], home())).exitCode).toBe(0);
    const real = `${process.execPath} ${resolve('dist/atmr-ml.js')}`;
    // A week of evidence would take a test of its own: here it goes past the gates.
    putOnPath(['case "$*" in rollout*advance*) set -- "$@" --force ;; esac', `exec ${real} "$@"`]);
    expect(run('advance.sh', bookings)).toMatchObject({
      exitCode: 0,
      last: expect.stringMatching(/^advance: done: 10 % → 25 %, \w+$/),
    });
    putOnPath([`exec ${real} "$@" --expect-instances 2 --wait 1`]);
    expect(run('roll-back.sh')).toMatchObject({
      exitCode: 6,
      last: text('0 of the 2 expected instances are live'),
    });
  });
});

describe('the jobs', () => {
  it('hold the secrets where they are needed, and never advance twice at once', () => {
    const github = parse(readFileSync(join(FOLDER, 'github-actions.yml'), 'utf8'));
    expect(github.permissions).toEqual({ contents: 'read' });
    expect(github.env).toBeUndefined();
    expect(github.jobs.advance.concurrency).toEqual({
      group: 'rollout-advance',
      'cancel-in-progress': false,
    });
    for (const job of ['advance', 'roll-back']) {
      const withSecrets = github.jobs[job].steps.filter((step: object) =>
        /secrets\./.test(JSON.stringify(step)),
      );
      expect(withSecrets).toEqual([expect.objectContaining({ run: `sh ci/${job}.sh` })]);
    }
    const gitlab = parse(readFileSync(join(FOLDER, 'gitlab-ci.yml'), 'utf8'));
    expect(gitlab['.atmr-ml'].resource_group).toBe('rollout');
    expect(gitlab['roll-back'].resource_group).toBe('roll-back');
  });

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
