import { localTime } from '../booking/local-time.js';
import { LARGEST_DELAY_MINUTES } from '../booking/outcome.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { StoredPrediction } from '../ledger/ledger.js';
import { openLedger } from '../ledger/open-ledger.js';
import { provenanceOf } from '../model/provenance.js';
import type { Exclusion, ExclusionCounts, Window } from '../replay/selection.js';
import { t } from '../wording/t.js';
import type { Measured } from './roi.js';
import { addSaving, emptySavings, estimateSavings, type SettledAnswers } from './savings.js';

/** What `--source` calls the record of what was served; a file of that name is `./ledger`. */
export const LEDGER = 'ledger';

/** Measures what the model spares on the bookings that were served and settled, shadow included; `window` is of settlement. */
export async function measureByLedger(
  { fromMs, untilMs }: Window,
  seed: number,
  config: Config,
  clock: Clock,
): Promise<Measured> {
  const ledger = await openLedger(config);
  const sums = emptySavings();
  const excluded: ExclusionCounts = {};
  let simulated = false;
  try {
    for await (const stored of ledger.scored(fromMs ?? 0, untilMs ?? clock.nowMs())) {
      const answers = answersOf(stored, config.timeZone);
      if (typeof answers === 'string') {
        excluded[answers] = (excluded[answers] ?? 0) + 1;
        continue;
      }
      simulated ||= stored.row.simulated;
      addSaving(sums, answers);
    }
  } finally {
    await ledger.close();
  }
  const { simulated: model } = await provenanceOf(config.modelsFolder, null);
  return {
    savings: estimateSavings(sums, seed),
    source: { name: t`the ledger`, shipped: false },
    simulated: { bookings: simulated, model: model === true },
    excluded,
  };
}

/** Or why there is nothing to compare. */
function answersOf(
  { row, actualDelayMinutes }: StoredPrediction,
  timeZone: string,
): SettledAnswers | Exclusion {
  const { modelMinutes, heuristicMinutes, scheduledMs, driverId } = row;
  if (actualDelayMinutes === null) return 'not_settled';
  if (Math.abs(actualDelayMinutes) > LARGEST_DELAY_MINUTES) return 'delay_over_180_min';
  if (modelMinutes === null) return row.attempt === 'ineligible' ? 'ineligible' : 'model_failed';
  const dayNumber = scheduledMs === null ? null : localTime(scheduledMs, timeZone).dayNumber;
  return { modelMinutes, heuristicMinutes, actualMinutes: actualDelayMinutes, dayNumber, driverId };
}
