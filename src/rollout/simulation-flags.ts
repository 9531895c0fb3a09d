import { wholeNumber } from '../arguments.js';
import { dayLabel, localTime } from '../booking/local-time.js';
import { AtmrError } from '../errors.js';
import type { Manifest } from '../model/manifest.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import { isScenarioName, SCENARIOS } from '../simulator/scenario.js';
import { DEFAULT_SIMULATION, type SimulationSettings, simulationSettings } from '../simulator/settings.js';
import { t } from '../wording/t.js';
import { nextAllowed } from './calendar.js';
import type { RolloutPlan } from './plan.js';

/** The flags of `rollout simulate` that are about the simulator, as the command line gives them. */
export interface RolloutSimulationFlags {
  readonly scenario?: string;
  readonly scenarioDay?: string;
  readonly seed?: string;
  readonly bookingsPerDay?: string;
  readonly days?: string;
}

/** A world to be simulated; its first day is a matter of the model. */
export interface RolloutWorld {
  /** As it was asked for. */
  readonly name: string;
  readonly settings: SimulationSettings;
}

/** The world in which nothing happens. */
const ORDINARY = 'ordinary';

const USUAL = { days: 60, perDay: 100 };
const MOST = { days: 3660, perDay: 10_000 };

/** The world of the flags; `null` where they name none. Its scenario starts on the first day unless they say when. */
export function rolloutWorld(flags: RolloutSimulationFlags): RolloutWorld | null {
  const { scenario, scenarioDay, seed } = flags;
  const days = wholeNumber('--days', flags.days, 1, MOST.days) ?? USUAL.days;
  const perDay = wholeNumber('--bookings-per-day', flags.bookingsPerDay, 1, MOST.perDay) ?? USUAL.perDay;
  if (scenario === undefined) return nothingAskedOf(flags);
  const isOrdinary = scenario === ORDINARY;
  if (!isOrdinary && !isScenarioName(scenario)) {
    const known = [ORDINARY, ...Object.keys(SCENARIOS)].join(', ');
    throw new AtmrError('USAGE', t`There is no scenario "${scenario}"; expected one of ${known}.`);
  }
  const settings = simulationSettings({
    days: String(days),
    bookings: String(perDay * days),
    ...(seed !== undefined && { seed }),
    ...(!isOrdinary && { scenario, scenarioDay: scenarioDay ?? '1' }),
    ...(isOrdinary && scenarioDay !== undefined && { scenarioDay }),
  });
  return { name: scenario, settings };
}

function nothingAskedOf(flags: RolloutSimulationFlags): null {
  const names = {
    '--scenario-day': flags.scenarioDay,
    '--seed': flags.seed,
    '--bookings-per-day': flags.bookingsPerDay,
    '--days': flags.days,
  };
  const given = Object.entries(names).find(([, value]) => value !== undefined);
  if (given === undefined) return null;
  throw new AtmrError(
    'USAGE',
    t`${given[0]} is of the simulator; name a world with --scenario (${ORDINARY} for one in which nothing happens).`,
  );
}

/**
 * The world from the first day on that the model has not learned from and on which the plan may begin, so that day 1 of a
 * scenario is day 1 of the rollout.
 */
export function settingsAfter(
  { settings }: RolloutWorld,
  { data }: Manifest,
  plan: RolloutPlan,
  timeZone: string,
): SimulationSettings {
  const learned = data.trainedUntil ?? `${DEFAULT_SIMULATION.from}T00:00:00Z`;
  const day = localTime(Date.parse(learned), timeZone).dayNumber + 1;
  const firstMs = beginningOfDay(day, timeZone);
  const { dayNumber } = localTime(nextAllowed(plan, firstMs, timeZone) ?? firstMs, timeZone);
  return { ...settings, from: dayLabel(dayNumber) };
}
