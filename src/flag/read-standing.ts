import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import type { Standing } from './flagd-definition.js';
import type { Holders } from './holders.js';
import { readStatus } from './status.js';

/**
 * The flag as it stands, for a copy that outlives this process: UNAVAILABLE where the record does not answer, and
 * STORE_REGRESSED where somebody knows a newer flag than it holds.
 */
export async function readStanding(holders: Holders, staleAfterMs: number): Promise<Standing> {
  const { stores, flag, marks, regressed } = await readStatus(holders, staleAfterMs);
  const fault = stores[0]?.fault ?? null;
  if (fault !== null) {
    const remedy = t`Nothing was exported: a copy of what is not known would be wrong for as long as it is used`;
    throw new AtmrError('UNAVAILABLE', t`${fault} ${remedy}. Try again when it answers.`);
  }
  if (regressed) {
    const fact = t`The store lost data: somebody knows a newer flag than it holds, and all readers answer control`;
    throw new AtmrError('STORE_REGRESSED', t`${fact}. Nothing was exported. See \`atmr-ml status\`.`);
  }
  return { key: holders.key, flag, forcedOff: marks.length > 0 };
}
