import { inBatches } from '../booking/batches.js';
import type { Booking } from '../booking/booking.js';
import { localTime } from '../booking/local-time.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { AtmrError, EXIT } from '../errors.js';
import type { Model } from '../model/model.js';
import { beginningOfDay } from '../monitoring/local-days.js';
import { countedPassing, type Progress, startProgress } from '../progress.js';
import { replay } from '../replay/replay.js';
import { replaySource, type SourceReplay } from '../replay/replay-source.js';
import type { ExclusionCounts } from '../replay/selection.js';
import type { SimulationSettings } from '../simulator/settings.js';
import { simulateBookings } from '../simulator/simulate.js';
import type { Terminal } from '../terminal.js';
import { t } from '../wording/t.js';
import { type Assessment, assessRollout } from './assess.js';
import { nextAllowed } from './calendar.js';
import { type DayCollector, dayCollector } from './day-collector.js';
import { NO_EVIDENCE } from './evidence.js';
import { type Play, playRollout } from './play.js';
import type { PlayedDay } from './play-moments.js';
import type { PlayEvent, PlayStop } from './playing.js';
import { type RolloutWorld, settingsAfter } from './simulation-flags.js';

/** What `rollout simulate` was asked. */
export interface SimulateRolloutRequest {
  /** A world of the simulator; `null` for the bookings of a source. */
  readonly world: RolloutWorld | null;
  /** A file, `-` or `postgres`; the default bookings without it. */
  readonly source: string | undefined;
  readonly onBadRow: 'fail' | 'skip';
  /** Whether a model that learned from simulated bookings may go past 50 %. */
  readonly allowSimulated: boolean;
}

