import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { withSurvey } from './guard/open-survey.js';
import { isShared } from './guard/scope.js';
import { survey } from './guard/survey.js';
import type { RolloutReport } from './render/rollout-status.js';
import { openRuntime } from './runtime.js';

/** Everything that `rollout status` tells. Never rejects because a store is away. */
export async function readRolloutReport(config: Config, clock: Clock): Promise<RolloutReport> {
  const runtime = await openRuntime(config, clock);
  try {
    return await withSurvey(runtime.holders, config, async (sources) => ({
      survey: await survey(sources),
      guard: await sources.guardStore.leader().catch(() => null),
      timeZone: config.timeZone,
      place: runtime.place,
      guardScope: isShared(config) ? 'shared' : 'machine',
    }));
  } finally {
    await runtime.close();
  }
}
