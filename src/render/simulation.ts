import type { SimulationSummary } from '../simulator/summary.js';
import { count, counted, decimal, percent } from './number.js';

/** A simulation's summary as text for a terminal. */
export function simulationText(summary: SimulationSummary): string {
  const { n, unsettled, scenario } = summary;
  return [
    `${counted(n, 'simulated booking')} (seed ${summary.seed}) from ${summary.from} over ${counted(summary.days, 'day')}`,
    ...(scenario === null ? [] : [`scenario: ${scenario}`]),
    ...(unsettled === 0 ? [] : [`not settled yet: ${count(unsettled)}`]),
    `delay: mean ${minutes(summary.mean)}, median ${minutes(summary.median)}, sd ${minutes(summary.sd)}`,
    `more than 5 min late: ${percent(summary.lateShare)}, early: ${percent(summary.earlyShare)}`,
    `correlation with distance: ${decimal(summary.distanceCorrelation, 3)}`,
    `best attainable: MAE ${minutes(summary.bestMae)}, R² ${decimal(summary.bestR2, 3)}`,
    `heuristic: MAE ${minutes(summary.heuristicMae)}`,
    `correlation of the unexplained part within a day ${decimal(summary.dayCorrelation, 3)}, ` +
      `within a driver ${decimal(summary.driverCorrelation, 3)}`,
  ].join('\n');
}

function minutes(value: number | null): string {
  return value === null ? decimal(null) : `${decimal(value)} min`;
}
