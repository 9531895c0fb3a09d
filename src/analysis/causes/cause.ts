export type CauseName =
  | 'model-failing'
  | 'input-fault'
  | 'model-outdated'
  | 'new-drivers'
  | 'severe-weather'
  | 'demand-surge'
  | 'weather-missing'
  | 'distance-missing'
  | 'bookings-ineligible'
  | 'shift-unexplained'
  | 'weak-slice'
  | 'intervals-off'
  | 'inputs-drifted';

/** Why the model is off, likely: what speaks for it, and what to do next. */
export interface Cause {
  readonly name: CauseName;
  readonly sentence: string;
  /** Minutes of mean error, over all bookings, that go with it; `null` where that cannot be told. */
  readonly minutes: number | null;
  readonly evidence: readonly Evidence[];
  readonly nextCommand: string;
}

export interface Evidence {
  readonly label: string;
  readonly value: number;
  readonly unit: 'min' | 'share' | 'p' | 'count' | 'ratio' | 'psi' | 'a day';
}

/** How the commands of an answer name the bookings: `--source rides.csv`, or nothing. */
export type SourceFlag = string;
