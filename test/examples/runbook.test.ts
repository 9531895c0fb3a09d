import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandsOf, expectCommand } from './quoted-commands.js';
import { structureOf } from './structure.js';

const ENGLISH = readFileSync('docs/runbook.md', 'utf8');
const FRENCH = readFileSync('docs/runbook.fr.md', 'utf8');

describe('the runbook', () => {
  it('quotes the same commands in both languages', () => {
    expect(commandsOf(ENGLISH).length).toBeGreaterThan(90);
    expect(commandsOf(FRENCH)).toEqual(commandsOf(ENGLISH));
  });

  it('has the same headings, blocks and tables in both languages', () => {
    expect(structureOf(ENGLISH).length).toBeGreaterThan(60);
    expect(structureOf(FRENCH)).toEqual(structureOf(ENGLISH));
  });

  it.each([...new Set(commandsOf(ENGLISH))])('quotes %s, which there is', expectCommand);
});
