import type { Command } from 'commander';
import { type ChangeOptions, readChangeOptions } from './change-options.js';
import type { Surroundings } from './command.js';
import { type Config, thisProcess } from './config.js';
import { requireAskable, requireConsent } from './consent.js';
import { EXIT } from './errors.js';
import type { Change, Warning } from './flag/change.js';
import type { Flag } from './flag/flag.js';
import type { Holders } from './flag/holders.js';
import { modelChangeText } from './flag/model-reference.js';
import {
  carryOut,
  exitCodeOf,
  type Outcome,
  type PreparedChange,
  type Refusal,
  type Writer,
} from './flag/outcome.js';
import type { WriteRequest } from './flag/plan.js';
import { wallOf } from './flag/wall-time.js';
import { endWhenInterrupted } from './interruption.js';
import { endedLines, outcomeDocument, outcomeLines, planLine } from './render/change.js';
import type { RolloutGate } from './rollout/gates.js';
import { openRuntime, type Runtime } from './runtime.js';
import type { Terminal } from './terminal.js';
import { t } from './wording/t.js';

/** A command that changes the flag. */
export interface ChangeCommand {
  /** Whether a person at a terminal is asked first. A forced off never waits. */
  readonly asks: boolean;
  /** Whether it goes on where the configuration file has a fault. */
  readonly urgent?: boolean;
  /** Whether the environment's initial state is written first, where there is no flag. */
  readonly writesInitialState: boolean;
  /** Looks up what the change needs, once, before anybody is asked. */
  prepare(holders: Holders, config: Config, options: ChangeOptions): Promise<PreparedChange>;
}

/** Plans, asks, changes, waits for the readers, prints, and returns the exit code. */
export async function runChange(
  command: Command,
  { terminal, clock, readConfig }: Surroundings,
  { asks, urgent = false, writesInitialState, prepare }: ChangeCommand,
): Promise<number> {
  const options = readChangeOptions(command);
  const config = await readConfig({ urgent });
  const initial = writesInitialState ? config.initial() : null;
  const runtime = await openRuntime(config, clock);
  try {
    const { holders, place } = runtime;
    const prepared = await prepare(holders, config, options);
    const { write, gates = [], refusal } = prepared;
    const warnings = [...configurationWarnings(config), ...prepared.warnings];
    // For people, and before they are asked; with --json stderr is for one error document, and stdout has these.
    if (!options.json) for (const { text } of warnings) terminal.notice(t`warning: ${text}`);
    if (!options.json && gates.length > 0) terminal.notice(await gatesText(gates, terminal));
    if (refusal !== undefined) {
      const { flag } = await holders.record.read().catch(() => ({ flag: null }));
      return refuse(terminal, options, refusal, { gates, warnings, flag });
    }
    const plain = requestOf(options, clock.nowMs());
    const request = asks ? await consented(terminal, options, runtime, write, plain) : plain;
    // From here on something may be recorded: an interruption ends the waiting, and what was done is told.
    const interruption = new AbortController();
    endWhenInterrupted(() => interruption.abort());
    const interrupted = interruption.signal;
    const settings = { ...options, staleAfterMs: config.staleAfterMs, place, interrupted };
    const outcome = await carryOut(holders, write, request, initial, settings);
    const later = options.dryRun ? [] : ((await prepared.afterwards?.(outcome)) ?? []);
    const told = {
      ...outcome,
      change: { ...outcome.change, warnings: [...outcome.change.warnings, ...later] },
    };
    print(terminal, options, told, { gates, warnings }, runtime);
    const exitCode = exitCodeOf(outcome, options);
    return exitCode === EXIT.done ? (prepared.exitWhenDone ?? exitCode) : exitCode;
  } finally {
    await runtime.close();
  }
}

function requestOf({ by, reason, ifRevision, dryRun }: ChangeOptions, nowMs: number): WriteRequest {
  const at = new Date(nowMs).toISOString();
  return { authorship: { at, by: by ?? thisProcess().user, reason }, ifRevision, dryRun };
}

/** What a person agrees to is what they saw: the flag at that revision. */
async function consented(
  terminal: Terminal,
  options: ChangeOptions,
  { holders, placeText }: Runtime,
  write: Writer,
  request: WriteRequest,
): Promise<WriteRequest> {
  if (options.yes || options.dryRun) return request;
  requireAskable(terminal, options);
  const preview = await write(holders, { ...request, dryRun: true });
  const ended = endedLines(preview, wallOf(holders));
  const lines = [t`In ${placeText}:`, ...modelLines(preview), ...ended, planLine(preview)];
  await requireConsent(terminal, t`${lines.join('\n')} Go on?`);
  return { ...request, ifRevision: preview.before?.revision ?? 0 };
}

/** A person has read the warnings of the preparation on stderr; a program gets them with the others. */
function print(
  terminal: Terminal,
  { json }: ChangeOptions,
  outcome: Outcome,
  { gates, warnings: prepared }: Prepared,
  { holders, place, placeText }: Runtime,
): void {
  if (terminal.interactive && !json) {
    const lines = outcomeLines(outcome, wallOf(holders), placeText);
    terminal.show([...modelLines(outcome.change), ...lines].join('\n'));
    return;
  }
  terminal.result(JSON.stringify({ ...outcomeDocument(outcome, gates, prepared), place }, null, 2));
}

/** What was found out before the change. */
interface Prepared {
  readonly gates: readonly RolloutGate[];
  readonly warnings: readonly Warning[];
}

/** A verdict of no: nothing was changed, and that is no error. */
function refuse(
  terminal: Terminal,
  { json }: ChangeOptions,
  { exitCode, reasons }: Refusal,
  { gates, warnings, flag }: Prepared & { readonly flag: Flag | null },
): number {
  if (terminal.interactive && !json) {
    terminal.show([t`Nothing was changed:`, ...reasons.map((reason) => `- ${reason}`)].join('\n'));
  } else {
    const nothing = { changed: false, before: flag, after: flag, instances: [], confirmedIn: [] };
    terminal.result(JSON.stringify({ ...nothing, refused: reasons, gates, warnings }, null, 2));
  }
  return exitCode;
}

async function gatesText(gates: readonly RolloutGate[], { colour, columns }: Terminal): Promise<string> {
  const { gateLines } = await import('./render/gate-table.js');
  const { terminalStyle } = await import('./render/style.js');
  return gateLines(gates, await terminalStyle(colour, columns)).join('\n');
}

/** A URL that was left out decides in which stores the change is made: programs have to see it too. */
function configurationWarnings({ warnings }: Config): Warning[] {
  return warnings.map((text) => ({ code: 'CONFIGURATION', text }));
}

/** A line where the change gives the flag another model. */
function modelLines(change: Change): string[] {
  const text = modelChangeText(change);
  return text === null ? [] : [text];
}
