import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { whoDidWhat } from '../src/flag/conflict.js';
import { wallOf } from '../src/flag/wall-time.js';
import { harmless, oneLine } from '../src/one-line.js';

const HOSTILE = 'x\u001b[2J pwn\nStore postgres: FAKE line\u202e\u0007\r\u001b]0;title\u0007\u009b31m';

describe('what somebody wrote, on a terminal', () => {
  it('is one line, without anything that a terminal would obey', () => {
    expect(oneLine(HOSTILE, 300)).toBe('x [2J pwn Store postgres: FAKE line ]0;title 31m');
    const wall = wallOf({ timeZone: 'Europe/Zurich', clock: { nowMs: () => 0, monotonicMs: () => 0 } });
    const change = { by: 'eve\u001b[31m', at: new Date(0).toISOString(), reason: HOSTILE };
    const told = whoDidWhat({ ...change, action: 'activate', percentage: 5 }, wall);
    expect(told).toMatch(/^eve \[31m set 5 % at \d\d:\d\d \(“x \[2J pwn Store postgres: FAKE line/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there has to be none
    expect(told).not.toMatch(/[\0-\u001f\u007f-\u009f\u202e]/);
  });

  it('can do nothing though it comes another way: colours, breaks and tabs are all that is left', () => {
    expect(harmless('\u001b[1mbold\u001b[22m\n\tindented é 🚑')).toBe(
      '\u001b[1mbold\u001b[22m\n\tindented é 🚑',
    );
    expect(harmless('a\u001b[2Jb\u0007c\rd\u202ee')).toBe('a\ufffd[2Jb\ufffdc\ufffdd\ufffde');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: there has to be none
        expect(harmless(text)).not.toMatch(/\u001b(?!\[[\d;]*m)|[\0-\u0008\u000b-\u001a\u007f-\u009f]/);
      }),
    );
  });
});
