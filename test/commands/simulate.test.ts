import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunResult, runBinary } from '../run-binary.js';

const PROGRAM = 'dist/atmr-ml.js';
const FIXTURE = 'fixtures/bookings.csv';
const FIXTURE_ARGS = ['--bookings', '5000', '--days', '182', '--from', '2026-01-05', '--seed', '11'];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function simulate(...args: string[]): Promise<RunResult> {
  return runBinary(['simulate', ...args]);
}

describe('atmr-ml simulate', () => {
  it('prints the fixture to the byte, and its summary on stderr', async () => {
    const { exitCode, stdout, stderr } = await simulate(...FIXTURE_ARGS);
    expect(exitCode).toBe(0);
    expect(stdout === readFileSync(FIXTURE, 'utf8')).toBe(true);
    expect(stderr).toContain('5,000 simulated bookings (seed 11) from 2026-01-05 over 182 days');
    expect(stderr).toMatch(/best attainable: MAE 1\.\d\d min, R² 0\.7\d\d/);
  });

  it('writes the same bytes to a file, and with --json the summary to stdout', async () => {
    const out = join(folder, 'bookings.csv');
    writeFileSync(out, 'old');
    const { exitCode, stdout, stderr } = await simulate(...FIXTURE_ARGS, '--out', out, '--json');
    expect(exitCode).toBe(0);
    expect(readFileSync(out).equals(readFileSync(FIXTURE))).toBe(true);
    expect(readdirSync(folder)).toEqual(['bookings.csv']);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ seed: 11, days: 182, n: 5000, scenario: null, unsettled: 0 });
  });

  it('prints the summary as JSON in a pipe without being asked', async () => {
    const { stdout, stderr } = await simulate('--bookings', '3', '--out', join(folder, 'three.csv'));
    expect(JSON.parse(stdout)).toMatchObject({ n: 3 });
    expect(stderr).toBe('');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('leaves nothing behind on %s', async (signal, expected) => {
    const out = join(folder, 'large.csv');
    const child = spawn(process.execPath, [PROGRAM, 'simulate', '--bookings', '50000000', '--out', out]);
    while (readdirSync(folder).length === 0) await new Promise((wait) => setTimeout(wait, 20));
    child.kill(signal);
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, readdirSync(folder)]).toEqual([expected, []]);
  });

  it('hears Ctrl-C while its table goes to a file by redirection', async () => {
    const out = openSync(join(folder, 'redirected.csv'), 'w');
    const child = spawn(process.execPath, [PROGRAM, 'simulate', '--bookings', '50000000'], {
      stdio: ['ignore', out, 'pipe'],
    });
    while (fstatSync(out).size === 0) await new Promise((wait) => setTimeout(wait, 20));
    child.kill('SIGINT');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(130);
    closeSync(out);
  });

  it.each([
    [[], /^error: Standard output cannot be written: ENOSPC/],
    [['--json'], /^\{"error":"Standard output cannot be written: .*","code":"UNAVAILABLE"\}\n$/],
  ])('says with %j that the disk is full, with exit 4', (args, message) => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'simulate', ...args], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(4);
    expect(stderr).toMatch(message);
  });

  it('says that a file outgrows its limit, and leaves nothing behind', () => {
    const command = `ulimit -f 8; exec ${process.execPath} ${PROGRAM} simulate --out ${folder}/a.csv`;
    const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect(stderr).toMatch(/^error: .*a\.csv cannot be written: .*EFBIG/);
    expect([status, readdirSync(folder)]).toEqual([2, []]);
  });

  it('says that its working directory is gone', () => {
    const command = `rmdir "$PWD"; exec ${process.execPath} ${resolve(PROGRAM)} simulate --out a.csv`;
    const cwd = join(folder, 'gone');
    mkdirSync(cwd);
    const { status, stderr } = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8' });
    expect([status, stderr.startsWith('error: ')]).toEqual([2, true]);
    mkdirSync(cwd);
    const trained = spawnSync('bash', ['-c', command.replace('simulate --out a.csv', 'train')], {
      cwd,
      encoding: 'utf8',
    });
    expect(trained.stderr).toMatch(/^error: The working directory is not there any more\./);
    expect(trained.status).toBe(2);
  });

  it('compresses a file whose name says so, the same bytes for the same seed', async () => {
    const [one, two] = [join(folder, 'one.csv.gz'), join(folder, 'two.csv.gz')];
    for (const out of [one, two]) expect((await simulate(...FIXTURE_ARGS, '--out', out)).exitCode).toBe(0);
    expect(gunzipSync(readFileSync(one)).equals(readFileSync(FIXTURE))).toBe(true);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  it('keeps stdout to the table when the table goes there', async () => {
    const { stdout, stderr } = await simulate('--bookings', '3', '--format', 'ndjson', '--json');
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2, 3]);
    expect(JSON.parse(stderr)).toMatchObject({ n: 3 });
  });

  it('takes scenarios, ready tables and unsettled bookings', async () => {
    const scenario = ['--scenario', 'snow-week', '--scenario-day', '2', '--days', '5'];
    const { exitCode, stdout, stderr } = await simulate(
      ...scenario,
      ...['--bookings', '40', '--table', 'ready', '--unsettled', '50'],
    );
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^time_of_day,.*,actual_delay_minutes$/);
    expect(stdout).toMatch(/,1,\n/);
    expect(stderr).toContain('scenario: snow-week');
    expect(stderr).toContain('not settled yet: ');
  });

  it('writes a long table to a pipe without losing a row', async () => {
    const { stdout } = await simulate('--bookings', '100000');
    expect(stdout.split('\n')).toHaveLength(100_002);
    expect(stdout).toContain('\n100000,');
  });

  it('ends well when its reader has seen enough', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'simulate', '--bookings', '50000000'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const complaints: string[] = [];
    child.stderr.on('data', (text) => complaints.push(String(text)));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(complaints.join('')).toBe('');
    expect(code).toBe(0);
  });

  it.each([
    ['a negative count', ['--bookings', '-5'], '--bookings'],
    ['a day that does not exist', ['--from', '2026-02-30'], '--from'],
    ['no days', ['--days', '0'], '--days'],
    ['an unknown scenario', ['--scenario', 'flood'], 'There is no scenario "flood"'],
    ['a start without a scenario', ['--scenario-day', '4'], '--scenario'],
    ['an unknown table', ['--table', 'drivers'], 'There is no table "drivers"'],
    ['an unknown format', ['--format', 'xml'], 'in format "xml"'],
    ['an unknown flag', ['--booking-count', '4'], 'unknown option'],
    ['an argument too many', ['more'], 'too many arguments'],
  ])('refuses %s and writes nothing', async (_, args, message) => {
    const out = join(folder, 'bookings.csv');
    const { exitCode, stdout, stderr } = await simulate(...args, '--out', out);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a bad configuration as every command does', async () => {
    const config = join(folder, 'bad.yaml');
    writeFileSync(config, 'timezon: UTC');
    const { exitCode, stderr } = await simulate('--config', config);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean timezone?');
  });

  it('refuses a place that cannot be written to, and says so in JSON when asked', async () => {
    const { exitCode, stdout, stderr } = await simulate('--out', join(folder, 'none', 'a.csv'), '--json');
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(JSON.parse(stderr)).toMatchObject({ code: 'USAGE' });
  });
});
