import { describe, expect, it } from 'vitest';
import { openLiveScreen, type ScreenDevice, type ScreenEvents } from '../src/live-screen.js';
import { emulate } from './terminal-emulator.js';

const SIZE = { columns: 20, rows: 5 };

/** A screen on a device that only remembers what is written there. */
function screenOn(line: () => string) {
  let bytes = '';
  let told: ScreenEvents | null = null;
  const calls: string[] = [];
  const device: ScreenDevice = {
    size: () => SIZE,
    write: (text) => (bytes += text),
    interrupt: () => calls.push('interrupt'),
    suspend: () => calls.push('suspend'),
    listen(events) {
      told = events;
      return () => calls.push('silence');
    },
  };
  const screen = openLiveScreen(device, () => screen.draw([line()]), '…');
  return { screen, calls, events: () => told!, seen: () => emulate(bytes, SIZE), bytes: () => bytes };
}

describe('openLiveScreen', () => {
  it('gives the terminal back once, whatever ends it, with the last frame', () => {
    const { screen, events, seen, bytes } = screenOn(() => 'one');
    screen.draw(['one', 'two']);
    expect(seen()).toMatchObject({ alternate: true, cursorShown: false });
    events().exit();
    const written = bytes();
    screen.close();
    screen.draw(['three']);
    expect(bytes()).toBe(written);
    expect(seen()).toMatchObject({ alternate: false, cursorShown: true });
    expect(seen().lines[0]).toBe('one');
  });

  it('is away while the shell has the terminal, and is drawn anew when it is back', () => {
    const { screen, events, seen, calls } = screenOn(() => 'later');
    screen.draw(['before']);
    events().key('\u001A');
    expect([seen().alternate, calls]).toEqual([false, ['suspend']]);
    screen.draw(['meanwhile']);
    expect(seen().lines.join()).not.toContain('meanwhile');
    events().resumed();
    events().resumed();
    expect(seen()).toMatchObject({ alternate: true, lines: ['later', '', '', '', ''] });
  });

  it('takes the keys: Ctrl-C, Ctrl-L, q; others do nothing', async () => {
    const { screen, events, bytes, calls } = screenOn(() => 'x');
    screen.draw(['x']);
    const before = bytes().length;
    events().key('a');
    expect(bytes().length).toBe(before);
    events().key('\f');
    expect(bytes().slice(before)).toContain('x');
    events().key('\u0003');
    expect(calls).toEqual(['interrupt']);
    events().key('q');
    await screen.left;
  });
});
