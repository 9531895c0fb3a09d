import { t } from '../wording/t.js';
import type { ChainFault } from './audit.js';

/** The fault for people; documents hold its name in every language. */
export function faultSaid(fault: ChainFault): string {
  const said: Readonly<Record<ChainFault, string>> = {
    'the row does not match its hash': t`the row does not match its hash`,
    'the row before it is missing or was replaced': t`the row before it is missing or was replaced`,
    'its revision is not above the one before': t`its revision is not above the one before`,
    'what it says was before is not what the row before left': t`what it says was before is not what the row before left`,
    'the flag is not what the newest row left': t`the flag is not what the newest row left`,
  };
  return said[fault];
}
