import { t } from '../wording/t.js';
/** Everything a return on investment is computed from, as plain numbers. Money is in CHF, times in minutes. */
export interface Figures {
  readonly bookingsPerMonth: number;
  readonly workingDaysPerMonth: number;
  readonly driverChfPerHour: number;
  /** Handling one late ride that nobody expected. */
  readonly lateRideChf: number;
  readonly customerChf: number;
  /** Share of a customer's value that a point of churn puts at stake. */
  readonly customerShare: number;
  readonly reassignmentChf: number;
  readonly developmentHours: number;
  readonly developmentChfPerHour: number;
  /** A year each. */
  readonly infrastructureChf: number;
  readonly retrainingChf: number;
  readonly monitoringChf: number;
  readonly improvementChf: number;
  /** MAE(heuristic) − MAE(model). */
  readonly minutesSaved: number;
  /** Share of all bookings that came late, as the model said and the heuristic did not. */
  readonly anticipatedShare: number;
  /** Percentage points. */
  readonly churnPoints: number;
  readonly reassignmentsPerDay: number;
}

/** What a year brings at 100 % of the traffic, line by line. */
export type GainName = 'over_allocation' | 'anticipated_delays' | 'satisfaction' | 'reassignments';

export interface GainRule {
  /** The figures that say how much the model changes; the rest are prices and volumes. */
  readonly driver: 'minutesSaved' | 'anticipatedShare' | 'churnPoints' | 'reassignmentsPerDay';
  formula(): string;
  annualChf(figures: Figures): number;
}

const MONTHS = 12;

/** The one table of what a model is worth. */
export const GAINS = {
  over_allocation: {
    driver: 'minutesSaved',
    formula: () => t`bookings a year × minutes saved × driver CHF an hour / 60`,
    annualChf: (f) => yearlyBookings(f) * f.minutesSaved * (f.driverChfPerHour / 60),
  },
  anticipated_delays: {
    driver: 'anticipatedShare',
    formula: () => t`bookings a year × share foreseen by the model alone × CHF a late ride`,
    annualChf: (f) => yearlyBookings(f) * f.anticipatedShare * f.lateRideChf,
  },
  satisfaction: {
    driver: 'churnPoints',
    formula: () => t`churn points / 100 × bookings a year × CHF a customer × share at stake`,
    annualChf: (f) => (f.churnPoints / 100) * yearlyBookings(f) * f.customerChf * f.customerShare,
  },
  reassignments: {
    driver: 'reassignmentsPerDay',
    formula: () => t`reassignments saved a day × working days a month × 12 × CHF each`,
    annualChf: (f) => f.reassignmentsPerDay * f.workingDaysPerMonth * MONTHS * f.reassignmentChf,
  },
} as const satisfies Record<GainName, GainRule>;

export const GAIN_NAMES = Object.keys(GAINS) as GainName[];

export function annualGainsChf(figures: Figures): number {
  return GAIN_NAMES.reduce((total, name) => total + GAINS[name].annualChf(figures), 0);
}

/** Running it for a year. */
export function yearlyCostsChf(f: Figures): number {
  return f.infrastructureChf + f.retrainingChf + f.monitoringChf + f.improvementChf;
}

/** Making it, and running it for the first year. */
export function firstYearCostsChf(figures: Figures): number {
  return figures.developmentHours * figures.developmentChfPerHour + yearlyCostsChf(figures);
}

function yearlyBookings({ bookingsPerMonth }: Figures): number {
  return bookingsPerMonth * MONTHS;
}
