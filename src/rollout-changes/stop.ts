import type { ChangeOptions } from '../change-options.js';
import type { Config } from '../config.js';
import { AtmrError } from '../errors.js';
import { disableDirectly } from '../flag/disable-directly.js';
import type { Flag } from '../flag/flag.js';
import type { Holders } from '../flag/holders.js';
import type { PreparedChange } from '../flag/outcome.js';
import { moveRollout } from '../rollout/move.js';
import type { RolloutEvent } from '../rollout/rollout.js';
import { t } from '../wording/t.js';

/** `rollout hold`: the traffic stays, and the plan waits. */
export async function prepareHold(
  holders: Holders,
  _config: Config,
  { reason }: Pick<ChangeOptions, 'reason'>,
): Promise<PreparedChange> {
  const { flag } = await holders.record.read();
  const event: RolloutEvent = { kind: 'hold', code: 'operator', text: reason };
  return { write: (to, request) => moveRollout(to, event, { flag }, request), warnings: [] };
}

/** `rollout rollback`: no gate is looked at, and for 0 % one store that answers is enough. */
export async function prepareRollback(
  holders: Holders,
  config: Config,
  { reason }: Pick<ChangeOptions, 'reason'>,
  to: 'previous' | number,
): Promise<PreparedChange> {
  if (to === 0) return { write: disableDirectly(config.tokens.write), warnings: [] };
  const { flag } = await holders.record.read();
  const percentage = to === 'previous' ? previousShare(flag) : to;
  if (percentage === 0) return { write: disableDirectly(config.tokens.write), warnings: [] };
  if (flag === null || !flag.enabled || percentage >= flag.percentage) {
    const now = flag?.enabled ? flag.percentage : 0;
    throw new AtmrError(
      'USAGE',
      t`Nothing was changed: ${percentage} % is not below the ${now} % of now; a rollback only takes traffic back.`,
    );
  }
  const event: RolloutEvent = { kind: 'lower', code: 'operator', percentage, text: reason };
  return {
    write: (given, request) => moveRollout(given, event, { flag, percentage }, request),
    warnings: [],
  };
}

function previousShare(flag: Flag | null): number {
  const rollout = flag?.rollout;
  if (rollout === undefined)
    throw new AtmrError(
      'USAGE',
      t`No rollout was started: there is no step before. Give a share, such as --to 10, or leave --to out for 0 %.`,
    );
  return rollout.step <= 1 ? 0 : (rollout.percentages[rollout.step - 1] ?? 0);
}
