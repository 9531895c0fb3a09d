import type { ErrorAnalysis } from '../analysis/document.js';
import { errorReportHtml, errorReportMarkdown } from '../render/error-report.js';
import { writeWholeFile } from '../whole-file.js';

/** Writes each report in the format that its name asks for; a file appears whole or not at all. */
export async function writeErrorReports(
  paths: readonly string[],
  analysis: ErrorAnalysis,
  timeZone: string,
): Promise<void> {
  for (const path of paths) {
    const render = path.endsWith('.html') ? errorReportHtml : errorReportMarkdown;
    await writeWholeFile(path, '--report', [render(analysis, timeZone), '\n']);
  }
}
