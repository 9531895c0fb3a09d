/** The rule the model must beat. */
export interface HeuristicSettings {
  readonly minutesPerKm: number;
  readonly baseMinutes: number;
  /** The answer for a booking without a distance. */
  readonly defaultMinutes: number;
}

export const DEFAULT_HEURISTIC: HeuristicSettings = { minutesPerKm: 0.5, baseMinutes: 3, defaultMinutes: 5 };

/** Minutes late by the rule; `distanceKm` is NaN when unknown. */
export function heuristicMinutes(distanceKm: number, settings: HeuristicSettings): number {
  if (Number.isNaN(distanceKm)) return settings.defaultMinutes;
  return settings.baseMinutes + settings.minutesPerKm * distanceKm;
}
