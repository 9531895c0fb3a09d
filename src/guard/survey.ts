import { randomUUID } from 'node:crypto';
import { AtmrError, messageOf } from '../errors.js';
import type { Holders } from '../flag/holders.js';
import { readStatus, type Status } from '../flag/status.js';
import type { AuditEntry } from '../flag/store.js';
import { manifestOf } from '../model/manifest-of.js';
import { provenanceOf } from '../model/provenance.js';
import { type Assessment, assessRollout } from '../rollout/assess.js';
import { NO_EVIDENCE } from '../rollout/evidence.js';
import type { RolloutPlan } from '../rollout/plan.js';
import type { Rollout } from '../rollout/rollout.js';
import { currentLanguage, inEnglish } from '../wording/language.js';
import { t } from '../wording/t.js';
import { decideGuard, type Exposure, type GuardDecision, type GuardSettings } from './decide.js';
import { episodeText } from './episode-text.js';
import type { Episode } from './guard-store.js';
import { type LookSources, look, type Watch } from './look.js';
import type { OwnAttempts } from './own-attempts.js';
import { NOTHING_SEEN, type Sighting } from './sighting.js';

/** Everything that is known now, and what it means: one value for `status`, `advance`, the gates of `activate` and the guard. */
export interface Survey {
  readonly nowMs: number;
  readonly status: Status;
  readonly rollout: Rollout | null;
  readonly exposure: Exposure;
  readonly episodes: readonly Episode[];
  /** `null` when neither the ledger nor this process can tell: then nothing is known of the model, neither good nor bad. */
  readonly sighting: Sighting | null;
  readonly guard: GuardDecision | null;
  /** Why nothing could be looked at; `null` when it could. */
  readonly telemetryFault: string | null;
  /** Whether the model learned from simulated bookings; `null` where that is not known. */
  readonly modelSimulated: boolean | null;
  readonly assessment: Assessment;
  /** The same in English, for what of it is written down. */
  readonly recorded: Assessment;
}

export interface SurveySources extends LookSources {
  readonly holders: Holders;
  readonly plan: RolloutPlan;
  readonly settings: GuardSettings;
  readonly modelsFolder: string;
  readonly staleAfterMs: number;
  /** What this process saw itself, for when the ledger is away; `null` for one that answers nobody. */
  readonly own: OwnAttempts | null;
}

/** Looks at the flag, its stores and the ledger, and judges. Never rejects because one of them is away. */
export async function survey(sources: SurveySources): Promise<Survey> {
  const { holders, plan, settings, modelsFolder, timeZone } = sources;
  const nowMs = holders.clock.nowMs();
  const status = await readStatus(holders, sources.staleAfterMs);
  const { flag } = status;
  const rollout = flag?.rollout ?? null;
  const forcedOff = status.marks.length > 0;
  const exposure = { percentage: forcedOff || !flag?.enabled ? 0 : flag.percentage, rollout };
  const looked = await lookOrSay(sources, status, nowMs);
  const seen =
    looked.sighting === null ? { ...looked, sighting: ownSighting(sources, status, nowMs) } : looked;
  const { simulated: modelSimulated } = await provenanceOf(modelsFolder, flag?.model ?? null);
  const judge = () => {
    const guard =
      seen.sighting === null
        ? null
        : decideGuard(seen.sighting, seen.episodes, exposure, settings, randomUUID);
    const assessment = assessRollout({
      ...{ rollout, plan, nowMs, timeZone, modelSimulated, forcedOff },
      flagUnknown: status.state === 'unknown',
      evidence: seen.sighting?.evidence ?? NO_EVIDENCE,
      breaches: breachesOf(guard, seen.episodes, exposure),
      telemetryFault: seen.fault,
    });
    return { guard, assessment };
  };
  const { sighting, episodes, fault: telemetryFault } = seen;
  const known = { nowMs, status, rollout, exposure, episodes, sighting, telemetryFault, modelSimulated };
  return { ...known, ...inBothLanguages(judge) };
}

type Judged = Pick<Survey, 'guard' | 'assessment'>;

/** What is acted on and remembered is English; what is told is in the reader's language. */
function inBothLanguages(judge: () => Judged): Judged & Pick<Survey, 'recorded'> {
  const recorded = inEnglish(judge);
  if (currentLanguage() === 'en') return { ...recorded, recorded: recorded.assessment };
  const { guard, assessment } = judge();
  const findings = guard?.findings ?? [];
  return {
    guard: recorded.guard && { ...recorded.guard, findings },
    ...{ assessment, recorded: recorded.assessment },
  };
}

interface Seen {
  readonly sighting: Sighting | null;
  readonly episodes: readonly Episode[];
  readonly fault: string | null;
}

