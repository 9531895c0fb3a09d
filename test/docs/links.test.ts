import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../bin/commands.js';
import { describeProgram } from '../../bin/describe.js';
import { processTerminal } from '../../src/terminal.js';

const files = [
  'README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('links to files and headings that there are', () => {
    const broken = linksOf(text).filter((link) => !resolves(file, link));
    expect(broken).toEqual([]);
  });

  it('quotes commands and options that there are', async () => {
    const faults = await Promise.all(commandLinesOf(text).map(async (line) => [line, await faultOf(line)]));
    expect(faults.filter(([, fault]) => fault !== null)).toEqual([]);
  });
});

describe('the look at a command line', () => {
  it.each([
    ['rollout start --yes', null],
    ['rollout strat', 'rollout has no strat'],
    ['activate --persentage 5', 'activate has no --persentage'],
    ['enable', 'there is no enable'],
    ['--version', null],
  ])('atmr-ml %s: %s', async (line, fault) => {
    expect(await faultOf(`atmr-ml ${line}`)).toBe(fault);
  });

  it('finds them in blocks and in code, without what else is in the line', () => {
    const block = '```sh\n$ REDIS_URL=x npx atmr-ml serve --port 1 &\nsudo atmr-ml guard | jq .\n```\n';
    expect(commandLinesOf(`${block}As \`atmr-ml status --json\`, atmr-ml is.`)).toEqual([
      'atmr-ml serve --port 1',
      'atmr-ml guard',
      'atmr-ml status --json',
    ]);
  });
});

/** Relative ones; what stands in a block of code is none. */
function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]+`/g, 'code');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^\w+:/.test(link));
}

function resolves(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(target)) return false;
  if (anchor === undefined || statSync(target).isDirectory()) return true;
  return anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
}

/** As GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

const END_OF_COMMAND = /\s(?:[|&;<>]|\d>|#|&&|\|\|).*$|`.*$/;

/** Every `atmr-ml …` of the blocks and of code in a line, to the end of its command. */
function commandLinesOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n'),
  );
  const inBlocks = blocks.flatMap(
    (line) => /^(?:[#$>] )?(?:\S+=\S+ |sudo |npx )*(atmr-ml .*)$/.exec(line)?.[1] ?? [],
  );
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');
  const inProse = [...prose.matchAll(/`(?:\S+=\S+ |npx )*(atmr-ml [^`]+)`/g)].map(([, line = '']) => line);
  return [...inBlocks, ...inProse].map((line) => ` ${line}`.replace(END_OF_COMMAND, '').trim());
}

/** What is wrong with a line, by the definitions of the commands; `null` when nothing is. */
async function faultOf(line: string): Promise<string | null> {
  const words = line
    .replace(/"[^"]*"|'[^']*'/g, 'TEXT')
    .split(/\s+/)
    .slice(1);
  const [name = '', subname = ''] = words;
  if (name === '' || !/^[a-z]/.test(name)) return null;
  const command = (await commands()).get(name);
  if (command === undefined) return name === 'help' ? null : `there is no ${name}`;
  const below = command.commands.find((one) => one.name() === subname);
  const isNamed = command.commands.length > 0 && /^[a-z][a-z0-9-]*$/.test(subname);
  if (below === undefined && isNamed) return `${name} has no ${subname}`;
  const known = [...(below ?? command).options, ...(below === undefined ? [] : command.options)];
  const named = known.flatMap(({ long, short }) => [long, short]);
  const options = words
    .filter((word) => /^--?[a-z]/.test(word))
    .map((word) => word.replace(/[=,.:;)\]].*$/, ''));
  const unknown = options.find((option) => !['--help', '-h', ...named].includes(option));
  return unknown === undefined
    ? null
    : `${[name, below?.name()].filter(Boolean).join(' ')} has no ${unknown}`;
}

let described: Promise<ReadonlyMap<string, Command>> | null = null;

/** Every command with all its options. */
function commands(): Promise<ReadonlyMap<string, Command>> {
  described ??= (async () => {
    const runner = { terminal: processTerminal({ colour: false }), setExitCode: () => {} };
    const program = await describeProgram(['help'], runner);
    return new Map(COMMAND_NAMES.map((name) => [name, program.commands.find((one) => one.name() === name)!]));
  })();
  return described;
}
