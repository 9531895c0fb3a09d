import type { Surroundings } from '../command.js';
import type { Config } from '../config.js';
import { isAnswered, type RolloutSeen, rolloutLogLine, rolloutScreen } from '../render/rollout-screen.js';
import { type RolloutReport, rolloutDocument } from '../render/rollout-status.js';
import { openRolloutReport, rolloutReport } from '../rollout-report.js';
import { type Watched, watch } from './watch.js';

/** Shows where the rollout stands until a person ends it. Resolves with the exit code. */
export async function watchRollout(
  everyMs: number,
  config: Config,
  { terminal, clock }: Pick<Surroundings, 'terminal' | 'clock'>,
  json: boolean,
): Promise<number> {
  const open = await openRolloutReport(config, clock);
  let answered: RolloutReport | null = null;
  const watched: Watched<RolloutSeen> = {
    everyMs,
    timeZone: config.timeZone,
    screenLines: rolloutScreen,
    logLine: rolloutLogLine,
    document: ({ report }) => rolloutDocument(report),
    async look() {
      const report = await rolloutReport(open);
      if (isAnswered(report)) answered = report;
      return { report, answered };
    },
  };
  try {
    return await watch(watched, { terminal, clock }, json);
  } finally {
    await open.close();
  }
}
