import { type Loop, startLoop } from '../loop.js';
import type { Holders } from './holders.js';
import type { Memory } from './memory.js';
import type { ReaderSettings } from './reader.js';
import { activeMarks } from './state.js';
import type { InstanceReport, Store } from './store.js';

const REPORT_MS = 1000;
/** Beyond so many instances the reports themselves would be the load. */
const MANY_INSTANCES = 100;
/** Just below the 5 s after which a silent instance counts as lost. */
const REPORT_MANY_MS = 4500;
/** After so many reports the instances are counted again. */
const REPORTS_PER_COUNT = 10;

/** Reports to one store what is on disk, and only that: a confirmation has to survive a crash. */
export function startReporting(
  store: Store,
  memory: Memory,
  holders: Holders,
  settings: ReaderSettings,
): Loop {
  let everyMs = REPORT_MS;
  let reports = 0;
  return startLoop(
    async () => {
      try {
        await store.report(reportOf(memory, holders, settings));
        if (reports++ % REPORTS_PER_COUNT > 0) return;
        const instances = await store.instances();
        everyMs = instances.length > MANY_INSTANCES ? REPORT_MANY_MS : REPORT_MS;
        await holders.disk.peers.remember(instances.map(({ report }) => report));
      } catch {
        // An instance that cannot report counts as lost, and the operator is told so.
      }
    },
    () => everyMs,
  );
}

function reportOf(
  { onDisk: { flag }, onDisk, model }: Memory,
  { clock, host }: Holders,
  { instance, pid, url }: ReaderSettings,
): InstanceReport {
  return {
    ...{ instance, host, pid, url, model },
    revision: flag?.revision ?? 0,
    changeId: flag?.changeId ?? null,
    off: activeMarks(onDisk).map((mark) => mark.id),
    at: new Date(clock.nowMs()).toISOString(),
  };
}
