import type { AtmrFlag } from './flag.js';
import { openReading } from './open-reading.js';
import { configOf, type FlagOptions, noticeOf, requireModel } from './options.js';

/**
 * Opens the flag in this process, on the stores of the options, the environment and the file. The process is then an
 * instance like any other: `status` lists it, and `activate` and `disable` wait until it confirms. Resolves after the first
 * attempt at each store, also where none answers. Rejects with `AtmrError` BAD_CONFIG for settings that are none, and for
 * a home that cannot be written.
 */
export async function openFlag(options: FlagOptions = {}): Promise<AtmrFlag> {
  const { model = null } = options;
  requireModel(model);
  const config = await configOf(options);
  const { flag, closing } = await openReading(config, model, noticeOf(options));
  return { ...flag, close: closing.close, [Symbol.asyncDispose]: closing.close };
}
