import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { type OpenSurvey, openSurvey } from './guard/open-survey.js';
import { isShared } from './guard/scope.js';
import { type SurveySources, survey } from './guard/survey.js';
import type { RolloutReport } from './render/rollout-status.js';
import { openRuntime } from './runtime.js';

/** What a report of the rollout is read from, open. */
export interface RolloutReportSources {
  readonly sources: SurveySources;
  /** The stores as a person would name them. */
  readonly place: string;
  readonly guardScope: RolloutReport['guardScope'];
}

export interface OpenRolloutReport extends RolloutReportSources {
  readonly sources: OpenSurvey;
  close(): Promise<void>;
}

/** Opens what the configuration means, for one report or many. Nothing is asked yet. */
export async function openRolloutReport(config: Config, clock: Clock): Promise<OpenRolloutReport> {
  const runtime = await openRuntime(config, clock);
  const sources = await openSurvey(runtime.holders, config).catch(async (thrown) => {
    await runtime.close();
    throw thrown;
  });
  return {
    sources,
    place: runtime.place,
    guardScope: guardScopeOf(config),
    async close() {
      await sources.close();
      await runtime.close();
    },
  };
}

/** Whether the guard sees what all machines do. */
export function guardScopeOf(config: Config): RolloutReport['guardScope'] {
  return isShared(config) ? 'shared' : 'machine';
}

/** Everything that `rollout status` tells, from what is open. Never rejects because a store is away. */
export async function rolloutReport({
  sources,
  place,
  guardScope,
}: RolloutReportSources): Promise<RolloutReport> {
  return {
    survey: await survey(sources),
    guard: await sources.guardStore.leader().catch(() => null),
    timeZone: sources.timeZone,
    place,
    guardScope,
  };
}

/** The same once, opened and closed for it. */
export async function readRolloutReport(config: Config, clock: Clock): Promise<RolloutReport> {
  const open = await openRolloutReport(config, clock);
  try {
    return await rolloutReport(open);
  } finally {
    await open.close();
  }
}
