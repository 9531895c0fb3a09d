import type { ErrorAnalysis } from '../analysis/document.js';
import { errorReportHtml, errorReportMarkdown } from '../render/error-report.js';
import { openReports } from '../report-files.js';

/** Analyses, and writes each report; a place that cannot be written to is found out before the work. */
export async function reportedAnalysis(
  paths: readonly string[],
  timeZone: string,
  analyse: () => Promise<ErrorAnalysis>,
): Promise<ErrorAnalysis> {
  const reports = await openReports(paths);
  try {
    const analysis = await analyse();
    await reports.write({
      html: () => `${errorReportHtml(analysis, timeZone)}\n`,
      md: () => `${errorReportMarkdown(analysis, timeZone)}\n`,
    });
    return analysis;
  } finally {
    await reports.abandon();
  }
}
