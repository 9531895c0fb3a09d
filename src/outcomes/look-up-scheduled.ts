import { setTimeout as sleep } from 'node:timers/promises';
import { AtmrError } from '../errors.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';
import { t } from '../wording/t.js';

/** Longer than the recorder gathers answers. */
const ON_THE_WAY_MS = 400;

/**
 * When bookings were due; those that nobody asked about are left out. An answer of a moment ago is still on its way
 * to the ledger, so whoever is not found is looked for again. UNAVAILABLE while answers wait for a ledger that was away.
 */
export async function lookUpScheduled(
  bookingIds: readonly string[],
  ledger: Ledger,
  recorder: Recorder,
): Promise<ReadonlyMap<string, number>> {
  if (bookingIds.length === 0) return new Map();
  const found = await ledger.scheduledOf(bookingIds);
  const missing = bookingIds.filter((id) => !found.has(id));
  if (missing.length === 0) return found;
  await sleep(ON_THE_WAY_MS);
  const later = await ledger.scheduledOf(missing);
  // What is queued now came meanwhile: it tells nothing of bookings whose ride is over.
  const { spooled, fault } = recorder.state();
  if (later.size < missing.length && (spooled > 0 || fault !== null)) throw onTheWay();
  return new Map([...found, ...later]);
}

function onTheWay(): AtmrError {
  const fact = t`Answers wait for the ledger, those to these bookings perhaps among them`;
  return new AtmrError('UNAVAILABLE', t`${fact}: nothing was written. Send the outcomes again in a minute.`);
}
