import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning } from '../../src/config.js';
import { openDisk } from '../../src/flag/disk.js';
import type { Holders } from '../../src/flag/holders.js';
import { startReader } from '../../src/flag/reader.js';
import { activeMarks, type State } from '../../src/flag/state.js';
import type { InstanceReport, Store } from '../../src/flag/store.js';
import { openStores } from '../../src/flag/stores.js';
import type { ChildPlan, SeenAnswer } from './reader-child.js';
import { clockOffBy } from './site.js';

/** A reader as a process of its own, which tells its parent each time its answer changes. */
const plan: ChildPlan = JSON.parse(process.env.PLAN ?? '{}');
const { key, home, instance, databaseUrl, redisUrl } = plan;
const host = plan.host;
const stores = await openStores({ databaseUrl, redisUrl, home }, key);
const disk = await openDisk({ home, key, instance, host, pid: process.pid, fingerprint: 'test', isRunning });
const holders: Holders = {
  ...{ key, host, clock: clockOffBy(plan.clockOffMs), timeZone: 'Europe/Zurich' },
  record: dyingAfterReport(stores.record),
  copy: stores.copy && dyingAfterReport(stores.copy),
  disk: { ...disk, save: saveThenDie },
};
const reader = await startReader(holders, {
  ...{ instance, pid: process.pid, url: null, model: null, staleAfterMs: plan.staleAfterMs, repairs: true },
  onNotice: () => {},
});

/** A gap this long between two looks: the process stood still, and what it says first counts. */
const STOOD_STILL_MS = 1000;
let last = '';
let lookedMs = performance.now();
const look = () => {
  const { variant, reason, code } = reader.decide('booking-1');
  const { flag } = reader.view().state;
  const [revision, changeId] = [flag?.revision ?? 0, flag?.changeId ?? null];
  const now = `${variant} ${reason} ${code} ${revision} ${changeId}`;
  const stoodStill = performance.now() - lookedMs > STOOD_STILL_MS;
  lookedMs = performance.now();
  if (now === last && !stoodStill) return;
  last = now;
  const atMs = performance.timeOrigin + performance.now();
  process.send?.({ variant, reason, ...(code && { code }), revision, changeId, atMs } satisfies SeenAnswer);
};
process.on('message', () => {
  look();
  process.send?.('looked');
});
process.once('SIGTERM', () => void reader.stop().then(() => process.exit()));
// Its parent is gone: nobody will ask again.
process.on('disconnect', () => process.exit());
look();
process.send?.('started');
setInterval(look, plan.lookEveryMs);

async function saveThenDie(state: State): Promise<void> {
  await disk.save(state);
  if (plan.dieAfter === 'save' && activeMarks(state).length > 0) await die();
}

function dyingAfterReport<S extends Store>(store: S): S {
  return {
    ...store,
    async report(report: InstanceReport) {
      await store.report(report);
      if (plan.dieAfter === 'report' && report.off.length > 0) await die();
    },
  };
}

/** kill −9 by its own hand, at exactly this point. */
async function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return await sleep(60_000, undefined as never);
}
