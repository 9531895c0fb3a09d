import type { Flag } from './flag.js';
import type { Mark } from './state.js';
import type { Store } from './store.js';

/** What a writer did or, with `changed: false`, would do. `--dry-run`, text and JSON all show this one value. */
export interface Change {
  readonly kind: 'activate' | 'percentage' | 'disable' | 'model' | 'rollout';
  readonly changed: boolean;
  readonly changeId: string | null;
  readonly before: Flag | null;
  /** As recorded; `null` for a forced off that the record does not have yet: `mark` holds all the same. */
  readonly after: Flag | null;
  /** Marks that the change ends. */
  readonly named: readonly string[];
  /** The same, with who forced it off and why. */
  readonly endedMarks: readonly Mark[];
  /** The mark that the change makes. */
  readonly mark: Mark | null;
  /** The stores that surely have the change. */
  readonly confirmedIn: readonly Store['name'][];
  /** Why the change is recorded and yet not everywhere; `null` when it is. */
  readonly incomplete: string | null;
  readonly warnings: readonly Warning[];
}

export interface Warning {
  readonly code:
    | 'FORCED_OFF'
    | 'ENDING_CARRIED'
    | 'STORE_MISSING'
    | 'JOURNAL_FAILED'
    | 'LOST_INSTANCE'
    | 'NO_READERS'
    | 'TOO_FEW_READERS'
    | 'UNCONFIRMED'
    | 'STORE_REGRESSED'
    | 'INITIAL_STATE'
    | 'CONFIGURATION'
    | 'INTERRUPTED'
    | 'MODEL_MISSING'
    | 'MODEL_NOT_HERE'
    | 'MODEL_DAMAGED'
    | 'NO_MODEL'
    | 'SIMULATED_MODEL'
    | 'GATES_NOT_MET'
    | 'GATES_UNKNOWN'
    | 'MANUAL_CHANGE'
    | 'APPROVAL'
    | 'FORCED'
    | 'PLAN_CHANGED'
    | 'NOT_ACKNOWLEDGED';
  readonly text: string;
}
