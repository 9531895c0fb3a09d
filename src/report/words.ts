import type { Words as AlertWords } from '../alerts/messages/words.js';
import type { GuardAction } from '../guard/guard-store.js';
import type { ReasonCode } from '../rollout/assess.js';
import type { RolloutEvent } from '../rollout/rollout.js';
import type { Words as MonitoringWords } from '../wording/words.js';
import type { PeriodKind } from './period.js';
import type { FigureBasis, FigureName, Verdict } from './report.js';

/** All that a report says, in one language. What the monitoring page and the alerts say of the same things is theirs. */
export interface ReportWords {
  readonly monitoring: MonitoringWords;
  readonly alerts: AlertWords;
  /** What the page's frame says. */
  readonly page: {
    readonly banners: string;
    readonly numbers: string;
    readonly numbersOf: (what: string) => string;
  };
  title(kind: PeriodKind, name: string): string;
  /** Of two local days. */
  span(first: string, last: string): string;
  readonly unfinished: (at: string) => string;
  readonly facts: Readonly<Record<'period' | 'heldAgainst' | 'flag' | 'model' | 'made' | 'stores', string>>;
  readonly none: string;
  readonly headlines: Readonly<Record<Verdict['answer'], (size: string) => string>>;
  /** How far off both are on average, on how many bookings, since when. */
  onAverage(model: string, heuristic: string, settled: string, since: string): string;
  /** An improvement in words: so much less error than the heuristic, or more. */
  less(size: string): string;
  more(size: string): string;
  /** Between two of these. */
  interval(least: string, most: string): string;
  ends(value: string, lower: string, upper: string): string;
  readonly notProven: string;
  readonly nobodySettled: string;
  readonly modelOff: string;
  shareNow(share: string): string;
  shareMoved(atEnd: string, now: string): string;
  takenBack(times: number): string;
  readonly notKnown: (fault: string) => string;
  readonly thisOne: Readonly<Record<PeriodKind, string>>;
  readonly theOneBefore: Readonly<Record<PeriodKind, string>>;
  readonly happened: {
    readonly heading: string;
    readonly intro: string;
    readonly traffic: string;
    readonly head: readonly [string, string, string];
    readonly answers: string;
    readonly shares: string;
    readonly shareAt: (at: string, share: string) => string;
    readonly shareFrom: (share: string) => string;
    readonly figures: string;
    readonly figureHead: readonly [string, string, string, string, string, string];
  };
  readonly figures: Readonly<Record<FigureName, string>>;
  /** What a figure is measured on. */
  readonly bases: Readonly<Record<FigureBasis, (count: string) => string>>;
  readonly evidence: {
    readonly heading: string;
    readonly intro: string;
    readonly arms: string;
    readonly head: readonly [string, string, string, string, string];
    readonly sinceBaseline: (date: string) => string;
    readonly settledOf: (settled: string, asked: string) => string;
    readonly lowCoverage: (coverage: string) => string;
    readonly noneDue: string;
    readonly chart: string;
    readonly chartNote: string;
    readonly day: string;
    readonly gatesNow: string;
  };
  readonly decisions: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly forced: string;
    readonly guard: string;
    readonly events: Readonly<Record<RolloutEvent['kind'], string>>;
  };
  readonly incidents: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly head: readonly [string, string, string, string, string];
    readonly levels: Readonly<Record<'notice' | 'warn' | 'act', string>>;
    readonly done: Readonly<Record<GuardAction, string>>;
    readonly wouldHave: (what: string) => string;
    readonly nothing: string;
    readonly seenBy: (by: string, at: string) => string;
    readonly notSeen: string;
    readonly messages: (sent: string, failed: string, waiting: string) => string;
  };
  readonly roi: {
    readonly intro: (share: string) => string;
    readonly measuredOn: (settled: string) => string;
    readonly notEnough: string;
    readonly line: string;
    readonly driver: string;
    readonly atShare: string;
    readonly gates: (share: string, target: string, value: string, result: string) => string;
    readonly units: Readonly<Record<'points' | 'aDay', (value: string) => string>>;
    readonly assumedNote: string;
  };
  readonly checklist: {
    readonly intro: string;
    readonly notStarted: string;
    readonly head: readonly [string, string, string];
    /** The text of an item, in this language. */
    readonly item: (id: string, text: string) => string;
  };
  readonly next: {
    readonly heading: string;
    readonly intro: (at: string) => string;
    readonly run: string;
    readonly labels: Readonly<
      Record<'step' | 'earliest' | 'expected' | 'bookings' | 'approvals' | 'guard', string>
    >;
    readonly approvals: (given: number, needed: number, names: string) => string;
    readonly reason: (code: ReasonCode, text: string) => string;
  };
  readonly footer: (flag: string, zone: string) => string;
}
