import { expect } from 'vitest';
import { runBinary } from '../run-binary.js';

/**
 * Expects a command line as a page quotes it to be one of the program's: the subcommand is there, takes arguments where
 * some are given, and has each option.
 */
export async function expectCommand(line: string): Promise<void> {
  const words = line
    .replace(/"[^"]*"/g, 'TEXT')
    .split(' ')
    .slice(1);
  const firstOption = words.findIndex((word) => word.startsWith('-'));
  const names = firstOption === -1 ? words : words.slice(0, firstOption);
  const help = await helpOf(names);
  for (const option of words.filter((word) => word.startsWith('--')))
    expect(help, `${line}: ${option}`).toMatch(new RegExp(`^ +(-\\w, )?${option}[ ,\n]`, 'm'));
}

const helps = new Map<string, Promise<string>>();

/** What `--help` says of a command; what follows its name has to be an argument that it takes. */
async function helpOf(names: readonly string[]): Promise<string> {
  const line = names.join(' ');
  const help = helps.get(line) ?? askHelp(names);
  helps.set(line, help);
  return await help;
}

async function askHelp(names: readonly string[]): Promise<string> {
  const { exitCode, stdout } = await runBinary([...names, '--help']);
  expect(exitCode, names.join(' ')).toBe(0);
  const [, usage = '', takes = ''] = /^Usage: (.+?) \[options\](.*)$/m.exec(stdout) ?? [];
  const named = usage.split(' ').slice(1);
  expect(names.slice(0, named.length), names.join(' ')).toEqual(named);
  const isTaken = names.length === named.length || /^ [<[](?!command)/.test(takes);
  expect(isTaken, `${names.join(' ')} takes ${takes || 'nothing'}`).toBe(true);
  return stdout;
}

/** The command lines of a page's code blocks and tables, without what is quoted in them. */
export function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const cells = [...text.matchAll(/`((?:docker exec atmr-api-1 )?atmr-ml [^`]+)`/g)].map(
    ([, command = '']) => command,
  );
  return [...blocks, ...cells]
    .map((line) => line.trim().replace(/^docker exec (-it )?atmr-api-1 /, ''))
    .filter((line) => line.startsWith('atmr-ml ') && !line.includes('…'))
    .map((line) => line.replace(/"[^"]*"/g, 'TEXT').replace(/ #.*$/, ''));
}
