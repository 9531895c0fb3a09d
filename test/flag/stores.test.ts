import { describe, expect, it } from 'vitest';
import { fingerprintOf, openStores, placeOf, placeText } from '../../src/flag/stores.js';

const home = '/tmp/atmr-ml-no-such-home';
const databaseUrl = 'postgresql://ana:secret@db.local:5432/atmr?sslmode=require';
const redisUrl = 'redis://:secret@cache.local:6379/0';

describe('openStores', () => {
  it.each([
    ['nothing', null, null, 'sqlite', undefined],
    ['DATABASE_URL', databaseUrl, null, 'postgres', undefined],
    ['REDIS_URL', null, redisUrl, 'redis', undefined],
    ['both', databaseUrl, redisUrl, 'postgres', 'redis'],
  ])('%s', async (_what, database, redis, record, copy) => {
    const stores = await openStores({ home, databaseUrl: database, redisUrl: redis }, 'k');
    expect(stores.record.name).toBe(record);
    expect(stores.copy?.name).toBe(copy);
    await stores.copy?.close();
    await stores.record.close();
  });
});

describe('fingerprintOf', () => {
  it('is the record’s: a new password or a new Redis beside it changes nothing', () => {
    const alone = fingerprintOf({ home, databaseUrl, redisUrl: null });
    const renewed = databaseUrl.replace('secret', 'renewed');
    expect(fingerprintOf({ home, databaseUrl: renewed, redisUrl })).toBe(alone);
    expect(fingerprintOf({ home, databaseUrl: databaseUrl.replace('atmr', 'other'), redisUrl })).not.toBe(
      alone,
    );
    expect(fingerprintOf({ home, databaseUrl: null, redisUrl })).not.toBe(alone);
  });
});

describe('placeOf', () => {
  it('names the stores without their passwords', () => {
    expect(placeOf({ home, databaseUrl, redisUrl })).toBe(
      'postgresql://db.local:5432/atmr and redis://cache.local:6379/0',
    );
    expect(placeOf({ home, databaseUrl: null, redisUrl: null })).toBe(`${home}/atmr-ml.db`);
  });
});

describe('placeText', () => {
  it('is for a sentence, without passwords', () => {
    expect(placeText({ home, databaseUrl, redisUrl })).toBe(
      'Postgres at db.local:5432/atmr and Redis at cache.local:6379/0',
    );
    expect(placeText({ home, databaseUrl: null, redisUrl: null })).toBe(`SQLite at ${home}/atmr-ml.db`);
  });
});
