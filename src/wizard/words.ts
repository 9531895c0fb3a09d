import type { ReasonCode } from '../rollout/assess.js';
import type { GateName } from '../rollout/gate-spec.js';
import type { Phase } from '../rollout/rollout.js';
import type { GateResult } from '../statistics/gate.js';
import type { Deed } from './offers.js';

/** All that the wizard says, in one language. */
export interface WizardWords {
  readonly phases: Readonly<Record<Phase | 'not_started', string>>;
  readonly results: Readonly<Record<GateResult, string>>;
  readonly gates: Readonly<Record<GateName, string>>;
  readonly reasons: Readonly<Record<ReasonCode, string>>;
  readonly deeds: Readonly<Record<Deed, (next: string | null) => string>>;
  readonly yes: string;
  readonly no: string;
  readonly notKnown: string;
  title(week: number | null): string;
  headline(phase: string, step: number, steps: number, percentage: number): string;
  /** The traffic where it is not that of the step. */
  trafficNow(percentage: number): string;
  stopped(why: string): string;
  readonly simulated: string;
  bookings(settled: number, needed: number): string;
  earliest(when: string): string;
  expected(when: string): string;
  approvals(given: number, needed: number): string;
  readonly noGuard: string;
  readonly columns: {
    readonly gate: string;
    readonly value: string;
    readonly target: string;
    readonly result: string;
  };
  readonly days: string;
  readonly modelMae: string;
  readonly heuristicMae: string;
  readonly settledADay: string;
  readonly returnTitle: string;
  returnAt(percentage: number, value: string, least: string): string;
  readonly returnUnknown: string;
  readonly assumed: string;
  /** Questions. */
  readonly askChecklist: (open: number, list: string) => string;
  readonly askDeed: string;
  readonly askReason: string;
  readonly askConsent: (change: string) => string;
  readonly withoutPrompts: string;
  readonly nothingChanged: string;
  readonly cancelled: string;
  readonly cancelledAfterwards: string;
  readonly refused: string;
  done(change: string, revision: number): string;
  readonly approvalGiven: string;
  confirmed(by: number, of: number): string;
  readonly nobodyReads: string;
  readonly notConfirmed: string;
  watching(seconds: number): string;
  seen(attempts: number, failures: number, share: number): string;
  readonly rolledBack: string;
  readonly quiet: string;
  readonly off: string;
}
