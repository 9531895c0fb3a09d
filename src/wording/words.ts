import type { Words as AlertWords } from '../alerts/messages/words.js';
import type { Checklist } from '../checklist/checklist.js';
import type { ListName } from '../checklist/items.js';
import type { Status } from '../flag/status.js';
import type { HealthStatus } from '../health/health.js';
import type { GainName } from '../roi/figures.js';
import type { Phase } from '../rollout/rollout.js';
import type { WizardWords } from '../wizard/words.js';

/** A change that the page can make. */
export type Deed = 'hold' | 'rollback' | 'disable' | 'ack';

/** All that the page says, in one language. What others say of the same things is theirs: {@link rollout} and {@link alerts}. */
export interface Words {
  readonly rollout: Pick<WizardWords, 'phases' | 'results' | 'gates' | 'reasons' | 'simulated'>;
  readonly alerts: Pick<AlertWords, 'topics' | 'evidence' | 'actions' | 'severities'>;
  readonly title: string;
  /** Between a name and what it is. */
  readonly colon: string;
  readonly skip: string;
  readonly sections: string;
  readonly themes: { readonly auto: string; readonly light: string; readonly dark: string };
  readonly theme: string;
  readonly otherLanguage: string;
  readonly refreshNow: string;
  readonly pause: string;
  readonly resumeRefresh: string;
  readonly pausedNote: string;
  readonly live: string;
  readonly notLive: string;
  readonly offline: string;
  readonly stale: (at: string) => string;
  readonly network: string;
  readonly timeout: string;
  readonly broken: string;
  readonly updated: (age: string) => string;
  readonly loading: string;
  readonly notKnown: string;
  readonly lastKnown: (at: string) => string;
  readonly notEnough: string;
  readonly notEnoughOf: (count: string, needed: string) => string;
  readonly yes: string;
  readonly no: string;
  readonly none: string;
  readonly notKnownYet: string;
  readonly asTable: string;
  readonly states: Readonly<Record<Status['state'], string>>;
  readonly health: Readonly<Record<HealthStatus, string>>;
  readonly ledgerAway: string;
  readonly regressed: string;
  readonly onAt: (share: string) => string;
  readonly heuristicAnswers: string;
  readonly offByGuard: string;
  readonly forcedOffBy: (by: string, at: string) => string;
  readonly quoted: (text: string) => string;
  readonly storesAway: (names: string) => string;
  readonly openAlerts: (count: number) => string;
  readonly connecting: string;
  readonly asOf: (at: string) => string;
  /** By the code of the API. */
  readonly refusals: Readonly<Record<string, string>>;
  readonly simulatedModel: string;
  readonly simulatedBookings: string;
  readonly now: {
    readonly heading: string;
    readonly share: string;
    readonly step: (step: number, steps: number, share: string) => string;
    readonly noRollout: string;
    readonly phase: string;
    readonly timeLeft: string;
    readonly over: string;
    readonly expected: (share: string) => string;
    readonly steps: string;
    readonly instances: string;
    readonly liveOf: (live: string, all: string) => string;
    readonly onceMended: string;
    readonly bookings: string;
    readonly ofNeeded: (settled: string, needed: string) => string;
    readonly approvals: string;
    readonly guard: string;
    readonly nobodyWatches: string;
    readonly nextStep: string;
    readonly decisions: Readonly<Record<'advance' | 'hold' | 'rollback' | 'wait', string>>;
    readonly why: string;
    readonly lastChange: string;
    readonly revision: string;
    readonly model: string;
    readonly uptime: string;
  };
  readonly deeds: Readonly<
    Record<Deed, { readonly button: string; readonly heading: string; readonly what: string }>
  >;
  readonly deed: {
    readonly closed: string;
    readonly to: string;
    readonly toPrevious: (share: string) => string;
    readonly toNothing: string;
    readonly reason: string;
    readonly name: string;
    readonly token: string;
    readonly tokenNote: string;
    readonly typed: (word: string) => string;
    readonly cancel: string;
    readonly working: string;
    readonly confirmedByAll: string;
    readonly notConfirmed: string;
    readonly failed: string;
    readonly unknown: string;
    readonly offHere: string;
    readonly seen: (count: number) => string;
    readonly close: string;
  };
  readonly figures: {
    readonly heading: string;
    readonly intro: string;
    readonly names: Readonly<Record<FigureName, string>>;
    readonly target: string;
    readonly meets: string;
    readonly misses: string;
    readonly week: string;
    readonly day: string;
    readonly before: string;
    readonly trend: (name: string) => string;
  };
  readonly arms: {
    readonly heading: string;
    readonly intro: string;
    readonly mae: string;
    readonly maeNote: string;
    readonly model: string;
    readonly heuristic: string;
    readonly improvement: string;
    readonly improvementNote: string;
    readonly upper: string;
    readonly lower: string;
    readonly settled: string;
    readonly date: string;
    readonly target: string;
    readonly tooFewDays: string;
  };
  readonly gates: {
    readonly heading: string;
    readonly intro: string;
    readonly head: readonly [string, string, string, string, string, string];
    readonly notRequired: string;
    readonly none: string;
    readonly needs: (count: string) => string;
  };
  readonly alertPanel: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly since: (at: string) => string;
    readonly between: (from: string, until: string) => string;
    readonly lasts: string;
    readonly over: string;
    readonly seenBy: (name: string) => string;
    readonly dryRun: string;
    readonly acknowledge: (topic: string) => string;
    readonly contacts: string;
    readonly messages: string;
    readonly sent: string;
    readonly waiting: string;
    readonly gaveUp: string;
    readonly messageHead: readonly [string, string, string, string];
  };
  readonly instances: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly head: readonly [string, string, string, string, string];
    readonly live: string;
    readonly lost: string;
    readonly off: string;
    readonly ago: (span: string) => string;
    readonly stores: string;
    readonly answers: string;
    readonly away: string;
    readonly behind: string;
  };
  readonly anomalies: {
    readonly heading: string;
    readonly intro: (count: string) => string;
    readonly none: string;
    readonly head: readonly [string, string, string, string, string, string];
  };
  readonly predictions: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly noneFits: string;
    readonly shown: (shown: string, all: string) => string;
    readonly search: string;
    readonly searchNote: string;
    readonly lookUp: string;
    readonly variant: string;
    readonly source: string;
    readonly outcome: string;
    readonly all: string;
    readonly settled: string;
    readonly open: string;
    readonly far: string;
    readonly head: Readonly<Record<PredictionColumn, string>>;
    readonly sources: Readonly<Record<'model' | 'heuristic' | 'fallback', string>>;
    readonly variants: Readonly<Record<'model' | 'control', string>>;
    readonly ofBooking: (id: string) => string;
    readonly unknownBooking: (id: string) => string;
    readonly back: string;
    readonly fields: Readonly<Record<PredictionField, string>>;
  };
  readonly weather: {
    readonly heading: string;
    readonly intro: string;
    readonly state: string;
    readonly states: Readonly<Record<'off' | 'quiet' | 'good' | 'partly' | 'down', string>>;
    readonly withoutWeather: string;
    readonly calls: string;
    readonly cache: string;
    readonly failures: string;
    readonly today: string;
  };
  readonly audit: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly head: readonly [string, string, string, string, string];
    readonly actions: Readonly<
      Record<'init' | 'activate' | 'percentage' | 'disable' | 'model' | 'rollout', string>
    >;
  };
  readonly drift: {
    readonly heading: string;
    readonly intro: (from: string, until: string) => string;
    readonly none: string;
    readonly head: readonly [string, string, string, string, string, string];
    readonly drifted: string;
    readonly alike: string;
    readonly prediction: string;
  };
  readonly roi: {
    readonly heading: string;
    readonly intro: (share: string) => string;
    readonly introOff: (share: string) => string;
    readonly gains: Readonly<Record<GainName, string>>;
    readonly measured: string;
    readonly assumed: string;
    readonly head: readonly [string, string, string, string, string];
    readonly total: string;
    readonly costs: string;
    readonly atStep: (share: string) => string;
    readonly steps: string;
    readonly interval: (low: string, high: string) => string;
    readonly notEnough: (reason: string) => string;
  };
  readonly checklist: {
    readonly heading: string;
    readonly intro: string;
    readonly lists: Readonly<Record<ListName, string>>;
    readonly results: Readonly<Record<Checklist['items'][number]['result'], string>>;
    readonly answered: (by: string, at: string) => string;
    readonly checked: string;
    readonly summary: (done: number, failed: number, open: number) => string;
    /** By the id of the item. */
    readonly items: Readonly<Record<string, string>>;
  };
  readonly rolloutPhase: (phase: Phase, step: number) => string;
  readonly footer: (zone: string) => string;
}

export type FigureName =
  | 'mae'
  | 'r2'
  | 'failureRate'
  | 'accuracyRate'
  | 'predictionTime'
  | 'improvement'
  | 'missRate'
  | 'lateRecall';

export type PredictionColumn =
  | 'created'
  | 'booking'
  | 'variant'
  | 'source'
  | 'predicted'
  | 'heuristic'
  | 'actual'
  | 'error'
  | 'confidence'
  | 'time';

export type PredictionField =
  | 'request'
  | 'scheduled'
  | 'reason'
  | 'modelSaid'
  | 'interval'
  | 'weather'
  | 'outOfRange'
  | 'modelVersion'
  | 'instance'
  | 'share'
  | 'settledAt'
  | 'simulated';
