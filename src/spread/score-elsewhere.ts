import { setTimeout as sleep } from 'node:timers/promises';
import { AtmrError } from '../errors.js';
import { parseRedisUrl } from '../flag/redis-address.js';
import { whenInterrupted } from '../interruption.js';
import { startProgress } from '../progress.js';
import type { Replay } from '../replay/replay.js';
import type { ReplaySurroundings } from '../replay/replay-source.js';
import type { PlannedPart, ReplayDescription } from './description.js';
import { unpackReplay } from './part-result.js';
import { openPartsQueue, type PartsQueue } from './parts-queue.js';
import type { Spreading } from './spread-ab-test.js';
import { startWorkers, type Workers } from './workers.js';

/** A replay in parts that other processes score. */
export interface Run {
  readonly run: string;
  readonly description: ReplayDescription;
  readonly parts: readonly PlannedPart[];
}

const LOOK_EVERY_MS = 250;

/**
 * Puts the parts into the queue, starts processes on this machine, and waits until all parts are scored, by whomever.
 * Parts that an earlier try had scored stay scored: a run that was cut off goes on where it stopped.
 */
export async function scoreElsewhere(
  { run, description, parts }: Run,
  { workers, workArguments }: Spreading,
  { config, terminal }: ReplaySurroundings,
): Promise<Replay[]> {
  const queue = await openPartsQueue(
    requireRedis(config.redisUrl),
    whereOf(config.redisUrl),
    terminal.notice,
  );
  const progress = await startProgress('waiting for parts', terminal);
  let started: Workers | null = null;
  try {
    await queue.add(parts.map((part) => ({ ...part, run, description })));
    const texts = new Map<number, string>();
    const by = new Set<string>();
    await collect(queue, run, parts.length, texts, by);
    if (texts.size > 0)
      terminal.notice(`notice: goes on; ${texts.size} of ${parts.length} parts were scored before.`);
    if (workers === 0) terminal.notice('notice: waiting for `atmr-ml ab-test work` on other machines.');
    started = startWorkers(workers, workArguments, terminal.notice);
    const stopAtOnce = whenInterrupted(started.kill);
    while (texts.size < parts.length) {
      await sleep(LOOK_EVERY_MS);
      started.check();
      await collect(queue, run, parts.length, texts, by);
      progress.update(`${texts.size} of ${parts.length} parts scored`);
    }
    stopAtOnce();
    terminal.notice(`notice: scored by ${[...by].sort().join(', ')}.`);
    const replays = parts.map((_, part) => unpackReplay(texts.get(part)!));
    await queue.remove(run, parts.length);
    return replays;
  } finally {
    started?.kill();
    progress.stop();
    await queue.close();
  }
}

/** Adds the parts that are scored by now. Throws what one failed for. */
async function collect(
  queue: PartsQueue,
  run: string,
  parts: number,
  texts: Map<number, string>,
  by: Set<string>,
): Promise<void> {
  for (let part = 0; part < parts; part += 1) {
    if (texts.has(part)) continue;
    const state = await queue.state(run, part);
    if (state.kind === 'failed') throw state.failure;
    if (state.kind !== 'done') continue;
    texts.set(part, state.result.replay);
    by.add(state.result.by);
  }
}

export function requireRedis(url: string | null): string {
  if (url !== null) return url;
  const fact = 'Parts of a replay go through Redis to whoever scores them, and REDIS_URL is not set';
  throw new AtmrError('BAD_CONFIG', `${fact}. Set it, or use --workers 1.`);
}

export function whereOf(url: string | null): string {
  return parseRedisUrl(requireRedis(url)).where;
}
