import { resolve } from 'node:path';
import { AtmrError } from './errors.js';
import { openWholeFile, type WholeFile } from './whole-file.js';

/** The forms of a report, by the end of the file's name. */
export type ReportFormat = 'html' | 'md';

export type RenderReport = Readonly<Record<ReportFormat, () => string>>;

/** The files of `--report`, which appear whole or not at all. */
export interface ReportFiles {
  /** Writes every file, then gives each its name. */
  write(render: RenderReport): Promise<void>;
  /** Leaves nothing behind; does nothing once written. */
  abandon(): Promise<void>;
}

/**
 * Opens the files before the work is done that they report on, so that a place that cannot be written to costs nothing.
 * USAGE for a name that ends in neither `.html` nor `.md`, and for one that is given twice.
 */
export async function openReports(paths: readonly string[]): Promise<ReportFiles> {
  const formats = paths.map(formatOf);
  const absolute = paths.map((path) => resolve(path));
  const twice = paths.find((_, i) => absolute.indexOf(absolute[i]!) < i);
  if (twice !== undefined) throw new AtmrError('USAGE', `--report ${twice} is given twice; give it once.`);
  const files: WholeFile[] = [];
  const abandon = async (): Promise<void> => {
    for (const file of files) await file.abandon();
  };
  try {
    for (const path of paths) files.push(await openWholeFile(path, '--report'));
  } catch (failure) {
    await abandon();
    throw failure;
  }
  const write = async (render: RenderReport): Promise<void> => {
    for (const [i, file] of files.entries()) await file.write(render[formats[i]!]());
    for (const file of files) await file.finish();
  };
  return { write, abandon };
}

function formatOf(path: string): ReportFormat {
  const ending = /\.(html|md)$/i.exec(path)?.[1]?.toLowerCase();
  if (ending === 'html' || ending === 'md') return ending;
  throw new AtmrError('USAGE', `--report is "${path}"; expected a file that ends in .html or .md.`);
}