export interface SimulateRolloutSurroundings {
  readonly model: Model;
  readonly config: Config;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/** The document of `rollout simulate` on stdout. */
export interface RolloutPlay {
  readonly outcome: PlayOutcome;
  readonly source: { readonly name: string; readonly shipped: boolean };
  /** Whether any of the bookings were simulated. */
  readonly simulated: boolean;
  readonly model: {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly simulated: boolean;
  };
  /** The shares of the plan, step by step. */
  readonly plan: readonly number[];
  readonly bookings: number;
  readonly attempts: number;
  readonly failures: number;
  readonly excluded: ExclusionCounts;
  /** Whole local days that were played, and the first instant; `null` where no booking was scored. */
  readonly days: number;
  readonly startedAt: string | null;
  readonly events: readonly (Omit<PlayEvent, 'atMs'> & { readonly at: string })[];
  readonly reachedFullOnDay: number | null;
  readonly stoppedOnDay: number | null;
  readonly stoppedBy: PlayStop['by'] | null;
  readonly stoppedBecause: string | null;
  readonly passedOver: Play['passedOver'];
  /** Of the last look. */
  readonly assessment: Omit<Assessment, 'nextAtMs' | 'expectedAtMs'>;
}

/** Got all of the traffic and kept it; was stopped by the guard or a gate; or the bookings ended before either. */
export type PlayOutcome = 'reached' | 'stopped' | 'undecided';

export const PLAY_EXIT = {
  reached: EXIT.done,
  stopped: EXIT.no,
  undecided: EXIT.notEnoughData,
} as const satisfies Record<PlayOutcome, number>;

/** Plays the configured plan on bookings whose outcome is known. Nothing that the model learned from is played. */
export async function simulateRollout(
  request: SimulateRolloutRequest,
  surroundings: SimulateRolloutSurroundings,
): Promise<RolloutPlay> {
  const { config, model, terminal } = surroundings;
  const { rollout: plan, guard, timeZone } = config;
  const collector = dayCollector(timeZone);
  const progress = await startProgress(t`reading bookings`, terminal);
  const { source, replayed } = await collected(request, surroundings, collector, progress).finally(
    progress.stop,
  );
  const days = collector.days();
  const startMs = startOf(days, config);
  const { manifest } = model;
  const play =
    startMs === null
      ? nothingPlayed(config, surroundings)
      : playRollout({
          ...{ plan, timeZone, guard, startMs, days },
          modelSimulated: manifest.data.simulated,
          allowSimulated: request.allowSimulated,
        });
  const { name, version, sha256, data } = manifest;
  return {
    outcome: outcomeOf(play),
    source,
    simulated: replayed.simulated,
    model: { name, version, sha256, simulated: data.simulated },
    plan: plan.steps.map(({ percentage }) => percentage),
    bookings: replayed.scores.n,
    ...{ attempts: replayed.attempts, failures: replayed.failures, excluded: replayed.excluded },
    ...documentOf(play, startMs),
  };
}

async function collected(
  request: SimulateRolloutRequest,
  { model, config, clock, terminal }: SimulateRolloutSurroundings,
  collector: DayCollector,
  progress: Progress,
): Promise<SourceReplay> {
  const { world, source, onBadRow } = request;
  const all = { window: { fromMs: null, untilMs: null }, limit: null, sample: null, seed: 1 };
  if (world === null) {
    return await replaySource(
      { ...all, source, onBadRow },
      { model, config, clock, terminal },
      progress,
      collector.addScored,
      collector.addLeftOut,
    );
  }
  const settings = settingsAfter(world, model.manifest, config.rollout, config.timeZone);
  const bookings = countedPassing(inBatches(simulated(settings)), progress, t`booking`);
  const arms = { model, heuristic: config.heuristic, clock };
  const replayed = await replay(bookings, arms, all, collector.addScored, collector.addLeftOut);
  return { source: { name: nameOf(world, settings), shipped: false }, replayed };
}

function* simulated(settings: SimulationSettings): Generator<Booking> {
  for (const { booking } of simulateBookings(settings)) yield booking;
}

/** "the simulator: model-worse from day 1, from 2026-06-08, seed 1". */
function nameOf({ name }: RolloutWorld, { scenario, from, seed }: SimulationSettings): string {
  return scenario === null
    ? t`the simulator: ${name}, first day ${from}, seed ${seed}`
    : t`the simulator: ${name} from day ${scenario.day + 1}, first day ${from}, seed ${seed}`;
}

/** When the plan first allows traffic on the days; `null` where there is none. */
function startOf(days: readonly PlayedDay[], { rollout: plan, timeZone }: Config): number | null {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  const startMs = nextAllowed(plan, beginningOfDay(first.figures.dayNumber, timeZone), timeZone);
  if (startMs !== null && localTime(startMs, timeZone).dayNumber <= last.figures.dayNumber) return startMs;
  const fact = t`The plan allows no traffic to be raised on any day of the bookings`;
  throw new AtmrError('BAD_CONFIG', t`${fact}. Look at \`window\` and \`freeze\` under \`rollout\`.`);
}

/** Not one booking was scored. */
function nothingPlayed({ rollout: plan, timeZone }: Config, { clock }: SimulateRolloutSurroundings): Play {
  const assessment = assessRollout({
    ...{ rollout: null, evidence: NO_EVIDENCE, plan, nowMs: clock.nowMs(), timeZone },
    ...{ modelSimulated: null, forcedOff: false, breaches: [], telemetryFault: null },
  });
  return {
    ...{ events: [], days: 0, attempts: 0, reachedFullOnDay: null, stop: null, passedOver: [] },
    assessment,
  };
}

/** A stop counts also where all of the traffic was reached before. */
function outcomeOf({ stop, reachedFullOnDay }: Play): PlayOutcome {
  if (stop !== null) return 'stopped';
  return reachedFullOnDay === null ? 'undecided' : 'reached';
}

function documentOf(
  { events, days, reachedFullOnDay, stop, passedOver, assessment }: Play,
  startMs: number | null,
) {
  const { nextAtMs: _, expectedAtMs: __, ...known } = assessment;
  return {
    days,
    startedAt: startMs === null ? null : new Date(startMs).toISOString(),
    events: events.map(({ atMs, ...event }) => ({ ...event, at: new Date(atMs).toISOString() })),
    reachedFullOnDay,
    stoppedOnDay: stop?.day ?? null,
    stoppedBy: stop?.by ?? null,
    stoppedBecause: stop?.text ?? null,
    passedOver,
    assessment: known,
  };
}
