import { timingsText } from './render/timings.js';
import { type AbTestDocument, type AbTestRequest, type AbTestResult, abTest } from './replay/ab-test.js';
import type { ReplaySurroundings } from './replay/replay-source.js';
import { openReports } from './report-files.js';
import type { Spreading } from './spread/spread-ab-test.js';
import { type Stopwatch, startStopwatch } from './stopwatch.js';

export interface ReportedAbTest extends AbTestRequest {
  /** Files for reports, `.html` or `.md`. */
  readonly reports: readonly string[];
  /** Whether to say how long each part took. */
  readonly verbose: boolean;
  /** `null` where the replay is not spread. */
  readonly spreading: Spreading | null;
}

/** Replays, judges and writes the reports, all of which appear or none. */
export async function reportedAbTest(
  request: ReportedAbTest,
  surroundings: ReplaySurroundings,
): Promise<AbTestDocument> {
  const { clock, config, terminal } = surroundings;
  const stopwatch = startStopwatch(clock);
  const files = await openReports(request.reports);
  try {
    const { document, picture } = await replayed(request, surroundings, stopwatch);
    if (request.reports.length > 0) {
      await stopwatch.time('report', async () => {
        // The plots bring a library that a replay without a report need not load.
        const { abTestPage } = await import('./render/ab-test-page.js');
        const { abTestMarkdown } = await import('./render/ab-test-markdown.js');
        await files.write({
          html: () => abTestPage(document, picture, config.timeZone),
          md: () => abTestMarkdown(document, config.timeZone),
        });
      });
    }
    if (request.verbose) terminal.notice(timingsText(stopwatch.partsMs()));
    return document;
  } finally {
    await files.abandon();
  }
}

async function replayed(
  { spreading, ...request }: ReportedAbTest,
  surroundings: ReplaySurroundings,
  stopwatch: Stopwatch,
): Promise<AbTestResult> {
  if (spreading === null) return await abTest(request, surroundings, stopwatch);
  const { spreadAbTest } = await import('./spread/spread-ab-test.js');
  return await spreadAbTest(request, spreading, surroundings, stopwatch);
}
