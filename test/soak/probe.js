/**
 * Loaded into `serve` before it (`node --import`): whoever started it asks over the channel between the two processes, and is
 * told what only the process itself knows. Changes nothing else: the channel keeps it from ending no longer than it would run.
 */
import { readdirSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', (asked) => {
  if (asked !== 'sample') return;
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({
    ...{ rssBytes: rss, heapBytes: heapUsed, externalBytes: external },
    handles: process.getActiveResourcesInfo().length,
    files: readdirSync('/proc/self/fd').length,
    loopP99Ms: delay.percentile(99) / 1e6,
    loopMaxMs: delay.max / 1e6,
  });
  delay.reset();
});
process.channel?.unref();
