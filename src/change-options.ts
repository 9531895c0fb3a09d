import type { Command } from 'commander';
import { AtmrError } from './errors.js';
import { t } from './wording/t.js';

/** What every command that changes the flag understands. */
export interface ChangeOptions {
  readonly reason: string;
  /** `null`: the user of the operating system, or the CI actor. */
  readonly by: string | null;
  readonly dryRun: boolean;
  readonly ifRevision: number | null;
  readonly yes: boolean;
  /** False after `--no-input`: never ask. */
  readonly input: boolean;
  /** How long to wait for the readers; 0 after `--no-wait`. */
  readonly waitMs: number;
  readonly expectInstances: number;
  readonly json: boolean;
}

const DEFAULT_WAIT_SECONDS = '10';

/** What the options are when none is given. */
export const PLAIN_CHANGE: ChangeOptions = {
  ...{ reason: '', by: null, dryRun: false, ifRevision: null, yes: false, input: true },
  ...{ waitMs: 1000 * Number(DEFAULT_WAIT_SECONDS), expectInstances: 0, json: false },
};

/** Adds the options of a change. */
export function addChangeOptions(command: Command): Command {
  return command
    .option('--reason <text>', t`why; it goes into the history`, '')
    .option('--by <name>', t`who (default: the CI actor or the user of the operating system)`)
    .option('--dry-run', t`show what would change, change nothing`)
    .option('--if-revision <n>', t`refuse unless the flag is at this revision`)
    .option('--yes', t`do not ask`)
    .option('--no-input', t`never ask; exit 2 where a question would be`)
    .option('--wait <seconds>', t`how long to wait for every live reader`, DEFAULT_WAIT_SECONDS)
    .option('--no-wait', t`do not wait for the readers`)
    .option('--expect-instances <n>', t`exit 6 when fewer readers than this confirm`, '0');
}

/** The options as values. USAGE for a number that is none. */
export function readChangeOptions(command: Command): ChangeOptions {
  const options = command.opts<{
    reason: string;
    by?: string;
    dryRun?: boolean;
    ifRevision?: string;
    yes?: boolean;
    input: boolean;
    wait: string | false;
    expectInstances: string;
    json?: boolean;
  }>();
  if (options.by?.trim() === '') {
    throw new AtmrError('USAGE', t`--by is empty; expected who changes the flag, for the history.`);
  }
  return {
    reason: options.reason,
    by: options.by ?? null,
    dryRun: options.dryRun === true,
    ifRevision: options.ifRevision === undefined ? null : wholeNumber('--if-revision', options.ifRevision),
    yes: options.yes === true,
    input: options.input,
    waitMs: options.wait === false ? 0 : seconds(options.wait) * 1000,
    expectInstances: wholeNumber('--expect-instances', options.expectInstances),
    json: options.json === true,
  };
}

/** A whole number of 0 or more. USAGE, naming the option, for anything else. */
export function wholeNumber(option: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new AtmrError('USAGE', t`${option} is "${text}"; expected a whole number such as 7.`);
}

function seconds(text: string): number {
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text)) return Number(text);
  throw new AtmrError('USAGE', t`--wait is "${text}"; expected seconds such as 10 or 0.5.`);
}
