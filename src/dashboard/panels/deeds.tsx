import type { Permission } from '../change.js';
import type { Order } from '../deed-dialog.js';
import type { StatusAnswer } from '../documents.js';
import { useSurroundings } from '../surroundings.js';

interface DeedsProps {
  readonly permission: Permission;
  readonly flag: StatusAnswer['flag'];
  /** Percent, now. */
  readonly share: number;
  order(order: Order): void;
}

const HOLDABLE: readonly string[] = ['collecting', 'ready', 'advancing', 'baking'];

/** What takes traffic back, where there is something to take. */
export function Deeds({ permission, flag, share, order }: DeedsProps) {
  const { words } = useSurroundings();
  if (permission === 'closed') return <p class="quiet">{words.deed.closed}</p>;
  const rollout = flag?.rollout;
  const mayHold = rollout !== undefined && share > 0 && HOLDABLE.includes(rollout.phase);
  const button = (given: Order, isPossible: boolean) => (
    <button
      type="button"
      class={given.deed === 'disable' ? 'danger' : undefined}
      disabled={!isPossible}
      onClick={() => order(given)}
    >
      {words.deeds[given.deed].button}
    </button>
  );
  return (
    <div class="buttons deeds">
      {button({ deed: 'hold' }, mayHold)}
      {button({ deed: 'rollback', previous: previousShare(flag) }, share > 0)}
      {button({ deed: 'disable' }, true)}
    </div>
  );
}

/** Percent of the step before, as `rollout rollback --to previous` has it; `null` where there is none but 0. */
function previousShare(flag: StatusAnswer['flag']): number | null {
  const { step = 0, percentages = [] } = flag?.rollout ?? {};
  const before = step <= 1 ? 0 : (percentages[step - 1] ?? 0);
  return before > 0 && before < (flag?.percentage ?? 0) ? before : null;
}
