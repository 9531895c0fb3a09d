import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fits, normal, recordedBlocks, withBlocks } from './recorded-blocks.js';
import { takeTour } from './tour.js';

const blocks = recordedBlocks(readFileSync('README.md', 'utf8'));

describe('the tour of the README', () => {
  // Some twenty commands, one after the other, beside all the other tests.
  it('shows what the program writes; `npm run docs:record` writes it anew', {
    timeout: 900_000,
  }, async () => {
    expect(blocks.length).toBeGreaterThan(8);
    const written = await takeTour(blocks);
    const unlike = blocks.filter(({ name, content }) => !fits(content, written.get(name)!));
    const shown = unlike.map(({ name, content }) => `${name}: ${normal(content)}`);
    expect(shown).toEqual(unlike.map(({ name }) => `${name}: ${normal(written.get(name)!)}`));
  });
});

describe('a recorded block', () => {
  const written = '$ atmr-ml status\nInstance vm-12-0123abcd: live, seen 0 s ago\nat 16:28\nStore: 3\n';

  it.each([
    ['Instance vm-9-9999abcd: live, seen 2 s ago\nat 09:10\nStore: 3', true],
    ['Instance vm-9-9999abcd: live, seen 2 s ago\n…\nStore: 3', true],
    ['Instance vm-9-9999abcd: live, …', true],
    ['Instance vm-9-9999abcd: live, seen 2 s ago\nat 09:10\nStore: 4', false],
    ['Instance vm-9-9999abcd: live, seen 2 s ago\nat 09:10', false],
    ['Instance vm-9-9999abcd: gone, …', false],
  ])('of %j: %s', (shown, does) => {
    expect(fits(`$ atmr-ml status\n${shown}\n`, written)).toBe(does);
  });

  it('is replaced by its name, and the rest of the text stays', () => {
    const text = 'a\n<!-- recorded: one -->\n```\nold\n```\nb\n```\nnot recorded\n```\n';
    expect(recordedBlocks(text)).toEqual([{ name: 'one', content: 'old\n' }]);
    expect(withBlocks(text, new Map([['one', 'new\n']]))).toBe(text.replace('old', 'new'));
  });
});
