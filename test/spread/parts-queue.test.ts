import { afterAll, beforeAll, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { type PlannedPart, planName, type ReplayDescription } from '../../src/spread/description.js';
import { openPartsQueue, type PartOrder, type PartsQueue } from '../../src/spread/parts-queue.js';
import { until } from '../fault/wait.js';
import type { TestServer } from '../servers/process.js';
import { startRedis } from '../servers/redis.js';

let server: TestServer;
let queue: PartsQueue;
const told: string[] = [];
const description = { version: '1' } as ReplayDescription;

beforeAll(async () => {
  server = await startRedis({ password: 'secret-word' });
  queue = await openPartsQueue(server.url, 'Redis', (text) => void told.push(text));
});
afterAll(async () => {
  await queue?.close();
  await server?.remove();
});

/** Parts from each of `ends` up to the next. */
function planOf(...ends: readonly number[]): PlannedPart[] {
  return ends.slice(1).map((to, i) => {
    return { part: { kind: 'drivers', from: String(ends[i]), to: String(to) }, bookings: null };
  });
}

function orders(run: string, parts: readonly PlannedPart[]): PartOrder[] {
  return parts.map((part) => ({ ...part, run, plan: planName(parts), description, language: 'en' }));
}

/** Its range stands for the sums. */
async function scoring(order: PartOrder) {
  return { replay: JSON.stringify(order.part), by: 'test' };
}

it('has no result of an old plan for a new one of the same run', async () => {
  const old = { run: 'run', plan: planName(planOf(1, 5, 10)) };
  await queue.planOf('run', async () => planOf(1, 5, 10));
  await queue.add(orders('run', planOf(1, 5, 10)));
  const { stop } = await queue.take(scoring);
  await until('both are scored', async () => (await queue.state(old, 1)).kind === 'done');
  await stop();
  // As after a day: the plan is forgotten, the results may not be yet.
  await queue.remove(old, 0);
  const parts = await queue.planOf('run', async () => planOf(1, 3, 7, 12));
  expect(parts).toEqual(planOf(1, 3, 7, 12));
  await queue.add(orders('run', parts));
  const fresh = { run: 'run', plan: planName(parts) };
  expect(await queue.state(fresh, 0)).toMatchObject({ kind: 'waiting' });
  await queue.remove(fresh, 3);
});

it('tries five times what another try may mend, and five times again when it is gone on with', async () => {
  const parts = planOf(20, 30);
  const planned = { run: 'tries', plan: planName(parts) };
  await queue.planOf('tries', async () => parts);
  let tries = 0;
  const { stop } = await queue.take(async () => {
    tries += 1;
    throw new AtmrError('UNAVAILABLE', 'away');
  });
  for (const expected of [5, 10]) {
    await queue.add(orders('tries', parts));
    await until(
      'it has failed',
      async () => tries === expected && (await queue.state(planned, 0)).kind === 'failed',
      40_000,
    );
  }
  await stop();
  await queue.remove(planned, 1);
}, 60_000);

it('is not opened with a wrong password, nor in a database that there is not, and writes nothing there', async () => {
  const other = new URL(server.url);
  other.password = 'wrong-word';
  const refusal = await openPartsQueue(other.href, 'Redis', () => {}).catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(AtmrError);
  expect(String(refusal)).toMatch(/WRONGPASS/);
  expect(String(refusal)).not.toMatch(/-word/);
  await expect(openPartsQueue(`${server.url}/99`, 'Redis', () => {})).rejects.toMatchObject({
    code: 'BAD_CONFIG',
  });
  expect(told).toEqual([]);
});
