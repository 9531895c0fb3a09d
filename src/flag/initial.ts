import { randomUUID } from 'node:crypto';
import { t } from '../wording/t.js';
import type { Warning } from './change.js';
import { commitUntilKnown } from './commit.js';
import { type Authorship, changedContent, unwrittenFlag } from './flag.js';
import type { Holders } from './holders.js';
import type { Store } from './store.js';
import { sync } from './sync.js';

/** The state that the environment asks for, where nobody ever wrote one. */
export interface InitialState {
  readonly enabled: boolean;
  readonly percentage: number;
  readonly fallbackOnError: boolean;
}

/** What was written where there was no flag, and how to tell. */
export interface InitialWrite {
  readonly revision: number;
  readonly warning: Warning;
}

/**
 * Writes the initial state as revision 1 when the record says that it holds no flag, and neither a mark, a disk
 * nor a heartbeat knows one. `null` when there was nothing to do.
 */
export async function writeInitialState(
  holders: Holders,
  initial: InitialState,
  authorship: Authorship,
): Promise<InitialWrite | null> {
  const known = await holders.disk.load();
  const synced = await sync(holders, known);
  if (!synced.agreed || synced.seen.some(({ revision }) => revision > 0)) return null;
  const { flag, marks, ended, head } = synced.record;
  if (flag !== null || Object.keys(marks).length + Object.keys(ended).length > 0) return null;
  // A wiped Redis cannot be told from a new one: it must not start to serve the model by itself.
  const ignored = holders.record.name === 'redis' && initial.enabled;
  const changes = ignored ? { ...initial, enabled: false } : initial;
  const result = await commitUntilKnown(holders, {
    key: holders.key,
    changeId: randomUUID(),
    kind: 'init',
    expected: 0,
    floor: 0,
    named: [],
    content: changedContent(unwrittenFlag(holders.key), changes, 'init', authorship),
    mark: null,
    hasCopy: holders.copy !== null,
    previousHash: head,
  });
  if (result.kind === 'conflict') return null; // somebody was first, and theirs counts
  await sync(holders, known);
  const warning: Warning = { code: 'INITIAL_STATE', text: initialText(initial, ignored) };
  return { revision: result.revision, warning };
}

/** What the next change will write first, for who looks at a flag that was never written. */
export function plannedWarning({ enabled, percentage }: InitialState, record: Store['name']): Warning {
  const share = enabled && record !== 'redis' ? t`on, ${percentage} %` : t`off`;
  const text = t`ML_ENABLED=${String(enabled)}, ${percentage} % will be written as revision 1 by the next change: ${share}.`;
  return { code: 'INITIAL_STATE', text };
}

function initialText({ enabled, percentage }: InitialState, ignored: boolean): string {
  if (ignored) {
    return t`ML_ENABLED=true is ignored: Redis alone cannot tell a wiped store from a new one. Run \`atmr-ml activate\` to switch the model on.`;
  }
  return t`The store held no flag; wrote ML_ENABLED=${String(enabled)}, ${percentage} %, as revision 1.`;
}
