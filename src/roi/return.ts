import { annualGainsChf, type Figures, firstYearCostsChf, yearlyCostsChf } from './figures.js';

const WEEKS_A_YEAR = 52;

/** (gains − costs) / costs of the first year as a fraction, at a traffic percentage; `null` where nothing is spent. */
export function roiAt(figures: Figures, percentage: number): number | null {
  return returnOf(annualGainsChf(figures) * (percentage / 100), firstYearCostsChf(figures));
}

/** The same of a later year, when it only has to be kept running. */
export function laterYearRoi(figures: Figures, percentage: number): number | null {
  return returnOf(annualGainsChf(figures) * (percentage / 100), yearlyCostsChf(figures));
}

/** The share of the traffic that pays the first year's costs, above 1 where not even all of it does; `null` without a gain. */
export function breakEvenShare(figures: Figures): number | null {
  const gains = annualGainsChf(figures);
  return gains > 0 ? firstYearCostsChf(figures) / gains : null;
}

/** Weeks until the first year's costs are earned at that percentage; `null` when they never are. */
export function paybackWeeks(figures: Figures, percentage: number): number | null {
  const share = breakEvenShare(figures);
  return share === null || percentage === 0 ? null : (share / (percentage / 100)) * WEEKS_A_YEAR;
}

function returnOf(gainsChf: number, costsChf: number): number | null {
  return costsChf > 0 ? (gainsChf - costsChf) / costsChf : null;
}
