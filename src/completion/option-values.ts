import { CHANNEL_NAMES } from '../alerts/outbox.js';
import { CHECKLIST_FORMATS } from '../checklist/work-through.js';
import { RUNTIME_NAMES } from '../model/runtime.js';
import { CLUSTERS } from '../replay/compare.js';
import { REPORT_FORMATS } from '../report/hand-out.js';
import { SCENARIOS } from '../simulator/scenario.js';
import { LANGUAGES } from '../wording/language.js';
import { type CommandShape, commandsIn, type OptionShape } from './program-shape.js';

/** What may stand after an option. */
export type OptionValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'file' }
  | { readonly kind: 'one-of'; readonly names: readonly string[] }
  /** A number, a time, a reason: nothing to offer. */
  | { readonly kind: 'free' };

const EVERYWHERE: Readonly<Record<string, readonly string[]>> = {
  '--lang': LANGUAGES,
  '--runtime': RUNTIME_NAMES,
  '--on-bad-row': ['fail', 'skip'],
};
const OF_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  '/ab-test --by': CLUSTERS,
  '/alerts/test --channel': CHANNEL_NAMES,
  '/report --format': REPORT_FORMATS,
  '/checklist/before --format': CHECKLIST_FORMATS,
  '/checklist/week-1 --format': CHECKLIST_FORMATS,
  '/checklist/week-4 --format': CHECKLIST_FORMATS,
  '/simulate --scenario': Object.keys(SCENARIOS),
  '/rollout/simulate --scenario': ['ordinary', ...Object.keys(SCENARIOS)],
};
const FILES = /^[<[](file|folder|source)[>\]]$/;

/** What may stand after an option of a command. */
export function optionValue({ path }: CommandShape, { long, value }: OptionShape): OptionValue {
  if (value === null) return { kind: 'none' };
  const names = OF_COMMANDS[`${path} ${long}`] ?? EVERYWHERE[long];
  if (names !== undefined) return { kind: 'one-of', names };
  return FILES.test(value) ? { kind: 'file' } : { kind: 'free' };
}

/** What may stand after the options of all commands, by `/ab-test --source`: shells look it up so. */
export function valuesIn(program: CommandShape): ReadonlyMap<string, OptionValue> {
  return new Map(
    commandsIn(program).flatMap((command) =>
      command.options.flatMap((option) =>
        [option.long, option.short]
          .filter((name) => name !== null)
          .map((name) => [`${command.path} ${name}`, optionValue(command, option)] as const),
      ),
    ),
  );
}

/** Whether a command takes a file as its argument. */
export function takesFile(command: CommandShape): boolean {
  return command.arguments.some((argument) => FILES.test(argument) || argument === '<model>');
}
