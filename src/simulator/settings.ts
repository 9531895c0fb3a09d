import { meantHint, seedOf, wholeNumber } from '../arguments.js';
import { DAY_MS } from '../booking/local-time.js';
import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { isScenarioName, SCENARIOS, type ScenarioStart } from './scenario.js';

/** What to simulate. The same settings give the same bookings. */
export interface SimulationSettings {
  readonly bookings: number;
  /** The first local day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly days: number;
  readonly seed: number;
  readonly scenario: ScenarioStart | null;
  /** Bookings of every hundred that have no outcome yet. */
  readonly unsettledPercent: number;
}

export const DEFAULT_SIMULATION: SimulationSettings = {
  bookings: 5000,
  from: '2026-01-05',
  days: 182,
  seed: 1,
  scenario: null,
  unsettledPercent: 0,
};

const LARGEST = { bookings: 100_000_000, days: 3660, percent: 100 };
const EARLIEST_YEAR = 1980;
const LATEST_YEAR = 2100;

/** The flags of `simulate` as the command line gives them. */
export interface SimulationFlags {
  readonly bookings?: string;
  readonly from?: string;
  readonly days?: string;
  readonly seed?: string;
  readonly scenario?: string;
  readonly scenarioDay?: string;
  readonly unsettled?: string;
}

/** Reads the flags, absent ones as {@link DEFAULT_SIMULATION} has them. Throws `USAGE` naming the first that does not fit. */
export function simulationSettings(flags: SimulationFlags): SimulationSettings {
  const { bookings, from, days, seed, unsettled } = flags;
  const dayCount = wholeNumber('--days', days, 1, LARGEST.days) ?? DEFAULT_SIMULATION.days;
  return {
    bookings: wholeNumber('--bookings', bookings, 1, LARGEST.bookings) ?? DEFAULT_SIMULATION.bookings,
    from: localDay(from ?? DEFAULT_SIMULATION.from),
    days: dayCount,
    seed: seedOf(seed) ?? DEFAULT_SIMULATION.seed,
    scenario: scenarioStart(flags, dayCount),
    unsettledPercent:
      wholeNumber('--unsettled', unsettled, 0, LARGEST.percent) ?? DEFAULT_SIMULATION.unsettledPercent,
  };
}

/** Local days since 1970-01-01 of a `YYYY-MM-DD`; NaN for anything else. */
export function dayNumberOf(date: string): number {
  const epochMs = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return epochMs / DAY_MS;
}

function scenarioStart({ scenario, scenarioDay }: SimulationFlags, days: number): ScenarioStart | null {
  if (scenario === undefined) {
    if (scenarioDay === undefined) return null;
    throw new AtmrError('USAGE', t`--scenario-day says when a scenario starts; name one with --scenario.`);
  }
  if (!isScenarioName(scenario)) {
    const known = Object.keys(SCENARIOS).join(', ');
    throw new AtmrError(
      'USAGE',
      t`There is no scenario "${scenario}"; expected one of ${known}.${meantHint(scenario, Object.keys(SCENARIOS))}`,
    );
  }
  const middle = Math.floor(days / 2) + 1;
  return { name: scenario, day: (wholeNumber('--scenario-day', scenarioDay, 1, days) ?? middle) - 1 };
}

function localDay(date: string): string {
  const dayNumber = dayNumberOf(date);
  const year = Number(date.slice(0, 4));
  // `Date.parse` takes 30 February for 1 or 2 March.
  const exists = !Number.isNaN(dayNumber) && new Date(dayNumber * DAY_MS).toISOString().slice(0, 10) === date;
  if (exists && year >= EARLIEST_YEAR && year <= LATEST_YEAR) return date;
  throw new AtmrError(
    'USAGE',
    t`--from is "${date}"; expected a day of ${EARLIEST_YEAR}–${LATEST_YEAR} as YYYY-MM-DD, such as 2026-01-05.`,
  );
}
