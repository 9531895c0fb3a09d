import type { SimulationSummary } from '../simulator/summary.js';
import { t } from '../wording/t.js';
import { count, counted, decimal, percent } from './number.js';

/** A simulation's summary as text for a terminal. */
export function simulationText(summary: SimulationSummary): string {
  const { n, unsettled, scenario } = summary;
  return [
    t`${counted(n, t`simulated booking`, t`simulated bookings`)} (seed ${summary.seed}) from ${summary.from} over ${counted(summary.days, t`day`)}`,
    ...(scenario === null ? [] : [t`scenario: ${scenario}`]),
    ...(unsettled === 0 ? [] : [t`not settled yet: ${count(unsettled)}`]),
    t`delay: mean ${minutes(summary.mean)}, median ${minutes(summary.median)}, sd ${minutes(summary.sd)}`,
    t`more than 5 min late: ${percent(summary.lateShare)}, early: ${percent(summary.earlyShare)}`,
    t`correlation with distance: ${decimal(summary.distanceCorrelation, 3)}`,
    t`best attainable: MAE ${minutes(summary.bestMae)}, R² ${decimal(summary.bestR2, 3)}`,
    t`heuristic: MAE ${minutes(summary.heuristicMae)}`,
    t`correlation of the unexplained part within a day ${decimal(summary.dayCorrelation, 3)}, within a driver ${decimal(summary.driverCorrelation, 3)}`,
  ].join('\n');
}

function minutes(value: number | null): string {
  return value === null ? decimal(null) : `${decimal(value)} min`;
}
