import type { Clock } from '../clock.js';
import type { Disk } from './disk.js';
import type { CopyStore, RecordStore, Store } from './store.js';

/** Everything that keeps the state of one flag, as one process sees it. */
export interface Holders {
  readonly key: string;
  /** This machine, as it signs its marks and reports. */
  readonly host: string;
  readonly record: RecordStore;
  /** `null` when the record stands alone. */
  readonly copy: CopyStore | null;
  readonly disk: Disk;
  readonly clock: Clock;
  /** In which times are told to people. */
  readonly timeZone: string;
}

export function storesOf({ record, copy }: Pick<Holders, 'record' | 'copy'>): Store[] {
  return copy === null ? [record] : [record, copy];
}
