import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanUpAfterInterruption } from '../src/interruption.js';
import { openWholeFile, writeWholeFile } from '../src/whole-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, pieces: Iterable<string>) => writeWholeFile(path, '--out', pieces);

describe('writeWholeFile', () => {
  it('leaves the old file as it was, and nothing else, when it breaks off', async () => {
    const path = join(folder, 'bookings.csv');
    writeFileSync(path, 'old');
    const breaking = (function* () {
      yield 'new';
      throw new RangeError('broke off');
    })();
    await expect(write(path, breaking)).rejects.toThrow(RangeError);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['bookings.csv']);
  });

  it('follows a link to the file behind it, and writes through a device', async () => {
    writeFileSync(join(folder, 'real.csv'), 'old');
    symlinkSync(join(folder, 'real.csv'), join(folder, 'link.csv'));
    await write(join(folder, 'link.csv'), ['new']);
    expect(readFileSync(join(folder, 'real.csv'), 'utf8')).toBe('new');
    await write('/dev/null', ['gone']);
    expect(readFileSync('/dev/null', 'utf8')).toBe('');
  });

  it('refuses a folder, and a folder that is not there', async () => {
    await expect(write(folder, ['text'])).rejects.toThrow(/is a folder.*--out/);
    const path = join(folder, 'none', 'a.csv');
    await expect(write(path, ['text'])).rejects.toThrow(
      `${path} cannot be written: ENOENT: no such file or directory. Give --out`,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('writes text and bytes in the order they came', async () => {
    const long = 'é'.repeat(100_000);
    await writeWholeFile(join(folder, 'mixed'), '--out', ['a', Uint8Array.of(0xff), long, Uint8Array.of(0)]);
    const expected = Buffer.concat([Buffer.from('a'), Buffer.of(0xff), Buffer.from(long), Buffer.of(0)]);
    expect(readFileSync(join(folder, 'mixed')).equals(expected)).toBe(true);
  });

  it('says that the disk is full', async () => {
    await expect(write('/dev/full', ['text'])).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/^\/dev\/full cannot be written: .*no space left.*--out/),
    });
  });

  it('leaves nothing behind when the name was taken by a folder meanwhile', async () => {
    const path = join(folder, 'a.csv');
    const file = await openWholeFile(path, '--out');
    await file.write('text');
    mkdirSync(path);
    await expect(file.finish()).rejects.toMatchObject({ code: 'USAGE' });
    await file.abandon();
    expect(readdirSync(folder)).toEqual(['a.csv']);
  });

  it('leaves nothing behind when the user interrupts', async () => {
    const file = await openWholeFile(join(folder, 'a.csv'), '--out');
    await file.write('half');
    expect(readdirSync(folder)).toHaveLength(1);
    cleanUpAfterInterruption();
    expect(readdirSync(folder)).toEqual([]);
    await file.abandon();
  });
});
