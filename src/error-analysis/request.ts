import { resolve } from 'node:path';
import { endOf, oneOf, seedOf, startOf, wholeNumber } from '../arguments.js';
import { DAY_MS } from '../booking/local-time.js';
import { AtmrError } from '../errors.js';
import type { Window } from '../replay/selection.js';
import { t } from '../wording/t.js';
import type { AnalyzeErrorsRequest } from './analyze-errors.js';

/** The flags of `analyze-errors` as the command line gives them. */
export interface AnalysisFlags {
  readonly source?: string;
  readonly since?: string;
  readonly baseline?: string;
  readonly worst?: string;
  readonly seed?: string;
  readonly csv?: string;
  readonly report: readonly string[];
  readonly onBadRow?: string;
}

const HOUR_MS = 3_600_000;
const MOST_WORST = 1000;
const DEFAULT_WORST = 10;

/** Reads the flags. USAGE naming the first that does not fit. */
export function analysisRequest(flags: AnalysisFlags, timeZone: string, nowMs: number): AnalyzeErrorsRequest {
  refuseOneFileForBoth(flags);
  return {
    source: flags.source,
    window: { fromMs: sinceMs(flags.since, timeZone, nowMs), untilMs: null },
    baseline: baselineOf(flags.baseline, timeZone),
    worst: wholeNumber('--worst', flags.worst, 0, MOST_WORST) ?? DEFAULT_WORST,
    seed: seedOf(flags.seed) ?? 1,
    csv: flags.csv,
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
  };
}

function refuseOneFileForBoth({ csv, report }: AnalysisFlags): void {
  if (csv === undefined || !report.some((file) => resolve(file) === resolve(csv))) return;
  throw new AtmrError('USAGE', t`--csv and --report are both ${csv}. Give each a file of its own.`);
}

/** `24h`, `7d`, a local day or an ISO time. */
function sinceMs(text: string | undefined, timeZone: string, nowMs: number): number | null {
  const match = /^(\d{1,5})(h|d)$/.exec(text ?? '');
  if (match === null && text !== undefined && !/^\d{4}-/.test(text)) {
    throw new AtmrError('USAGE', t`--since is "${text}"; expected 24h, 7d or a day such as 2026-03-02.`);
  }
  if (match === null) return startOf('--since', text, timeZone);
  return nowMs - Number(match[1]) * (match[2] === 'h' ? HOUR_MS : DAY_MS);
}

function baselineOf(text: string | undefined, timeZone: string): Window | null {
  if (text === undefined) return null;
  const [from, to, ...more] = text.split('..');
  if (!from || !to || more.length > 0) {
    throw new AtmrError(
      'USAGE',
      t`--baseline is "${text}"; expected two local days such as 2026-07-01..2026-07-31.`,
    );
  }
  const window = {
    fromMs: startOf('--baseline', from, timeZone),
    untilMs: endOf('--baseline', to, timeZone),
  };
  if (window.fromMs! < window.untilMs!) return window;
  throw new AtmrError('USAGE', t`--baseline is "${text}", which ends before it begins. Exchange the days.`);
}
