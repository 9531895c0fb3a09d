import { t } from './t.js';

/** Kept as why a rollout stopped, where whoever stopped it gave no reason. */
export const NO_REASON = 'no reason given';

const WITHOUT_REASON = new RegExp(`^(.*): ${NO_REASON}$`, 's');

/** What is kept of why a rollout stopped, as people are told it: what stands there where nobody gave a reason is ours. */
export function whySaid(text: string): string {
  const [, by] = WITHOUT_REASON.exec(text) ?? [];
  return by === undefined ? text : t`${by}: no reason given`;
}
