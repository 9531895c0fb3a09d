import { thisProcess } from '../config.js';
import { AtmrError } from '../errors.js';
import { nearestName } from '../nearest-name.js';
import { t } from '../wording/t.js';
import type { Episode, GuardStore } from './guard-store.js';
import { LOST_INSTANCE } from './lost-instances.js';
import { RULE_NAMES } from './rule-names.js';

/**
 * Marks as seen what was acted on until `untilMs` and which instances were lost, or with `rule` all that this rule found:
 * from then on it counts anew. Returns what was marked. Rejects with UNAVAILABLE when the store does not answer.
 */
export async function acknowledge(
  store: GuardStore,
  rule: string | null,
  by: string,
  untilMs: number,
): Promise<readonly Episode[]> {
  // Whatever is not acknowledged is given, however old.
  const open = (await store.episodes(untilMs - EVER_MS)).filter(
    ({ acknowledgedMs, actedMs }) => acknowledgedMs === null && (actedMs ?? 0) <= untilMs,
  );
  const seen = open.filter((episode) => (rule === null ? waits(episode) : episode.rule === rule));
  await store.acknowledge(
    seen.map(({ id }) => id),
    by,
  );
  return seen.map((episode) => ({ ...episode, acknowledgedBy: by }));
}

const EVER_MS = 400 * 24 * 3_600_000;

function waits({ actedMs, dryRun, rule }: Episode): boolean {
  return (actedMs !== null && !dryRun) || rule === LOST_INSTANCE;
}

/** The same for a rule as a person writes it. USAGE, naming the rules there are, for what is none. */
export async function acknowledgeByName(
  store: GuardStore,
  rule: string | null,
  by: string | undefined,
  nowMs: number,
): Promise<readonly Episode[]> {
  const names: readonly string[] = [...RULE_NAMES, LOST_INSTANCE];
  if (rule !== null && !names.includes(rule)) {
    const near = nearestName(rule, names);
    const hint = near === null ? '' : t` (did you mean ${near}?)`;
    throw new AtmrError('USAGE', t`There is no rule "${rule}"${hint}; expected one of ${names.join(', ')}.`);
  }
  if (by?.trim() === '') throw new AtmrError('USAGE', t`--by is empty; expected who acknowledges.`);
  return await acknowledge(store, rule, by ?? thisProcess().user, nowMs);
}
