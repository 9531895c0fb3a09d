import type { ChangeOptions } from '../change-options.js';
import { listAt } from '../checklist/items.js';
import type { Clock } from '../clock.js';
import { type Config, thisProcess } from '../config.js';
import { AtmrError, EXIT } from '../errors.js';
import type { Change } from '../flag/change.js';
import { carryOut, exitCodeOf, type Outcome, type PreparedChange } from '../flag/outcome.js';
import type { WriteRequest } from '../flag/plan.js';
import { withSurvey } from '../guard/open-survey.js';
import { type Survey, survey } from '../guard/survey.js';
import { endWhenInterrupted } from '../interruption.js';
import { shareOf } from '../render/change.js';
import { timeText } from '../render/rollout-status.js';
import { shellWord } from '../render/shell-word.js';
import { terminalStyle } from '../render/style.js';
import { openRuntime, type Runtime } from '../runtime.js';
import type { Terminal } from '../terminal.js';
import { currentLanguage } from '../wording/language.js';
import { asAscii, asciiTerminal } from './ascii.js';
import { ENGLISH } from './english.js';
import { watchFirstMinutes } from './first-minutes.js';
import { FRENCH } from './french.js';
import { commandOf, type Deed, offersFor } from './offers.js';
import { dayLines, gateTable, returnLines, type Showing, whereLines } from './week.js';

export interface WizardRequest {
  /** How long the first minutes after a change are watched. */
  readonly watchMs: number;
  /** Options of a change, as its command would read them. */
  readonly options: ChangeOptions;
}

const WORDS = { en: ENGLISH, fr: FRENCH };

/** What is at hand during one weekly look. */
interface Look {
  readonly request: WizardRequest;
  readonly config: Config;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly runtime: Runtime;
  readonly showing: Showing;
}

/**
 * The weekly look: where the rollout is, the evidence, the checklist, the return, and one change if a person wants it,
 * watched for its first minutes. Resolves with the exit code. CANCELLED for Ctrl-C at any question: nothing was changed.
 */
export async function runWizard(
  request: WizardRequest,
  { config, clock, terminal: given }: Pick<Look, 'config' | 'clock' | 'terminal'>,
): Promise<number> {
  const terminal = given.unicode ? given : asciiTerminal(given);
  const words = WORDS[currentLanguage()];
  const showing: Showing = {
    // The one text that the program itself prints.
    words: terminal.unicode ? words : { ...words, cancelled: asAscii(words.cancelled) },
    style: await terminalStyle(terminal.colour, terminal.columns),
    unicode: terminal.unicode,
    when: (ms) => timeText(ms, config.timeZone),
  };
  const runtime = await openRuntime(config, clock);
  try {
    const look: Look = { request, config, clock, terminal, runtime, showing };
    const seen = await showWeek(look);
    await checkTheList(look, seen);
    // A screen of 24 lines holds one half before the list and one after it.
    show(terminal, dayLines(seen, showing));
    show(terminal, returnLines(seen, showing));
    return await change(look, seen);
  } finally {
    await runtime.close();
  }
}

async function showWeek({ config, terminal, runtime, showing }: Look): Promise<Survey> {
  const { seen, isWatched } = await withSurvey(runtime.holders, config, async (sources) => ({
    seen: await survey(sources),
    isWatched: (await sources.guardStore.leader().catch(() => null)) !== null,
  }));
  // What is not known is no ground for a question.
  if (seen.status.state === 'unknown') {
    const faults = seen.status.stores.flatMap(({ fault }) => fault ?? []);
    throw new AtmrError('UNAVAILABLE', [showing.words.nothingChanged, ...faults].join(' '));
  }
  show(terminal, whereLines({ survey: seen, isWatched }, showing));
  show(terminal, gateTable(seen, showing));
  return seen;
}

/** A part of the screen, with a line between it and what comes next. */
function show(terminal: Terminal, lines: readonly string[]): void {
  if (lines.length > 0) terminal.result(`${lines.join('\n')}\n\n`);
}

/** The list of the guide that fits the step; what is answered is kept, whatever comes after. */
async function checkTheList(
  { config, clock, terminal, showing: { words } }: Look,
  seen: Survey,
): Promise<void> {
  const list = listAt(seen.assessment.step, seen.assessment.steps);
  const { workThrough } = await import('../checklist/work-through.js');
  const context = { config, fileFault: null, clock };
  const looked = await workThrough(list, { note: '', input: false }, context, terminal);
  if (looked.unanswered === 0) return;
  const title = `atmr-ml checklist ${list}`;
  const goes = await decide(terminal, words.askChecklist(looked.unanswered, title), words);
  if (goes) await workThrough(list, { note: '', input: true }, context, terminal);
}

