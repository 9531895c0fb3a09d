import type { Readable } from 'node:stream';
import { printable } from '../booking/columns.js';
import type { NotCounting } from '../booking/outcome.js';
import { readRecords } from '../booking/records.js';
import { describeFault, type RowFault } from '../booking/row.js';
import { textFile } from '../booking/text.js';
import { AtmrError } from '../errors.js';
import type { Ledger, Outcome } from '../ledger/ledger.js';
import { t } from '../wording/t.js';
import { planOutcomes, readOutcomeRow } from './outcome-row.js';
import { NOTHING_SETTLED, type Settled, settleInto } from './settle-into.js';

/** The outcomes of a file, checked as a whole. */
export interface OutcomeFile {
  readonly source: string;
  readonly read: number;
  readonly outcomes: readonly Outcome[];
  readonly excluded: Readonly<Partial<Record<NotCounting, number>>>;
}

/** The document of `outcomes import`; with `dryRun` the counts of the settlement are `null`. */
export interface ImportDocument extends Omit<OutcomeFile, 'outcomes'>, Settled {
  readonly outcomes: number;
  readonly dryRun: boolean;
}

const BATCH = 1000;

/**
 * Reads outcomes from a CSV, JSON or NDJSON file, plain or gzipped. BAD_INPUT naming the first row that is none, and
 * how many there are: nothing of such a file is settled.
 */
export async function readOutcomeFile(
  path: string,
  stdin: Readable | undefined,
  timeZone: string,
): Promise<OutcomeFile> {
  const file = textFile(path, stdin);
  const outcomes = new Map<string, Outcome>();
  const excluded: Partial<Record<NotCounting, number>> = {};
  const faults = faultCount(file.name);
  let read = 0;
  for await (const batch of readRecords(file, planOutcomes)) {
    for (const record of batch) {
      read += 1;
      const row = 'plan' in record ? readOutcomeRow(record, timeZone) : record;
      if (typeof row === 'string') excluded[row] = (excluded[row] ?? 0) + 1;
      else if ('reason' in row) faults.add(row);
      else if (outcomes.has(row.bookingId)) faults.add(repeated(record, row.bookingId));
      else outcomes.set(row.bookingId, row);
    }
  }
  faults.throwAny();
  if (read === 0) throw new AtmrError('BAD_INPUT', t`There are no outcomes in ${file.name}. Check the path.`);
  return { source: file.name, read, outcomes: [...outcomes.values()], excluded };
}

/** Settles what a file says. Safe to repeat: what is known already changes nothing. */
export async function importOutcomes(
  { outcomes, ...file }: OutcomeFile,
  ledger: Ledger | null,
  nowMs: number,
): Promise<ImportDocument> {
  if (ledger === null) return { ...file, outcomes: outcomes.length, ...NOTHING_SETTLED, dryRun: true };
  const settle = settleInto(ledger, nowMs, BATCH);
  for (const outcome of outcomes) await settle.add(outcome);
  return { ...file, outcomes: outcomes.length, ...(await settle.finish()), dryRun: false };
}

function repeated({ unit, line }: Pick<RowFault, 'unit' | 'line'>, id: string): RowFault {
  return { unit, line, field: 'id', value: printable(id), reason: t`comes twice; an id names one booking` };
}

function faultCount(file: string) {
  let first: RowFault | null = null;
  let count = 0;
  return {
    add(fault: RowFault): void {
      first ??= fault;
      count += 1;
    },
    throwAny(): void {
      if (first === null) return;
      const more = count === 1 ? '' : t`, and ${count - 1} more at fault`;
      throw new AtmrError(
        'BAD_INPUT',
        t`${file} ${describeFault(first)}${more}. Nothing was settled. Correct the file.`,
      );
    },
  };
}
