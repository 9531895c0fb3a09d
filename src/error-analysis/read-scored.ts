import { existsSync } from 'node:fs';
import { chooseSource } from '../booking/choose-source.js';
import { skippedRows } from '../booking/skipped-rows.js';
import { AtmrError } from '../errors.js';
import { sqlitePath } from '../flag/stores.js';
import type { Ledger } from '../ledger/ledger.js';
import { openLedger } from '../ledger/open-ledger.js';
import { countedPassing, type Progress } from '../progress.js';
import { shellWord } from '../render/shell-word.js';
import { t } from '../wording/t.js';
import type { AnalysisSurroundings, AnalyzeErrorsRequest } from './analyze-errors.js';
import { ledgerRows } from './ledger-rows.js';
import { type Reading, type RowSinks, replayedRows } from './replayed-rows.js';

/** What `--source` calls the predictions that were recorded; a file of that name is `./ledger`. */
const LEDGER = 'ledger';

export interface ReadScored extends Reading {
  readonly source: { readonly name: string; readonly shipped: boolean };
  /** What names the same bookings in another command: ` --source rides.csv`, or nothing. */
  readonly flag: string;
}

/** Hands over the scored bookings of the source that was asked for. */
export async function readScored(
  request: AnalyzeErrorsRequest,
  surroundings: AnalysisSurroundings,
  progress: Progress,
  sinks: RowSinks,
): Promise<ReadScored> {
  if (request.source !== undefined && request.source !== LEDGER) {
    return replayed(request, surroundings, progress, sinks);
  }
  const recorded = await fromLedger(request, surroundings, sinks);
  return recorded ?? (await replayed(request, surroundings, progress, sinks));
}

/** `null` where nothing settled and nobody asked for the ledger. */
async function fromLedger(
  { source, window, baseline }: AnalyzeErrorsRequest,
  { model, config, clock }: AnalysisSurroundings,
  sinks: RowSinks,
): Promise<ReadScored | null> {
  const asked = source === LEDGER;
  const { databaseUrl, home, timeZone } = config;
  // Opening would make a file where there was none.
  if (databaseUrl === null && !existsSync(sqlitePath(home))) return asked ? throwNothing(home) : null;
  const ledger = await openLedger({ databaseUrl, home });
  try {
    if (!asked && !(await hasSettled(ledger, clock.nowMs()))) return null;
    const reading = { manifest: model.manifest, timeZone, nowMs: clock.nowMs(), window, baseline };
    const read = await ledgerRows(ledger, reading, sinks);
    return { source: { name: t`the ledger of predictions`, shipped: false }, flag: '', ...read };
  } finally {
    await ledger.close();
  }
}

function throwNothing(home: string): never {
  throw new AtmrError(
    'BAD_INPUT',
    t`There is no ledger in ${home}: nothing was predicted and recorded there yet. Start \`atmr-ml serve\`, set ATMR_ML_HOME, or name a file.`,
  );
}

/** A ledger that is not ready (an older schema, no answer) keeps nobody from analysing bookings. */
async function hasSettled(ledger: Ledger, nowMs: number): Promise<boolean> {
  try {
    for await (const _ of ledger.scored(0, nowMs + 1)) return true;
  } catch (failure) {
    if (!(failure instanceof AtmrError)) throw failure;
  }
  return false;
}

async function replayed(
  { source: path, onBadRow, window, baseline }: AnalyzeErrorsRequest,
  { model, config, clock, terminal }: AnalysisSurroundings,
  progress: Progress,
  sinks: RowSinks,
): Promise<ReadScored> {
  const skipped = skippedRows(terminal.notice);
  const source = chooseSource(path, config, {
    onBadRow,
    needsOutcome: true,
    onSkipped: skipped.add,
    onIgnoredColumns: (names) => terminal.notice(t`notice: columns not used: ${names.join(', ')}.`),
  });
  const bookings = countedPassing(source.batches, progress, t`booking`);
  const arms = { model, heuristic: config.heuristic, clock };
  const read = await replayedRows(bookings, arms, { window, baseline }, sinks);
  const excluded = skipped.count() === 0 ? read.excluded : { ...read.excluded, bad_row: skipped.count() };
  const flag = source.argument === null ? '' : ` --source ${shellWord(source.argument)}`;
  return { source: { name: source.name, shipped: source.shipped }, flag, ...read, excluded };
}
