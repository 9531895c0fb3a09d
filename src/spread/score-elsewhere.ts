import { setTimeout as sleep } from 'node:timers/promises';
import { AtmrError } from '../errors.js';
import { whenInterrupted } from '../interruption.js';
import { startProgress } from '../progress.js';
import { counted } from '../render/number.js';
import { startMerging } from '../replay/merge.js';
import type { Replay } from '../replay/replay.js';
import type { ReplaySurroundings } from '../replay/replay-source.js';
import { currentLanguage } from '../wording/language.js';
import { t } from '../wording/t.js';
import { type PlannedPart, planName, type ReplayDescription } from './description.js';
import { unpackReplay } from './part-result.js';
import { openPartsQueue, type PartState, type PartsQueue, type PlannedRun } from './parts-queue.js';
import { requireRedis, whereOf } from './require-redis.js';
import type { Spreading } from './spread-ab-test.js';
import { startWorkers, type Workers } from './workers.js';

/** A replay in parts that other processes score. */
export interface Run {
  readonly run: string;
  readonly description: ReplayDescription;
  /** Cuts it into parts, where that was not done before. */
  plan(): Promise<readonly PlannedPart[]>;
}

const LOOK_EVERY_MS = 250;
/** Parts that are asked about at once. */
const LOOKED_AT = 64;

/**
 * Puts the parts into the queue, starts processes on this machine, and waits until all parts are scored, by whomever.
 * Parts that an earlier try had scored stay scored: a run that was cut off goes on where it stopped, by its own plan.
 */
export async function scoreElsewhere(
  { run, description, plan }: Run,
  { workers, workArguments }: Spreading,
  { config, terminal }: ReplaySurroundings,
): Promise<Replay> {
  const url = requireRedis(config.redisUrl);
  const queue = await openPartsQueue(url, whereOf(url), terminal.notice);
  const progress = await startProgress(t`waiting for parts`, terminal);
  let started: Workers | null = null;
  let forget = () => {};
  try {
    const parts = await queue.planOf(run, plan);
    const planned = { run, plan: planName(parts) };
    const language = currentLanguage();
    await queue.add(parts.map((part) => ({ ...part, ...planned, description, language })));
    const collection = startCollecting(queue, planned, parts.length, terminal.notice);
    await collection.collect();
    if (collection.scored() > 0) {
      terminal.notice(
        t`notice: goes on; ${collection.scored()} of ${parts.length} parts were scored before.`,
      );
    } else terminal.notice(t`notice: ${counted(parts.length, t`part`)}, run ${run}.`);
    if (workers === 0) terminal.notice(t`notice: waiting for \`atmr-ml ab-test work\` on other machines.`);
    started = startWorkers(workers, [...workArguments, '--run', run], terminal.notice);
    forget = whenInterrupted(() => {
      started?.kill();
      terminal.notice(
        t`notice: stopped; ${collection.scored()} of ${parts.length} parts are kept for a day, the same command goes on.`,
      );
    });
    while (collection.scored() < parts.length) {
      await sleep(LOOK_EVERY_MS);
      started.check();
      await queue.keep(run);
      await collection.collect();
      const by = counted(collection.by().length, t`process`, t`processes`);
      progress.update(t`${collection.scored()} of ${parts.length} parts scored by ${by}`);
    }
    terminal.notice(t`notice: scored by ${collection.by().join(', ')}.`);
    await queue.remove(planned, parts.length);
    return collection.merged();
  } finally {
    forget();
    started?.kill();
    progress.stop();
    await queue.close();
  }
}

/** Adds up what the processes scored, as it comes. */
function startCollecting(
  queue: PartsQueue,
  planned: PlannedRun,
  parts: number,
  tell: (text: string) => void,
) {
  const merging = startMerging();
  const left = new Set(Array.from({ length: parts }, (_, part) => part));
  const losses = new Map<number, number>();
  const by = new Set<string>();
  const take = async (part: number, state: PartState): Promise<void> => {
    if (state.kind === 'failed') {
      // What another try may mend stays, to go on with.
      if (!mayGoOn(state.failure)) await queue.remove(planned, parts);
      throw state.failure;
    }
    if (state.kind === 'missing') throw takenAway();
    // It may be done already when it is looked at again.
    if (state.losses > (losses.get(part) ?? 0)) {
      losses.set(part, state.losses);
      tell(t`notice: part ${part + 1} of ${parts} came back from a process that was lost; another takes it.`);
    }
    if (state.kind === 'done') {
      merging.add(unpackReplay(state.result.replay));
      by.add(state.result.by);
      left.delete(part);
    }
  };
  return {
    async collect(): Promise<void> {
      const asked = [...left];
      for (let from = 0; from < asked.length; from += LOOKED_AT) {
        const some = asked.slice(from, from + LOOKED_AT);
        const states = await Promise.all(some.map((part) => queue.state(planned, part)));
        for (const [i, part] of some.entries()) await take(part, states[i]!);
      }
    },
    scored: () => parts - left.size,
    by: () => [...by].sort(),
    merged: merging.merged,
  };
}

function mayGoOn(failure: Error): boolean {
  return failure instanceof AtmrError && failure.code === 'UNAVAILABLE';
}

function takenAway(): AtmrError {
  return new AtmrError(
    'CONFLICT',
    t`Another process was waiting for the same replay, and has ended it. Look at what it printed, or run the command again.`,
  );
}
