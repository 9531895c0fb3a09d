import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { readCsvRows } from './csv.js';
import { type JsonItem, readJsonArray, readNdjson } from './json.js';
import { readLines } from './lines.js';
import type { RowFault } from './row.js';
import { readText, type TextFile } from './text.js';

type Format = 'csv' | 'ndjson' | 'json array' | 'json object';

/** What a table's columns mean; made once for all records that have the same. */
export interface TablePlan {
  readonly names: readonly string[];
  /** Why nothing can be read from such columns; `null` when it can. */
  readonly problem: (() => string) | null;
}

/** One record of a source as it stands there. */
export interface PlannedRecord<Plan extends TablePlan> {
  readonly plan: Plan;
  /** Texts of a CSV row or values of a JSON object, in the order of the plan's columns. */
  readonly values: readonly unknown[];
  /** See {@link RowFault}. */
  readonly unit: RowFault['unit'];
  readonly line: number;
}

type Item<Plan extends TablePlan> = PlannedRecord<Plan> | RowFault;
type PlanOf<Plan extends TablePlan> = (names: readonly string[]) => Plan;

/** How far a file is read for its first line, by which its format is known. */
const HEAD_CHARACTERS = 1 << 16;

/**
 * The records of a CSV, JSON or NDJSON file in its order, in batches, with a fault in place of what is no record.
 * The format follows from the extension (before `.gz`), else from the first character. Throws BAD_INPUT for a file
 * that cannot be read, or whose columns do not fit `planOf`.
 */
export async function* readRecords<Plan extends TablePlan>(
  file: TextFile,
  planOf: PlanOf<Plan>,
): AsyncGenerator<Item<Plan>[]> {
  const { head, all } = await peekLine(readText(file));
  switch (formatOf(file.name, head.trimStart())) {
    case 'csv':
      return yield* csvRecords(file, all, planOf);
    case 'ndjson':
      return yield* jsonRecords(readNdjson(readLines(all, file.name)), 'line', planOf);
    case 'json array':
      return yield* jsonRecords(readJsonArray(all, '$.*', file.name), 'booking', planOf);
    case 'json object':
      return yield* jsonRecords(
        someBookings(readJsonArray(all, '$.bookings.*', file.name), file),
        'booking',
        planOf,
      );
  }
}

function formatOf(name: string, head: string): Format {
  const extension = /\.(csv|tsv|ndjson|jsonl|json)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === 'csv' || extension === 'tsv') return 'csv';
  if (extension === 'ndjson' || extension === 'jsonl') return 'ndjson';
  if (head.startsWith('{')) return isWholeBooking(head.split('\n', 1)[0]!) ? 'ndjson' : 'json object';
  return head.startsWith('[') || extension === 'json' ? 'json array' : 'csv';
}

/** NDJSON often calls itself JSON: its first line is an object by itself. */
function isWholeBooking(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !('bookings' in value);
  } catch {
    return false;
  }
}

async function* csvRecords<Plan extends TablePlan>(
  file: TextFile,
  text: AsyncIterable<string>,
  planOf: PlanOf<Plan>,
): AsyncGenerator<Item<Plan>[]> {
  let plan: Plan | undefined;
  for await (const rows of readCsvRows(readLines(text, file.name), file.name)) {
    const data = plan === undefined ? rows.slice(1) : rows;
    const header: Plan = plan ?? fitting(planOf(rows[0]?.cells ?? []), file.name);
    plan = header;
    yield data.map(({ line, cells }) =>
      cells === null
        ? { unit: 'line', line, field: '', value: '', reason: t`has a quote in the wrong place` }
        : { plan: header, values: cells, unit: 'line', line },
    );
  }
}

function fitting<Plan extends TablePlan>(plan: Plan, file: string): Plan {
  if (plan.problem === null) return plan;
  throw new AtmrError('BAD_INPUT', t`${file} ${plan.problem()}. Name the columns in its first line.`);
}

/** Objects of one file nearly always have the same keys, so the last plan usually serves. */
async function* jsonRecords<Plan extends TablePlan>(
  batches: AsyncIterable<JsonItem[]>,
  unit: RowFault['unit'],
  planOf: PlanOf<Plan>,
): AsyncGenerator<Item<Plan>[]> {
  let plan = planOf([]);
  for await (const items of batches) {
    yield items.map(({ place: line, value }) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return { unit, line, field: '', value: '', reason: t`is not a JSON object` };
      }
      const names = Object.keys(value);
      if (!isSame(names, plan.names)) plan = planOf(names);
      return { plan, values: Object.values(value), unit, line };
    });
  }
}

/** Passes the elements of `bookings` on; BAD_INPUT when there are none. */
async function* someBookings(
  batches: AsyncIterable<JsonItem[]>,
  { name }: TextFile,
): AsyncGenerator<JsonItem[]> {
  let isEmpty = true;
  for await (const items of batches) {
    isEmpty &&= items.length === 0;
    yield items;
  }
  if (!isEmpty) return;
  const fact = t`There are no bookings in ${name}: its object has no "bookings" array, or it is empty`;
  throw new AtmrError('BAD_INPUT', t`${fact}. Expected [{…}, …] or {"bookings": [{…}, …]}.`);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}

/** The text up to the end of its first line that is not blank, or further, and all of it including that. */
async function peekLine(text: AsyncGenerator<string>) {
  let head = '';
  while (head.length < HEAD_CHARACTERS && !head.trimStart().includes('\n')) {
    const next = await text.next();
    if (next.done) break;
    head += next.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield head;
    yield* text;
  }
  return { head, all: all() };
}
