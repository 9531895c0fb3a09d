import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activate } from '../../src/flag/activate.js';
import { disable } from '../../src/flag/disable.js';
import { changeModel } from '../../src/flag/model-change.js';
import { startMigratedPostgres } from '../fault/postgres.js';
import { type Machine, request, type Servers, startMachine } from '../fault/site.js';
import { until } from '../fault/wait.js';
import { startRedis } from '../servers/redis.js';

const ours = { name: 'spring', version: '1', sha256: 'a'.repeat(64) };
const other = { name: 'spring', version: '2', sha256: 'b'.repeat(64) };

const PLACES: readonly [name: string, start: () => Promise<Servers>][] = [
  ['SQLite', async () => ({ postgres: null, redis: null })],
  ['Redis alone', async () => ({ postgres: null, redis: await startRedis() })],
  [
    'Postgres and Redis',
    async () => ({ postgres: await startMigratedPostgres(), redis: await startRedis() }),
  ],
];

describe.each(PLACES)('a reader that runs a model, on %s', (_, start) => {
  let servers: Servers;
  let machine: Machine;
  beforeAll(async () => {
    servers = await start();
    machine = await startMachine({ name: 'host', key: 'k', servers });
  });
  afterAll(async () => {
    await machine.close();
    await Promise.all([servers.postgres?.remove(), servers.redis?.remove()]);
  });

  it('answers with it until the flag names another, and again once the flag names it', async () => {
    const { holders } = machine;
    const reader = await machine.reader({ model: ours });
    const reporter = await machine.reader({ model: null });
    const answers = async (revision: number) => {
      await until(`revision ${revision} is known`, () =>
        [reader, reporter].every((one) => one.view().state.flag?.revision === revision),
      );
      return [reader, reporter].map((one) => {
        const { variant, reason, code } = one.decide('booking-1');
        return [variant, reason, code];
      });
    };
    const serves = ['model', 'SPLIT', undefined];
    await activate(holders, 100, request('ana'));
    expect(await answers(1)).toEqual([serves, serves]);
    await changeModel(holders, ours, request('ana'));
    expect(await answers(2)).toEqual([serves, serves]);
    await changeModel(holders, other, request('ana'));
    expect(await answers(3)).toEqual([['control', 'ERROR', 'MODEL_MISSING'], serves]);
    await changeModel(holders, ours, request('ana'));
    expect(await answers(4)).toEqual([serves, serves]);
    await changeModel(holders, other, request('ana'));
    await disable(holders, request('bob'));
    expect((await answers(6))[0]).toEqual(['control', 'FORCED_OFF', undefined]);
  });

  it('reports which model it runs', async () => {
    await machine.reader({ model: other });
    const reported = async () => {
      const reports = await machine.holders.record.instances();
      return reports.map(({ report }) => report.model).find((model) => model?.version === other.version);
    };
    await until('it has reported', async () => (await reported()) !== undefined);
    expect(await reported()).toEqual(other);
  });
});
