import type { Surroundings } from '../command.js';
import type { Config } from '../config.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Hours } from '../render/hour-series.js';
import { type StatusReport, statusDocument } from '../render/status.js';
import { type StatusSeen, statusLogLine, statusScreen } from '../render/status-screen.js';
import { type LastKnown, NOTHING_KNOWN, readAgain } from './last-known.js';
import { type Watched, watch } from './watch.js';

const LOOK_MS = 1000;
/** The ledger is asked for each of the hours. */
const HOURS_MS = 30_000;
const HOURS_SHOWN = 24;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Shows the status until a person ends it. Resolves with the exit code. */
export async function watchStatus(
  read: () => Promise<StatusReport>,
  ledger: Pick<Ledger, 'daily'>,
  config: Config,
  { terminal, clock }: Pick<Surroundings, 'terminal' | 'clock'>,
  json: boolean,
): Promise<number> {
  const readHours: HourReader = json ? async () => NOTHING_KNOWN : openHours(ledger, clock.nowMs);
  let answered: StatusReport | null = null;
  const watched: Watched<StatusSeen> = {
    everyMs: LOOK_MS,
    timeZone: config.timeZone,
    screenLines: statusScreen,
    logLine: statusLogLine,
    document: ({ report }) => statusDocument(report),
    async look() {
      const report = await read();
      if (report.status.stores[0]?.answers) answered = report;
      return { report, hours: await readHours(report.usage !== null), answered };
    },
  };
  return await watch(watched, { terminal, clock }, json);
}

/** Reads the last hours; `answers` tells whether the ledger does, as far as is known. */
type HourReader = (answers: boolean) => Promise<LastKnown<Hours>>;

/** Not at every look, but at once where the ledger goes away or comes back. */
function openHours(ledger: Pick<Ledger, 'daily'>, nowMs: () => number): HourReader {
  let known: LastKnown<Hours> = NOTHING_KNOWN;
  let triedMs = Number.NEGATIVE_INFINITY;
  return async (answers) => {
    const isAsKnown = answers === (known.fault === null);
    // A clock that was turned back must not silence it.
    if (isAsKnown && Math.abs(nowMs() - triedMs) < HOURS_MS) return known;
    triedMs = nowMs();
    known = await readAgain(known, () => ledger.daily(lastHours(nowMs())), nowMs);
    return known;
  };
}

/** The last hours up to the minute, oldest first: what is kept is sums of minutes. */
function lastHours(nowMs: number) {
  const endMs = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS;
  return Array.from({ length: HOURS_SHOWN }, (_, i) => {
    const untilMs = endMs - (HOURS_SHOWN - 1 - i) * HOUR_MS;
    return { fromMs: untilMs - HOUR_MS, untilMs };
  });
}
