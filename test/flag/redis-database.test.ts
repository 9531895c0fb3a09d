import { afterAll, beforeAll, expect, it } from 'vitest';
import { redisStore } from '../../src/flag/redis-store.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';

let redis: TestServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.remove());

it('calls a database that Redis does not have a fault of the configuration, each time, and uses no other', async () => {
  const url = new URL(redis.url);
  url.pathname = '/99';
  const store = redisStore(url.href, 'k');
  for (let attempt = 0; attempt < 3; attempt++) {
    await expect(store.read()).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('no database of the number in REDIS_URL'),
    });
  }
  await store.close();
});
