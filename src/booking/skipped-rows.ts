import { t } from '../wording/t.js';
import { describeFault, type RowFault } from './row.js';

const MOST_SHOWN = 5;

/** Tells of the first few rows that are skipped, and counts them all. */
export function skippedRows(tell: (text: string) => void) {
  let skipped = 0;
  return {
    add: (fault: RowFault): void => {
      skipped += 1;
      if (skipped <= MOST_SHOWN) tell(t`skipped: ${describeFault(fault)}`);
      if (skipped === MOST_SHOWN + 1) tell(t`skipped: further rows are only counted.`);
    },
    count: (): number => skipped,
  };
}