/** A ledger that does not answer is broken telemetry: it says nothing of the model. */
async function lookOrSay(sources: SurveySources, status: Status, nowMs: number): Promise<Seen> {
  let episodes: readonly Episode[] = [];
  try {
    const watch = await watchOf(sources, status, nowMs);
    episodes = watch.episodes;
    return { sighting: await look(sources, watch, nowMs), episodes, fault: null };
  } catch (thrown) {
    if (!(thrown instanceof AtmrError)) throw thrown;
    return { sighting: null, episodes, fault: t`nothing is known of the model: ${messageOf(thrown)}` };
  }
}

/** A rollback stays armed while the ledger is away, by what this process saw itself. */
function ownSighting({ own }: SurveySources, { flag }: Status, nowMs: number): Sighting | null {
  if (own === null || flag === null) return null;
  const sinceMs = Date.parse(flag.rollout?.stepAt ?? flag.updatedAt);
  const attempts = own.since(sinceMs, flag.model?.version ?? null);
  return attempts.length === 0 ? null : { ...NOTHING_SEEN, nowMs, attempts };
}

async function watchOf(sources: SurveySources, { flag, marks }: Status, nowMs: number): Promise<Watch> {
  const { holders, guardStore, modelsFolder, staleAfterMs } = sources;
  const rollout = flag?.rollout ?? null;
  const share = await shareSince(holders, flag, nowMs);
  const sinceMs = rollout === null ? share.sinceMs : Date.parse(rollout.stepAt);
  const baselineMs = rollout === null ? sinceMs : Date.parse(rollout.baselineAt);
  return {
    ...{ sinceMs, baselineMs, shareRevision: share.revision, stepRevision: share.stepRevision },
    modelVersion: flag?.model?.version ?? null,
    manifest: flag?.model == null ? null : await manifestOf(modelsFolder, flag.model),
    percentage: marks.length > 0 || !flag?.enabled ? 0 : flag.percentage,
    // Also of servers that were lost before, as long as they are listed: each is remembered once.
    episodes: await guardStore.episodes(Math.min(baselineMs, nowMs - Math.max(DAY_MS, 2 * staleAfterMs))),
  };
}

const HISTORY = 50;
/** Of what came back soon, and of what is told when it is over. */
const DAY_MS = 24 * 3_600_000;
/** Without a flag there was never a share; days without end would be read for it. */
const UNWRITTEN_MS = 7 * 24 * 3_600_000;

/** When the present share was set. An advance and what follows it are revisions of one share. */
async function shareSince({ record }: Holders, flag: Status['flag'], nowMs: number) {
  if (flag === null) return { revision: 0, stepRevision: 0, sinceMs: nowMs - UNWRITTEN_MS };
  // Without the record its newest change is all that is known.
  const entries = await record.history(HISTORY).catch(() => []);
  const share = oldestOf(
    entries,
    ({ after }) =>
      after.percentage === flag.percentage &&
      after.enabled === flag.enabled &&
      after.model?.sha256 === flag.model?.sha256,
  );
  const step = oldestOf(entries, ({ after }) => after.rollout?.stepAt === flag.rollout?.stepAt);
  const revision = share?.revision ?? flag.revision;
  return {
    revision,
    stepRevision: flag.rollout === undefined ? revision : (step?.revision ?? 0),
    sinceMs: Date.parse(share?.at ?? flag.updatedAt),
  };
}

/** The first of the newest entries in a row that are alike; `undefined` where not even the newest is. */
function oldestOf(
  newestFirst: readonly AuditEntry[],
  isAlike: (entry: AuditEntry) => boolean,
): AuditEntry | undefined {
  const other = newestFirst.findIndex((entry) => !isAlike(entry));
  return newestFirst[(other === -1 ? newestFirst.length : other) - 1];
}

/** What is proven now, and what was acted on and nobody has acknowledged: both keep the traffic from rising. */
function breachesOf(guard: GuardDecision | null, episodes: readonly Episode[], { percentage }: Exposure) {
  // Nothing is left to take back.
  const most = percentage === 0 ? ('hold' as const) : ('roll_back' as const);
  const found = (guard?.findings ?? []).flatMap(({ action, level, text, dryRun }) =>
    !dryRun && level === 'act' && (action === 'roll_back' || action === 'hold')
      ? [{ action: action === 'roll_back' ? most : action, text }]
      : [],
  );
  const rules = new Set(
    guard?.findings.filter(({ level }) => level === 'act').map(({ rule }) => String(rule)),
  );
  const latched = episodes
    .filter(({ actedMs, acknowledgedMs, dryRun }) => actedMs !== null && acknowledgedMs === null && !dryRun)
    .filter(({ rule }) => !rules.has(rule))
    .map((episode) => ({
      action: 'hold' as const,
      text: t`${episodeText(episode)} (${episode.rule}, until somebody acknowledges it)`,
    }));
  return [...found, ...latched];
}
