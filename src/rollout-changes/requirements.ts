import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import type { Holders } from '../flag/holders.js';
import { openGuardStore } from '../guard/open-guard-store.js';
import { lintPlan } from '../rollout/lint.js';
import type { RolloutPlan } from '../rollout/plan.js';
import { t } from '../wording/t.js';

/** BAD_CONFIG for a plan that `rollout lint` calls wrong. */
export function requireSound(plan: RolloutPlan): void {
  const fault = lintPlan(plan).find(({ level }) => level === 'error');
  if (fault === undefined) return;
  throw new AtmrError(
    'BAD_CONFIG',
    t`Nothing was changed: ${fault.path}: ${fault.text}. See \`atmr-ml rollout lint\`.`,
  );
}

const MOST_SKEW_MS = 60_000;

/** When a step began is written by this machine's clock. BAD_CONFIG where the database's shows something else. */
export async function requireClock({ clock }: Holders, config: Config): Promise<void> {
  const store = await openGuardStore(config);
  try {
    const theirs = await store.nowMs();
    const skewMs = clock.nowMs() - theirs;
    if (Math.abs(skewMs) <= MOST_SKEW_MS) return;
    const fact = t`this machine's clock is ${Math.round(skewMs / 1000)} s off that of ${store.where}`;
    throw new AtmrError(
      'BAD_CONFIG',
      t`Nothing was changed: ${fact}; the time of a step counts. Set the clock right.`,
    );
  } finally {
    await store.close();
  }
}
