import type { Clock } from '../clock.js';
import { inEnglish } from '../wording/language.js';
import type { ServiceAnswer } from './openweather.js';

/** Fewer failures are the weather of the internet. */
const FAILURES = 3;
const WITHIN_MS = 5 * 60_000;

/**
 * Hears of each answer of the service and tells a person once that it is out, and once that it is back: after three
 * failures within five minutes, and at once about a key that is not valid. In English: `serve` writes it into its log.
 */
export function outageNotice(
  where: string,
  clock: Clock,
  onNotice: (text: string) => void,
): (answer: ServiceAnswer) => void {
  let failedMs: readonly number[] = [];
  let isTold = false;
  return (answer) => {
    if (!answer.failed) {
      if (isTold) onNotice(`${where} reports the weather again.`);
      failedMs = [];
      isTold = false;
      return;
    }
    const nowMs = clock.monotonicMs();
    failedMs = [...failedMs.filter((ms) => nowMs - ms < WITHIN_MS), nowMs].slice(-FAILURES);
    const { reason, detail } = answer;
    if (isTold || (reason !== 'unauthorized' && failedMs.length < FAILURES)) return;
    isTold = true;
    const effect = 'Bookings are predicted with the neutral factor 0.5 where no weather is kept';
    const why = `${reason} (${inEnglish(detail)})`;
    onNotice(`No weather from ${where}: ${why}. ${effect}; try \`atmr-ml weather-check\`.`);
  };
}
