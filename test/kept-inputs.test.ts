import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseOverwriting } from '../src/kept-inputs.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
  writeFileSync(join(folder, 'a.csv'), 'x');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('refuseOverwriting', () => {
  it('names both when an output is an input, also through a link and another spelling', async () => {
    symlinkSync(join(folder, 'a.csv'), join(folder, 'link.csv'));
    for (const path of [`${folder}/a.csv`, `${folder}/link.csv`, `${folder}/./a.csv`]) {
      const refusal = refuseOverwriting({ '--csv': path }, { '--source': join(folder, 'a.csv') });
      await expect(refusal).rejects.toMatchObject({
        code: 'USAGE',
        message: `--csv would overwrite ${path}, which is --source. Give --csv another file.`,
      });
    }
  });

  it('lets pass what is not there, standard input, and other files', async () => {
    const inputs = { '--source': '-', '--model': join(folder, 'a.csv') };
    await refuseOverwriting({ '--csv': join(folder, 'new.csv'), '--out': undefined }, inputs);
    writeFileSync(join(folder, 'b.csv'), 'x');
    await refuseOverwriting({ '--csv': join(folder, 'b.csv') }, inputs);
  });
});
