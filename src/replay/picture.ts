import { type DayOfSequence, daySequence } from './day-sequence.js';
import { type CalibrationGroup, calibrationGroups, type Histogram, histogramOf } from './distributions.js';
import type { Replay } from './replay.js';

/** What the plots of a report show, beside the document. Minutes; `other` is what the model is held against. */
export interface AbTestPicture {
  /** Of predicted − actual: the model's, then the other's. */
  readonly errors: Histogram;
  /** Of |model error| − |other error|. */
  readonly differences: Histogram;
  readonly calibration: {
    readonly model: readonly CalibrationGroup[];
    readonly other: readonly CalibrationGroup[];
  };
  readonly days: readonly DayOfSequence[];
}

export function picture({ distributions, scores }: Replay): AbTestPicture {
  const { modelError, heuristicError, difference, modelCalibration, heuristicCalibration } = distributions;
  return {
    errors: histogramOf([modelError, heuristicError]),
    differences: histogramOf([difference]),
    calibration: {
      model: calibrationGroups(modelCalibration),
      other: calibrationGroups(heuristicCalibration),
    },
    days: daySequence(scores.byDay),
  };
}
