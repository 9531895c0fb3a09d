import type { Config } from '../config.js';
import type { Holders } from '../flag/holders.js';
import { openSurvey } from '../guard/open-survey.js';
import { type Survey, survey } from '../guard/survey.js';
import { endWhenInterrupted } from '../interruption.js';
import { startLoop } from '../loop.js';
import type { Terminal } from '../terminal.js';
import type { Showing } from './week.js';

const LOOK_MS = 2000;

/** How the first minutes after a change went. */
export type FirstMinutes = 'quiet' | 'rolled back' | 'interrupted';

/** Looks again and again for so long, and prints what has changed since the last look. Ctrl-C ends the looking only. */
export async function watchFirstMinutes(
  holders: Holders,
  config: Config,
  terminal: Terminal,
  { words, when, watchMs }: Showing & { readonly watchMs: number },
): Promise<FirstMinutes> {
  terminal.notice(words.watching(Math.round(watchMs / 1000)));
  const sources = await openSurvey(holders, config);
  const { clock } = holders;
  const untilMs = clock.monotonicMs() + watchMs;
  let last = '';
  let stop = async () => {};
  const over = new Promise<FirstMinutes>((resolve) => {
    const release = endWhenInterrupted(() => resolve('interrupted'));
    const look = async () => {
      const seen = await survey(sources);
      const text = textOf(seen);
      if (text !== last) terminal.notice(`${when(clock.nowMs())}  ${text}`);
      last = text;
      if (seen.rollout?.phase === 'rolled_back' || seen.exposure.percentage === 0) resolve('rolled back');
      else if (clock.monotonicMs() >= untilMs) resolve('quiet');
    };
    const loop = startLoop(look, () => LOOK_MS);
    stop = async () => {
      release();
      await loop.stop();
    };
  });
  const textOf = ({ sighting, exposure, guard, telemetryFault }: Survey): string => {
    const { trials, successes } = sighting?.evidence.failures ?? { trials: 0, successes: 0 };
    const findings = (guard?.findings ?? []).map(({ text }) => `! ${text}`);
    const fault = telemetryFault === null ? [] : [`! ${telemetryFault}`];
    return [words.seen(trials, successes, exposure.percentage), ...fault, ...findings].join('\n  ');
  };
  try {
    return await over;
  } finally {
    await stop();
    await sources.close();
  }
}
