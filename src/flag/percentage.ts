import type { Change } from './change.js';
import { writeEdit } from './edit.js';
import type { Holders } from './holders.js';
import type { WriteRequest } from './plan.js';

/** Changes the share (0–100) and nothing else: what is off stays off. Rejects as `activate` does. */
export function setPercentage(holders: Holders, percentage: number, request: WriteRequest): Promise<Change> {
  return writeEdit(holders, { kind: 'percentage', changes: { percentage }, endsMarks: false }, request);
}
