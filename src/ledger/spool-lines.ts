import * as v from 'valibot';
import type { PredictionRow } from './ledger.js';
import { predictionSchema } from './prediction-rows.js';
import { checkPrediction } from './storable.js';

/** Rows as a spool holds them: one JSON document a line. */
export function spoolText(rows: readonly PredictionRow[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** The rows of a spool; lines that a crash cut short, or that are none of ours, are skipped and counted. */
export function parseSpool(text: string): { rows: readonly PredictionRow[]; skipped: number } {
  const lines = text.split('\n').filter((line) => line !== '');
  const rows = lines.map(parseLine).filter((row) => row !== null);
  return { rows, skipped: lines.length - rows.length };
}

const lineSchema = v.pipe(v.string(), v.parseJson(), predictionSchema);

function parseLine(line: string): PredictionRow | null {
  try {
    const row = v.parse(lineSchema, line);
    checkPrediction(row);
    return row;
  } catch {
    return null;
  }
}
