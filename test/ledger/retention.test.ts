import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { startRetention } from '../../src/ledger/retention.js';
import { sqliteLedger } from '../../src/ledger/sqlite-ledger.js';
import { until } from '../fault/wait.js';
import { temporaryFolder } from '../servers/process.js';
import { outcome, prediction, START_MS } from './rows.js';

const DAY_MS = 86_400_000;
const clock = { nowMs: () => START_MS, monotonicMs: () => 0 };
const AGES_DAYS = [401, 400.5, 399, 41, 0];

let ledger: Ledger;
let notices: string[];
beforeEach(async () => {
  notices = [];
  ledger = sqliteLedger(join(temporaryFolder('retention'), 'atmr-ml.db'));
  const rows = AGES_DAYS.map((days) => {
    const id = `${days}`;
    return prediction({ requestId: id, bookingId: id, createdMs: START_MS - days * DAY_MS });
  });
  await ledger.record(rows);
  for (const { bookingId, createdMs } of rows) {
    await ledger.settle([outcome({ bookingId })], createdMs + 2 * 3600_000);
  }
});
afterEach(() => ledger.close());

const stored = async () => (await ledger.predictions(100, null)).predictions.map(({ row }) => row.bookingId);

it('removes what is older than it is kept, and every sum but those of days after 40', async () => {
  const retention = startRetention(ledger, 400, clock, (text) => notices.push(text));
  await until('it has removed something', () => notices.length > 0);
  await retention.stop();
  expect(notices).toEqual(['2 answers older than 400 days were removed.']);
  expect(await stored()).toEqual(['0', '41', '399']);
  const all = await ledger.metrics(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  expect([all.traffic.requests, all.accuracy.settled]).toEqual([5, 5]);
});

it('says that the ledger did not answer, and goes on', async () => {
  const away = {
    ...ledger,
    prune: () => Promise.reject(new AtmrError('UNAVAILABLE', 'Nobody is there.')),
  };
  const retention = startRetention(away, 400, clock, (text) => notices.push(text));
  await until('it has said so', () => notices.length > 0);
  await retention.stop();
  expect(notices).toEqual(['Old answers were not removed: Nobody is there. It is tried again in an hour.']);
});
