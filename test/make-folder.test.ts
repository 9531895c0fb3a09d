import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, PRIVATE } from '../src/make-folder.js';
import { temporaryFolder } from './servers/process.js';

describe('a private folder', () => {
  const folder = temporaryFolder('folders');

  it('is made with those above it, and may be there already', () => {
    const path = join(folder, 'a', 'b', 'c');
    makeFolder(path, PRIVATE);
    makeFolder(path, PRIVATE);
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });

  it('is refused in the place of a file, or below one', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(join(file, 'b'))).toThrow('ENOTDIR');
  });

  // Node's own recursive mkdir never returns from it.
  it.runIf(process.platform === 'linux')('is refused where the system takes no names', () => {
    expect(() => makeFolder('/proc/none/of/these')).toThrow('ENOENT');
  });
});