async function change(look: Look, seen: Survey): Promise<number> {
  const { terminal, showing, request } = look;
  const { words } = showing;
  const next = seen.assessment.nextPercentage;
  const nameOf = (deed: Deed) => words.deeds[deed](next === null ? null : `${next} %`);
  const choices = offersFor(seen.assessment).map((value) => ({ value, name: nameOf(value) }));
  const deed = answered<Deed>(await terminal.choose<Deed>(words.askDeed, choices), words);
  if (deed === 'nothing') return nothingChanged(look);
  const reason = request.options.reason || answered(await terminal.write(words.askReason, ''), words);
  const options = { ...request.options, reason };
  const prepared = await PREPARE[deed](look, options);
  for (const { text } of prepared.warnings) terminal.notice(`! ${text}`);
  if (prepared.refusal !== undefined) {
    terminal.result([words.refused, ...prepared.refusal.reasons.map((text) => `- ${text}`)].join('\n'));
    return prepared.refusal.exitCode;
  }
  const at = new Date(look.clock.nowMs()).toISOString();
  const authorship = { at, by: options.by ?? thisProcess().user, reason };
  // What a person agrees to is what they saw. Less traffic is never refused for that.
  const ifRevision = deed === 'rollback' ? null : (seen.status.flag?.revision ?? 0);
  const write = { authorship, ifRevision, dryRun: false };
  const preview = await prepared.write(look.runtime.holders, { ...write, dryRun: true });
  const question = words.askConsent(`${movedText(preview, words)}: ${nameOf(deed)}`);
  if (!(await decide(terminal, question, words))) return nothingChanged(look);
  terminal.notice(`${words.withoutPrompts} ${commandOf(deed, reason, shellWord)}`);
  return await apply(look, prepared, write, options);
}

function nothingChanged({ terminal, showing }: Look): number {
  terminal.result(showing.words.nothingChanged);
  return EXIT.done;
}

async function apply(
  look: Look,
  prepared: PreparedChange,
  write: WriteRequest,
  options: ChangeOptions,
): Promise<number> {
  const { config, terminal, runtime, showing, request } = look;
  const { holders, place } = runtime;
  // From here on something may be recorded: an interruption ends the waiting, and what was done is told.
  const interruption = new AbortController();
  const release = endWhenInterrupted(() => interruption.abort());
  const settings = { ...options, staleAfterMs: config.staleAfterMs, place, interrupted: interruption.signal };
  const outcome = await carryOut(holders, prepared.write, write, null, settings);
  const later = (await prepared.afterwards?.(outcome)) ?? [];
  release();
  for (const { text } of [...outcome.change.warnings, ...later]) terminal.notice(`! ${text}`);
  tell(look, outcome, prepared);
  const exitCode = exitCodeOf(outcome, options);
  if (!raises(outcome.change) || interruption.signal.aborted) return prepared.exitWhenDone ?? exitCode;
  const ended = await watchFirstMinutes(holders, config, terminal, { ...showing, watchMs: request.watchMs });
  const { quiet, rolledBack, cancelledAfterwards } = showing.words;
  terminal.result({ quiet, 'rolled back': rolledBack, interrupted: cancelledAfterwards }[ended]);
  return ended === 'rolled back' ? EXIT.no : exitCode;
}

function raises({ before, after }: Change): boolean {
  const share = (flag: Change['after']) => (flag?.enabled ? flag.percentage : 0);
  return share(after) > share(before);
}

type Prepare = (look: Look, options: WizardRequest['options']) => Promise<PreparedChange>;

/** The operations of the commands of the same name. */
const PREPARE: Readonly<Record<Exclude<Deed, 'nothing'>, Prepare>> = {
  start: async ({ runtime, config }, options) =>
    (await import('../rollout-changes/begin.js')).prepareStart(runtime.holders, config, options),
  advance: async ({ runtime, config }, options) =>
    (await import('../rollout-changes/advance.js')).prepareAdvance(runtime.holders, config, options, {
      force: false,
    }),
  resume: async ({ runtime, config }, options) =>
    (await import('../rollout-changes/begin.js')).prepareResume(runtime.holders, config, options),
  hold: async ({ runtime, config }, options) =>
    (await import('../rollout-changes/stop.js')).prepareHold(runtime.holders, config, options),
  rollback: async ({ runtime, config }, options) =>
    (await import('../rollout-changes/stop.js')).prepareRollback(runtime.holders, config, options, 0),
};

function tell(
  { terminal, showing: { words } }: Look,
  { change, confirmation }: Outcome,
  prepared: PreparedChange,
): void {
  const { confirmedBy, counted } = confirmation;
  const heard = counted === 0 ? words.nobodyReads : words.confirmed(confirmedBy, counted);
  const lines = [
    words.done(movedText(change, words), change.after?.revision ?? change.before?.revision ?? 0),
    ...(prepared.exitWhenDone === undefined ? [] : [words.approvalGiven]),
    heard,
    ...(confirmation.verdict === 'confirmed' && change.incomplete === null ? [] : [words.notConfirmed]),
  ];
  terminal.result(lines.join('\n'));
}

/** "25 % → 50 %". */
function movedText({ before, after }: Change, { off }: Showing['words']): string {
  const share = (flag: Change['after']) => (flag?.enabled ? shareOf(flag) : off);
  return `${share(before)} → ${share(after)}`;
}

/** Yes or no, in the person's language. */
async function decide(terminal: Terminal, question: string, words: Showing['words']): Promise<boolean> {
  const choices = [
    { name: words.no, value: 'no' },
    { name: words.yes, value: 'yes' },
  ] as const;
  return answered(await terminal.choose(question, choices), words) === 'yes';
}

function answered<T extends string>(answer: T | null, words: Showing['words']): T {
  if (answer === null) throw new AtmrError('CANCELLED', words.cancelled);
  return answer;
}
