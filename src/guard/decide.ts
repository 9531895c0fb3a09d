import type { Rollout } from '../rollout/rollout.js';
import type { Episode, GuardAction } from './guard-store.js';
import { RULE_NAMES, type RuleName } from './rule-names.js';
import { type Found, RULES } from './rules.js';
import type { Sighting } from './sighting.js';

/** A finding with the rule that made it. */
export interface Finding extends Found {
  readonly rule: RuleName;
  /** Looks in a row that found it. */
  readonly looks: number;
  readonly dryRun: boolean;
}

/** What is to be done about the worst of the findings. */
export interface Act {
  readonly rule: RuleName;
  readonly action: Exclude<GuardAction, 'notify'>;
  readonly text: string;
}

export interface GuardDecision {
  readonly findings: readonly Finding[];
  /** `null` when nothing is to be done, or it was done. */
  readonly act: Act | null;
  /** Episodes that began, went on or ended, as they are to be remembered when the act was done. */
  readonly episodes: readonly Episode[];
}

export interface GuardSettings {
  /** Rules that only say what they would do. */
  readonly dryRun: readonly RuleName[];
  /** Between two halvings. */
  readonly coolDownMs: number;
}

/** The traffic that is there to be taken back. */
export interface Exposure {
  /** 0–100: what the flag lets the model answer; 0 while it is forced off. */
  readonly percentage: number;
  readonly rollout: Rollout | null;
}

/** Slow predictions halve the traffic at the third look in a row, and not below this share. */
const LOOKS_TO_HALVE = 3;
export const LEAST_HALVED = 5;

/** Looks at everything, in every phase, and says what to do: at most one act, the one that takes most traffic back. Pure. */
export function decideGuard(
  sighting: Sighting,
  open: readonly Episode[],
  exposure: Exposure,
  settings: GuardSettings,
  newId: () => string,
): GuardDecision {
  const lasting = lastingOf(open, settings, sighting.nowMs);
  const findings = RULE_NAMES.flatMap((rule): Finding[] => {
    const before = lasting.get(rule);
    // One that acted and was not acknowledged stays in sight after it is over: then its looks are 0.
    const found: Found | null = RULES[rule](sighting, (before?.looks ?? 0) > 0);
    if (found === null) return [];
    return [{ ...found, rule, looks: (before?.looks ?? 0) + 1, dryRun: settings.dryRun.includes(rule) }];
  });
  const wanted = findings.flatMap((finding) => {
    const act = actOf(finding, lasting.get(finding.rule), exposure, settings, sighting.nowMs);
    return act === null ? [] : [{ finding, act }];
  });
  const worst = wanted.filter(({ finding }) => !finding.dryRun).sort(bySeverity)[0] ?? null;
  const episodes = episodesAfter(lasting, findings, sighting.nowMs, newId).map((episode) => {
    const would = wanted.find(({ finding }) => finding.rule === episode.rule);
    const isActed = worst?.finding.rule === episode.rule || (would?.finding.dryRun ?? false);
    return would && isActed ? { ...episode, action: would.act.action, actedMs: sighting.nowMs } : episode;
  });
  return { findings, act: worst?.act ?? null, episodes };
}

/** By rule: what lasts, and what was over so lately that it would be the same again. A number at its threshold makes one episode. */
function lastingOf(
  episodes: readonly Episode[],
  { coolDownMs }: GuardSettings,
  nowMs: number,
): ReadonlyMap<string, Episode> {
  const mayReturn = ({ endedMs, acknowledgedMs }: Episode) =>
    endedMs !== null && acknowledgedMs === null && nowMs - endedMs < coolDownMs;
  const both = [...episodes.filter(mayReturn), ...episodes.filter(isOpen)];
  return new Map(both.map((episode) => [episode.rule, episode]));
}

/** Lasts until it is over; one that acted, until somebody has seen it. */
export function isOpen({ endedMs }: Episode): boolean {
  return endedMs === null;
}

/** What takes most traffic back comes first. */
const SEVERITY: readonly GuardAction[] = ['roll_back', 'disable', 'halve', 'hold', 'notify'];

function bySeverity(a: { readonly act: Act }, b: { readonly act: Act }): number {
  return SEVERITY.indexOf(a.act.action) - SEVERITY.indexOf(b.act.action);
}

/** What a finding asks for now; `null` where there is nothing to take back, or it was done. */
function actOf(
  { rule, text, action, looks, dryRun }: Finding,
  before: Episode | undefined,
  { percentage, rollout }: Exposure,
  { coolDownMs }: GuardSettings,
  nowMs: number,
): Act | null {
  // Said once an episode: it repeats at every look.
  if (dryRun && before?.actedMs != null) return null;
  switch (action) {
    case 'notify':
      return null;
    case 'hold':
      return isRunning(rollout) ? { rule, action, text } : null;
    case 'halve': {
      const isRested = before?.actedMs == null || nowMs - before.actedMs >= coolDownMs;
      if (percentage === 0 || looks < LOOKS_TO_HALVE || !isRested) return null;
      return { rule, action: percentage > LEAST_HALVED ? 'halve' : 'disable', text };
    }
    case 'disable':
    case 'roll_back':
      return percentage === 0 ? null : { rule, action, text };
  }
}

function isRunning(rollout: Rollout | null): boolean {
  return rollout !== null && ['collecting', 'ready', 'advancing', 'baking'].includes(rollout.phase);
}

function episodesAfter(
  lasting: ReadonlyMap<string, Episode>,
  findings: readonly Finding[],
  nowMs: number,
  newId: () => string,
): Episode[] {
  const found = new Map(findings.map((finding) => [finding.rule as string, finding]));
  const over = [...lasting.values()].filter(({ rule }) => !found.has(rule)).flatMap((e) => ended(e, nowMs));
  const going = findings.map((finding) => {
    const { rule, level, looks, text, value, threshold, dryRun } = finding;
    const news = { level, looks, text, value, threshold, dryRun };
    const before = lasting.get(rule);
    return before === undefined
      ? { ...begun(newId(), rule, nowMs), ...news }
      : { ...before, ...news, endedMs: null };
  });
  return [...over, ...going];
}

/** What was acted on stays in sight until somebody acknowledges it. */
function ended(episode: Episode, nowMs: number): Episode[] {
  if (!isOpen(episode)) return [];
  const isLatched = episode.actedMs !== null && !episode.dryRun && episode.acknowledgedMs === null;
  if (isLatched) return episode.looks === 0 ? [] : [{ ...episode, looks: 0 }];
  return [{ ...episode, looks: 0, endedMs: nowMs }];
}

function begun(id: string, rule: RuleName, nowMs: number): Omit<Episode, 'level' | 'text'> {
  return {
    ...{ id, rule, beganMs: nowMs, endedMs: null, looks: 0, value: null, threshold: null },
    ...{ action: null, dryRun: false, actedMs: null, acknowledgedMs: null, acknowledgedBy: null },
  };
}
