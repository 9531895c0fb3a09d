import { resolve } from 'node:path';
import { AtmrError } from './errors.js';
import { openWholeFile, type WholeFile } from './whole-file.js';
import { t } from './wording/t.js';

/** The forms of a report, by the end of the file's name. */
const REPORT_FORMATS = ['html', 'md'] as const;

/** Files of a report, which appear whole or not at all. */
export interface ReportFiles<Format extends string> {
  /** Writes every file, then gives each its name. */
  write(render: Readonly<Record<Format, () => string>>): Promise<void>;
  /** Leaves nothing behind; does nothing once written. */
  abandon(): Promise<void>;
}

/**
 * Opens the files before the work is done that they report on, so that a place that cannot be written to costs nothing.
 * USAGE for a name that ends in no form of `flag`'s, and for one that is given twice.
 */
export async function openReportFiles<Format extends string>(
  paths: readonly string[],
  flag: string,
  known: readonly Format[],
): Promise<ReportFiles<Format>> {
  const formats = paths.map((path) => formatOf(path, flag, known));
  const absolute = paths.map((path) => resolve(path));
  const twice = paths.find((_, i) => absolute.indexOf(absolute[i]!) < i);
  if (twice !== undefined) throw new AtmrError('USAGE', t`${flag} ${twice} is given twice; give it once.`);
  const files: WholeFile[] = [];
  const abandon = async (): Promise<void> => {
    for (const file of files) await file.abandon();
  };
  try {
    for (const path of paths) files.push(await openWholeFile(path, flag));
  } catch (failure) {
    await abandon();
    throw failure;
  }
  const write: ReportFiles<Format>['write'] = async (render) => {
    for (const [i, file] of files.entries()) await file.write(render[formats[i]!]());
    for (const file of files) await file.finish();
  };
  return { write, abandon };
}

/** Those of `--report`. */
export const openReports = (paths: readonly string[]) => openReportFiles(paths, '--report', REPORT_FORMATS);

function formatOf<Format extends string>(path: string, flag: string, known: readonly Format[]): Format {
  const format = known.find((ending) => path.toLowerCase().endsWith(`.${ending}`));
  if (format !== undefined) return format;
  const expected = known.map((ending) => `.${ending}`).join(t` or `);
  throw new AtmrError('USAGE', t`${flag} is "${path}"; expected a file that ends in ${expected}.`);
}
