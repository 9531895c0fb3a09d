import type { SettledBooking } from '../booking/outcome.js';
import { startProgress } from '../progress.js';
import { type ReplaySurroundings, replaySource, type SourceRequest } from '../replay/replay-source.js';
import type { ScoredBooking } from '../replay/score.js';
import type { ExclusionCounts } from '../replay/selection.js';
import { t } from '../wording/t.js';
import { assessRoi, type Roi } from './assess.js';
import type { RoiInputs } from './inputs.js';
import { addSaving, emptySavings, estimateSavings, type Savings, type SettledAnswers } from './savings.js';

/** The document of `roi` on stdout. */
export interface RoiDocument extends Roi {
  /** Who says at which percentage; `default` where the flag lets nobody see the model yet. */
  readonly percentageFrom: 'option' | 'flag' | 'default';
  readonly currency: 'CHF';
  /** Whether bookings or model behind the measured figures were made up; `null` when nothing was measured. */
  readonly simulated: { readonly bookings: boolean; readonly model: boolean } | null;
  readonly source: { readonly name: string; readonly shipped: boolean } | null;
  readonly excluded: ExclusionCounts;
  readonly seed: number;
}

/** What bookings told, and where they came from. */
export interface Measured {
  readonly savings: Savings;
  readonly source: { readonly name: string; readonly shipped: boolean };
  readonly simulated: { readonly bookings: boolean; readonly model: boolean };
  readonly excluded: ExclusionCounts;
}

/** Which percentage, and who says so. */
export interface AtPercentage {
  readonly percentage: number;
  readonly percentageFrom: RoiDocument['percentageFrom'];
}

/** Measures what the model spares by replaying a source through both arms. */
export async function measureByReplay(
  request: SourceRequest,
  surroundings: ReplaySurroundings,
): Promise<Measured> {
  const sums = emptySavings();
  const progress = await startProgress(t`reading bookings`, surroundings.terminal);
  try {
    const add = (scored: ScoredBooking<SettledBooking>) => addSaving(sums, answersOf(scored));
    const { source, replayed } = await replaySource(request, surroundings, progress, add);
    progress.update(t`estimating`);
    const simulated = {
      bookings: replayed.simulated,
      model: surroundings.model.manifest.data.simulated,
    };
    return { savings: estimateSavings(sums, request.seed), source, simulated, excluded: replayed.excluded };
  } finally {
    progress.stop();
  }
}

/** `measured` is `null` when the inputs assume all there is to measure. */
export function roiDocument(
  inputs: RoiInputs,
  measured: Measured | null,
  { percentage, percentageFrom }: AtPercentage,
  seed: number,
): RoiDocument {
  return {
    currency: 'CHF',
    percentageFrom,
    simulated: measured?.simulated ?? null,
    source: measured?.source ?? null,
    excluded: measured?.excluded ?? {},
    seed,
    ...assessRoi(inputs, measured?.savings ?? null, percentage),
  };
}

/** Whether anything is left to measure. */
export function needsMeasuring({ assumed }: RoiInputs): boolean {
  return assumed.minutesSaved === null || assumed.anticipatedShare === null;
}

function answersOf(scored: ScoredBooking<SettledBooking>): SettledAnswers {
  const { booking, modelMinutes, heuristicMinutes } = scored;
  return {
    modelMinutes,
    heuristicMinutes,
    actualMinutes: booking.actualDelayMinutes,
    dayNumber: booking.scheduled?.dayNumber ?? null,
    driverId: booking.driverId,
  };
}
