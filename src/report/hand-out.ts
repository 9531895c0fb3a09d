import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { openReportFiles } from '../report-files.js';
import { t } from '../wording/t.js';
import { gatherReport, type NothingRecorded, type ReportRequest } from './gather.js';
import { openReportMail } from './mail-report.js';
import type { PeriodReport } from './report.js';
import { type Showing, showingIn } from './showing.js';

export const REPORT_FORMATS = ['md', 'html', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** A report, and where it goes beside stdout. */
export interface HandOut extends ReportRequest {
  readonly language: Showing['language'];
  /** Files by their ending; they appear whole, all or none. */
  readonly files: readonly string[];
  /** `null` for nobody; an empty address for those of the configuration. */
  readonly mail: string | null;
}

export interface HandedOut {
  readonly report: PeriodReport;
  /** The report in each form. */
  readonly texts: Readonly<Record<ReportFormat, () => string>>;
  /** What was done with it, for a person. */
  readonly done: readonly string[];
}

/**
 * Makes the report, writes its files and mails it; nothing of that where nothing is recorded. Rejects before the work where a
 * file or an address is of no use.
 */
export async function handOut(
  asked: HandOut,
  config: Config,
  clock: Clock,
  notice: (text: string) => void,
): Promise<HandedOut | NothingRecorded> {
  const { files: paths, mail: to, language } = asked;
  const mail = to === null ? null : openReportMail(to === '' ? null : to, config.alertChannels);
  const files = await openReportFiles(paths, '--out', REPORT_FORMATS);
  try {
    const report = await gatherReport(asked, config, clock, notice);
    if ('nothing' in report) return report;
    const texts = await textsOf(report, showingIn(language, config.timeZone));
    await files.write(texts);
    if (mail !== null) await mail.send(await mailOf(report, language, texts));
    const sent = mail === null ? [] : [t`Mailed by ${mail.where}.`];
    return { report, texts, done: [...paths.map((path) => t`Written: ${path}`), ...sent] };
  } finally {
    await files.abandon();
  }
}

/** Rendered when they are wanted: the plots bring a library that JSON does without. */
async function textsOf(report: PeriodReport, showing: Showing): Promise<HandedOut['texts']> {
  const { periodReportPage } = await import('../render/period-report/page.js');
  const { periodReportMarkdown } = await import('../render/period-report/markdown.js');
  return {
    md: () => periodReportMarkdown(report, showing),
    html: () => periodReportPage(report, showing),
    json: () => `${JSON.stringify(report, null, 2)}\n`,
  };
}

/** The page twice: in the e-mail, and as a file to be kept and printed. */
async function mailOf(report: PeriodReport, language: Showing['language'], texts: HandedOut['texts']) {
  const { headlineOf } = await import('../render/period-report/headline.js');
  const showing = showingIn(language, report.timeZone);
  const { period, flag, simulated, at } = report;
  const marked = simulated.bookings || simulated.model === true ? '[simulation] ' : '';
  const title = showing.words.title(period.kind, period.name);
  const html = texts.html();
  const file = {
    filename: `${flag}-${period.name}.html`,
    content: html,
    contentType: 'text/html; charset=utf-8',
  };
  return {
    id: `${flag} report ${period.name} ${at}`,
    subject: `${marked}${title} – ${headlineOf(report, showing).headline} (${flag})`,
    ...{ text: texts.md(), html, attachments: [file] },
  };
}
