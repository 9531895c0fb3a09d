import { createHash } from 'node:crypto';
import type { RolloutPlan } from './plan.js';

/** Tells two plans apart: a rollout names the one it follows. */
export function planId(plan: RolloutPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 12);
}
