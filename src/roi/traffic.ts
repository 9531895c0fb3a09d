import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import type { Flag } from '../flag/flag.js';
import { parsePercentage } from '../flag/percentage-text.js';
import { readStatus } from '../flag/status.js';
import { openRuntime } from '../runtime.js';
import { t } from '../wording/t.js';
import type { AtPercentage } from './roi.js';

/** Where the model answers nobody yet, its whole return is of interest. */
const UNTIL_IT_IS_ON: AtPercentage = { percentage: 100, percentageFrom: 'default' };

/** The percentage of `--percentage`, else the flag's. A store that is away is no reason to say nothing. */
export async function trafficPercentage(
  asked: string | undefined,
  config: Config,
  clock: Clock,
): Promise<AtPercentage> {
  if (asked !== undefined) return { percentage: percentageFrom(asked), percentageFrom: 'option' };
  const runtime = await openRuntime(config, clock);
  try {
    const { state, flag } = await readStatus(runtime.holders, config.staleAfterMs);
    return percentageOf(state === 'on' ? flag : null);
  } finally {
    await runtime.close();
  }
}

/** That of a flag which is on; `null` for one that is not. */
export function percentageOf(flag: Pick<Flag, 'percentage'> | null): AtPercentage {
  return flag === null ? UNTIL_IT_IS_ON : { percentage: flag.percentage, percentageFrom: 'flag' };
}

function percentageFrom(text: string): number {
  const percentage = parsePercentage(text);
  if (percentage !== null) return percentage;
  throw new AtmrError('USAGE', t`--percentage is "${text}"; expected 0 to 100, at most two decimals.`);
}
