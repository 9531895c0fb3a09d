import { systemClock } from '../clock.js';
import { type Closing, openClosing } from '../closing.js';
import { type Config, thisProcess } from '../config.js';
import type { ModelReference } from '../flag/flag.js';
import { type FlagReader, startReader } from '../flag/reader.js';
import { openRuntime } from '../runtime.js';
import { followedFlag, type ReadFlag } from './flag.js';

/** A reader of the flag in this process, open. */
export interface Reading {
  readonly flag: ReadFlag;
  readonly reader: FlagReader;
  /** What is added is closed before the reader. */
  readonly closing: Closing;
  /** Has `listener` called when the reader knows more, before anybody else hears of it. */
  whenGrown(listener: () => void): void;
}

/**
 * Opens the stores and reads them; resolves after the first attempt at each, successful or not. BAD_CONFIG for an
 * address that is none and for a home that cannot be written.
 */
export async function openReading(
  config: Config,
  model: ModelReference | null,
  onNotice: (text: string) => void,
): Promise<Reading> {
  for (const warning of config.warnings) onNotice(warning);
  const closing = openClosing(onNotice);
  try {
    const runtime = await openRuntime(config, systemClock);
    closing.add('the stores', runtime.close);
    const { holders, instance } = runtime;
    let grown = () => {};
    let wake = () => {};
    const reader = await startReader(holders, {
      ...{ instance, pid: thisProcess().pid, url: null, model, staleAfterMs: config.staleAfterMs, onNotice },
      repairs: true,
      onChange() {
        grown();
        wake();
      },
    });
    closing.add('the reader', reader.stop);
    const followed = followedFlag(config.flagKey, instance, reader, onNotice);
    wake = followed.wake;
    closing.add('the flag', followed.stop);
    return {
      ...{ flag: followed.flag, reader, closing },
      whenGrown(listener) {
        grown = listener;
      },
    };
  } catch (thrown) {
    await closing.close();
    throw thrown;
  }
}
