import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMigratedPostgres } from '../fault/postgres.js';
import { type ReaderChild, startReaderChild } from '../fault/reader-child.js';
import { environmentOf } from '../fault/round-writer.js';
import { type Machine, startMachine } from '../fault/site.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';
import { program } from './program.js';
import { CTRL_C, onTerminal } from './terminal.js';

let postgres: TestServer;
let redis: TestServer;
beforeAll(async () => {
  [postgres, redis] = await Promise.all([startMigratedPostgres(), startRedis()]);
});
afterAll(async () => {
  await Promise.all([postgres.remove(), redis.remove()]);
});

describe.each(['SQLite', 'Postgres', 'Redis', 'Postgres and Redis'])('with readers on %s', (name) => {
  const key = `flag-${randomUUID()}`;
  let machine: Machine;
  let readers: ReaderChild[];
  let run: ReturnType<typeof program>['run'];

  beforeAll(async () => {
    const servers = {
      postgres: name.includes('Postgres') ? postgres : null,
      redis: name.includes('Redis') ? redis : null,
    };
    machine = await startMachine({ name: 'host', key, servers });
    readers = await Promise.all([1, 2, 3].map(() => startReaderChild(machine)));
    ({ run } = program(environmentOf(machine)));
  });
  afterAll(async () => {
    await Promise.all(readers.map((reader) => reader.kill()));
    await machine.close();
  });

  it('prints that three of three confirmed, and the time it took', async () => {
    const args = ['activate', '--percentage', '25', '--yes', '--flag', key];
    const { exitCode, screen } = await onTerminal(environmentOf(machine), args);
    expect(screen).toMatch(/3\/3 confirmed in \d+\.\d s/);
    expect(exitCode).toBe(0);
    const looks = await Promise.all(readers.map((reader) => reader.look()));
    expect(looks.map((look) => look?.reason)).toEqual(['SPLIT', 'SPLIT', 'SPLIT']);
  });

  it('exits 6 when three are expected and two are there', async () => {
    await readers.pop()?.stop();
    const args = ['--percentage', '26', '--yes', '--flag', key, '--wait', '1', '--expect-instances', '3'];
    const { exitCode, stdout } = await run('activate', ...args);
    expect(exitCode).toBe(6);
    const { instances, warnings } = JSON.parse(stdout);
    expect(instances).toHaveLength(2);
    expect(warnings).toContainEqual({
      code: 'TOO_FEW_READERS',
      text: '2 of the 3 expected instances are live.',
    });
  });

  it('lets one of two that start from the same revision win, and tells the other who did', async () => {
    const revision = String(JSON.parse((await run('status', '--flag', key)).stdout).flag.revision);
    const job = (by: string, percentage: string) =>
      run(
        'activate',
        '--percentage',
        percentage,
        '--by',
        by,
        '--yes',
        '--flag',
        key,
        '--if-revision',
        revision,
      );
    const jobs = await Promise.all([job('job-a', '41'), job('job-b', '42')]);
    expect(jobs.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 5]);
    const winner = JSON.parse(jobs.find(({ exitCode }) => exitCode === 0)?.stdout ?? '').after;
    const loser = jobs.find(({ exitCode }) => exitCode === 5);
    expect(loser?.stderr).toContain(`${winner.updatedBy} set ${winner.percentage} %`);
  });
});

describe('the question at a terminal', () => {
  it.each([
    ['no', 'n\r'],
    ['Ctrl-C', CTRL_C],
  ])('%s changes nothing and exits 130', async (_what, keys) => {
    const { run, home } = program();
    const asked = await onTerminal({ ATMR_ML_HOME: home }, ['activate'], { question: 'Go on?', keys });
    expect(asked.exitCode).toBe(130);
    expect(JSON.parse((await run('history')).stdout)).toEqual([]);
  });

  it('yes changes the flag', async () => {
    const { run, home } = program();
    const asked = await onTerminal({ ATMR_ML_HOME: home }, ['activate'], {
      question: 'Go on?',
      keys: 'y\r',
    });
    expect(asked).toMatchObject({ exitCode: 0, screen: expect.stringContaining('never written → 10 %') });
    expect(JSON.parse((await run('status')).stdout).flag).toMatchObject({ revision: 1, percentage: 10 });
  });
});
