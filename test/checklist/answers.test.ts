import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type AnswerAddress, newestAnswers, openAnswers } from '../../src/checklist/answers.js';
import { migratePostgres } from '../../src/migration/migrate-postgres.js';
import { startPostgres } from '../servers/postgres.js';
import { type TestServer, temporaryFolder } from '../servers/process.js';

let server: TestServer;
const home = temporaryFolder('answers');

beforeAll(async () => {
  server = await startPostgres();
  await migratePostgres(server.url);
});
afterAll(() => server.remove());

const TEAM: Answer = {
  list: 'before',
  item: 'team',
  answer: 'no',
  by: 'ana',
  note: '',
  atMs: 1_790_000_000_000,
};

describe.each<[string, () => AnswerAddress]>([
  ['SQLite', () => ({ databaseUrl: null, home, flagKey: 'delays' })],
  ['Postgres', () => ({ databaseUrl: server.url, home, flagKey: 'delays' })],
])('answers in %s', (_name, address) => {
  it('are kept as they were given, and nothing is replaced', async () => {
    const store = await openAnswers(address());
    const trained = {
      ...TEAM,
      answer: 'yes',
      by: 'béa',
      note: 'Friday’s “course”',
      atMs: TEAM.atMs + 1000,
    } as const;
    await store.add([trained, { ...TEAM, list: 'week-1', item: 'report' }]);
    await store.add([TEAM]);
    expect(await store.read('before')).toEqual([TEAM, trained]);
    expect(newestAnswers(await store.read('before')).get('team')).toEqual(trained);
    expect(await store.read('week-4')).toEqual([]);
    await store.close();
  });

  it('are seen by others of the same flag, and by no other flag', async () => {
    const other = await openAnswers(address());
    expect(await other.read('before')).toHaveLength(2);
    await other.close();
    const foreign = await openAnswers({ ...address(), flagKey: 'another' });
    expect(await foreign.read('before')).toEqual([]);
    await foreign.close();
  });
});
