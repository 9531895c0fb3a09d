import type { Change } from './change.js';
import { writeEdit } from './edit.js';
import type { ModelReference } from './flag.js';
import type { Holders } from './holders.js';
import type { WriteRequest } from './plan.js';

/**
 * Lets the model answer `percentage` (0–100) of the bookings, and ends the forced offs that it finds in the
 * record. A flag that names no model yet gets `firstModel`. Rejects with UNAVAILABLE, CONFLICT or OUTCOME_UNKNOWN.
 */
export function activate(
  holders: Holders,
  percentage: number,
  request: WriteRequest,
  firstModel: ModelReference | null = null,
): Promise<Change> {
  const changes = { enabled: true, percentage };
  return writeEdit(holders, { kind: 'activate', changes, endsMarks: true, firstModel }, request);
}
