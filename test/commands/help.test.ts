import type { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describeProgram } from '../../bin/describe.js';
import { processTerminal } from '../../src/terminal.js';

const runner = { terminal: processTerminal({ colour: false }), setExitCode: () => {} };

/** The command, its subcommands and theirs, with the path of each. */
function withSubcommands(command: Command, path: string): [string, Command][] {
  const own = command.commands.flatMap((sub) => withSubcommands(sub, `${path} ${sub.name()}`));
  return [[path, command], ...own];
}

function helpOf(command: Command, columns = 80): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => columns });
  command.outputHelp();
  return text;
}

const all = (await describeProgram(['help'], runner)).commands.flatMap((command) =>
  withSubcommands(command, command.name()),
);

it('describes every command', () => expect(all.length).toBeGreaterThan(30));

it.each(all)('%s --help shows examples of it', (path, command) => {
  expect(helpOf(command)).toMatch(new RegExp(`Examples:\\n(?:  .*\\n)*  .*\\batmr-ml ${path}\\b`));
});

it('shows examples where a family is asked for alone', async () => {
  const program = await describeProgram(['model', '--help'], runner);
  expect(helpOf(program.commands[0]!)).toContain('Examples:\n  atmr-ml model list\n');
});

describe('after a mistake', () => {
  async function saidOf(...args: readonly string[]): Promise<string> {
    const parts: string[] = [];
    const notice = (part: string) => void parts.push(`${part.trimEnd()}\n`);
    const terminal = { ...runner.terminal, notice };
    const program = await describeProgram(args, { ...runner, terminal });
    await program.parseAsync(args, { from: 'user' }).catch(() => {});
    return parts.join('');
  }

  it.each([
    [['nosuch'], 'atmr-ml --help'],
    [['model', 'use'], 'atmr-ml model use --help'],
    [['status', 'extra'], 'atmr-ml status --help'],
  ])('%j leads to the help', async (args, help) => {
    expect(await saidOf(...args)).toMatch(new RegExp(`^error: .*\\nMore: \`${help}\`\\n$`));
  });

  it('leaves it at what was meant, where that is known', async () => {
    expect(await saidOf('status', '--watchh')).toBe(
      "error: unknown option '--watchh'\n(Did you mean --watch?)\n",
    );
  });
});

describe('in French', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.resetModules());

  it('breaks no line before a mark', async () => {
    // Loaded anew: what a command says of itself is in the language of when it is loaded.
    const { speak } = await import('../../src/wording/language.js');
    await speak('fr');
    const { describeProgram: describeAnew } = await import('../../bin/describe.js');
    const program = await describeAnew(['ab-test', '--help'], runner);
    const text = helpOf(program.commands[0]!);
    expect(text).toContain('Exemples\u00A0:\n');
    expect(text).toMatch(/\(par\s+défaut\u00A0: fail\)/);
    expect(text).not.toMatch(/^\s+[:;!?%»]/m);
  });
});
