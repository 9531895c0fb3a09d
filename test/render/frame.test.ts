import { describe, expect, it } from 'vitest';
import { cutToColumns, displayWidth, inOneLine } from '../../src/render/display-width.js';
import { fittedFrame, frameUpdate } from '../../src/render/frame.js';
import { terminalStyle } from '../../src/render/style.js';
import { emulate } from '../terminal-emulator.js';

const { good } = await terminalStyle(true);

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['plain', 5],
    [good('plain'), 5],
    ['▁▂█ – “é”', 9],
    ['e\u0301', 1],
    ['東京', 4],
    ['한국', 4],
    ['ｶﾅ', 2],
    ['👍🏽', 2],
    ['👩‍👩‍👧', 2],
    ['🇨🇭', 2],
  ])('of %j is %d', (text, width) => expect(displayWidth(text)).toBe(width));
});

describe('cutToColumns', () => {
  it.each([
    ['fits', 4, 'fits'],
    ['too long', 4, 'too…'],
    ['東京都', 5, '東京…'],
    ['東京都', 4, '東…'],
    ['a\tb\r\nc\u0007', 9, 'a b  c '],
    ['x\u001B[2Jy\u001B]0;title\u0007z', 9, 'xyz'],
  ])('%j in %d columns is %j', (text, columns, line) => expect(cutToColumns(text, columns, '…')).toBe(line));

  it('ends the colours that it cuts off', () => {
    const cut = cutToColumns(`${good('green')} plain`, 4, '…');
    expect(inOneLine(cut)).toBe('gre…');
    expect(cut.endsWith('\u001B[0m…')).toBe(true);
  });

  it('is never wider than asked, whatever is in it', () => {
    const hostile = `${good('東')}é👩‍👩‍👧\u001B[31m${'x'.repeat(50)}\u001B[5;5H🇨🇭`;
    for (let columns = 1; columns < 70; columns++)
      expect(displayWidth(cutToColumns(hostile, columns, '…'))).toBeLessThanOrEqual(columns);
  });
});

describe('fittedFrame', () => {
  const lines = Array.from({ length: 200 }, (_, i) => `line ${i + 1}`);

  it('says how many lines have no room', () => {
    const frame = fittedFrame(lines, { columns: 80, rows: 10 }, '…');
    expect(frame).toEqual([...lines.slice(0, 9), '… 191 lines not shown']);
  });

  it.each([1, 2, 199, 200, 201])('is never higher than %d rows', (rows) => {
    const frame = fittedFrame(lines, { columns: 9, rows }, '…');
    expect(frame).toHaveLength(Math.min(rows, 200));
  });
});

describe('frameUpdate', () => {
  const size = { columns: 8, rows: 4 };
  const frames = [
    ['one', 'two', 'three'],
    ['one', '2', 'three'],
    ['12345678', '2'],
    [],
    ['a', 'b', 'c', 'd'],
  ];

  it('makes of what is on the screen what should be there, and scrolls nothing', () => {
    let bytes = '';
    let before: string[] = [];
    for (const frame of frames) {
      bytes += frameUpdate(before, frame, size.columns);
      before = frame;
      const { lines, scrolls } = emulate(bytes, size);
      expect(lines).toEqual([...frame, '', '', '', ''].slice(0, size.rows));
      expect(scrolls).toBe(0);
    }
  });

  it('writes only the lines that differ, in one go', () => {
    expect(frameUpdate(['one', 'two'], ['one', '2'], 8)).toBe(
      '\u001B[?2026h\u001B[2;1H2\u001B[K\u001B[?2026l',
    );
    expect(frameUpdate(['one', 'two'], ['one', 'two'], 8)).toBe('');
  });
});
