import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runBinary } from '../run-binary.js';

/** The commands of the code blocks and tables, without what is quoted in them. */
function commandsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const cells = [...text.matchAll(/`(atmr-ml [^`]+)`/g)].map(([, command = '']) => command);
  return [...blocks, ...cells]
    .filter((line) => line.startsWith('atmr-ml '))
    .map((line) => line.replace(/"[^"]*"/g, 'TEXT'));
}

const ENGLISH = commandsOf('docs/runbook.md');

describe('the runbook', () => {
  it('quotes the same commands in both languages', () => {
    expect(ENGLISH.length).toBeGreaterThan(20);
    expect(commandsOf('docs/runbook.fr.md')).toEqual(ENGLISH);
  });

  it.each([...new Set(ENGLISH)])('quotes %s, which there is', async (line) => {
    const words = line.split(' ').slice(1);
    const first = words.findIndex((word) => word.startsWith('--'));
    const names = first === -1 ? words : words.slice(0, first);
    const { exitCode, stdout } = await runBinary([...names, '--help']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: atmr-ml ${names.join(' ')} `));
    for (const option of words.filter((word) => word.startsWith('--')))
      expect(stdout).toMatch(new RegExp(`^ +${option}[ ,]`, 'm'));
  });
});
