import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addChangeOptions, readChangeOptions } from '../../src/change-options.js';
import { readConfig } from '../../src/config.js';

function optionsOf(...args: readonly string[]) {
  const command = addChangeOptions(new Command()).exitOverride();
  command.parse(args, { from: 'user' });
  return readChangeOptions(command);
}

describe('who changes the flag', () => {
  it('is given, or left to the system, and never empty', () => {
    expect(optionsOf('--by', 'ana').by).toBe('ana');
    expect(optionsOf().by).toBeNull();
    for (const by of ['', '  ']) {
      expect(() => optionsOf('--by', by)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    }
  });
});

describe('the key of --flag', () => {
  it.each(['ml-delay-prediction', 'a.b_C-9', 'k'.repeat(100)])('takes "%s"', async (key) => {
    expect((await readConfig(undefined, key)).flagKey).toBe(key);
  });

  it.each(['', ' ', 'a/b', 'é', '.', '..', 'k\n', 'k'.repeat(101)])('refuses "%s"', async (key) => {
    await expect(readConfig(undefined, key)).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('expected 1 to 100 letters'),
    });
  });
});
