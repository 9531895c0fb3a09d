import { t } from '../wording/t.js';

/** How the simulated world differs from its ordinary self on one day. */
export interface World {
  /** Times the ordinary demand. */
  readonly demand: number;
  /** Times the ordinary way to the pickup. */
  readonly approach: number;
  readonly heavySnow: boolean;
  /** Share of the fleet that is replaced, once, on the first day. */
  readonly newDriverShare: number;
  /** Share of bookings whose sensors report in wrong units; their delay is unaffected. */
  readonly faultyShare: number;
  /** Delays are the heuristic's plus a small noise. */
  readonly followsHeuristic: boolean;
}

interface Scenario {
  summary(): string;
  /** `Infinity` lasts to the end of the period. */
  readonly lastsDays: number;
  readonly change: Partial<World>;
}

/** What can happen to the world, from the scenario's day on. */
export const SCENARIOS = {
  'snow-week': { summary: () => t`a week of heavy snow`, lastsDays: 7, change: { heavySnow: true } },
  'new-drivers': {
    summary: () => t`half of the drivers are replaced by unpunctual beginners`,
    lastsDays: Number.POSITIVE_INFINITY,
    change: { newDriverShare: 0.5 },
  },
  'sensor-fault': {
    summary: () =>
      t`two bookings in five lose their dropoff, report ten times the distance, and kelvin for °C`,
    lastsDays: Number.POSITIVE_INFINITY,
    change: { faultyShare: 0.4 },
  },
  'demand-surge': {
    summary: () => t`twice the bookings a day, and longer ways to the pickup`,
    lastsDays: Number.POSITIVE_INFINITY,
    change: { demand: 2, approach: 1.25 },
  },
  'model-worse': {
    summary: () => t`delays start to follow the heuristic, so that an older model is worse than it`,
    lastsDays: Number.POSITIVE_INFINITY,
    change: { followsHeuristic: true },
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

const ORDINARY_WORLD: World = {
  demand: 1,
  approach: 1,
  heavySnow: false,
  newDriverShare: 0,
  faultyShare: 0,
  followsHeuristic: false,
};

/** Which scenario, and its first day counted from 0 at the start of the period. */
export interface ScenarioStart {
  readonly name: ScenarioName;
  readonly day: number;
}

export function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

/** The world on a day of the period, counted from 0. */
export function worldOn(day: number, start: ScenarioStart | null): World {
  if (start === null || day < start.day) return ORDINARY_WORLD;
  const { lastsDays, change }: Scenario = SCENARIOS[start.name];
  return day < start.day + lastsDays ? { ...ORDINARY_WORLD, ...change } : ORDINARY_WORLD;
}
