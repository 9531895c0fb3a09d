import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { activate } from '../../src/flag/activate.js';
import { disable } from '../../src/flag/disable.js';
import type { Holders } from '../../src/flag/holders.js';
import { modelChangeText } from '../../src/flag/model-reference.js';
import { redisStore } from '../../src/flag/redis-store.js';
import { outcomeDocument } from '../../src/render/change.js';
import { request, startMachine, tapped } from '../fault/site.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';

describe('disable, when only the copy answers', () => {
  let redis: TestServer;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.remove());

  it('says that the flag is forced off, and never that it is enabled', async () => {
    const servers = { postgres: null, redis: null };
    const machine = await startMachine({ name: 'host', key: 'k', servers });
    const copy = redisStore(redis.url, 'k');
    const whole: Holders = { ...machine.holders, copy };
    const away = async () => {
      throw new AtmrError('UNAVAILABLE', 'the record is away.');
    };
    const model = { name: 'spring', version: '1', sha256: 'a'.repeat(64) };
    await activate(whole, 25, request('ana'), model);
    const holders = tapped(whole, { record: { read: away, commit: away, instances: away, change: away } });
    const change = await disable(holders, request('ana'));
    expect(change).toMatchObject({ confirmedIn: ['redis'], before: { percentage: 25 }, after: null });
    const nobody = { instances: [], counted: 0, confirmedBy: 0, confirmedAfterMs: null, warnings: [] };
    const confirmation = { verdict: 'confirmed' as const, ...nobody };
    expect(outcomeDocument({ change, confirmation, dryRun: false })).toMatchObject({
      ...{ after: null, forcedOff: true, mark: change.changeId },
    });
    expect(modelChangeText(change)).toBeNull();
    await copy.close();
    await machine.close();
  });
});
