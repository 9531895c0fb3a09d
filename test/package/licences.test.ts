import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAllowed, readLicence } from '../../scripts/package/licences.js';
import { foldersOf, listedPackages, thirdPartyLicences } from '../../scripts/package/third-party-licences.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atmr-ml-licences-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A package with one module, whose path it returns. */
function packageOf(name: string, manifest: object, files: Readonly<Record<string, string>> = {}): string {
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  const all = { 'package.json': JSON.stringify({ name, version: '1.2.3', ...manifest }), ...files };
  for (const [file, text] of Object.entries(all)) writeFileSync(join(home, file), text);
  return join(home, 'index.js');
}

function built(...moduleIds: string[]): string {
  const emitted: string[] = [];
  const plugin = thirdPartyLicences('LICENCES.txt');
  plugin.generateBundle.call({ emitFile: ({ source }) => emitted.push(source) }, null, {
    'a.js': { type: 'chunk', moduleIds },
    'b.css': { type: 'asset' },
  });
  return emitted.join('');
}

describe('isAllowed', () => {
  it.each(['MIT', 'ISC', 'BSD-3-Clause', 'Apache-2.0', '(MIT OR GPL-3.0)', 'MIT AND ISC'])(
    'lets %s pass',
    (licence) => {
      expect(isAllowed(licence)).toBe(true);
    },
  );

  it.each(['GPL-3.0', 'AGPL-3.0-only', 'UNKNOWN', 'UNLICENSED', 'MIT AND GPL-3.0', '', 'SEE LICENSE IN x'])(
    'stops %s',
    (licence) => expect(isAllowed(licence)).toBe(false),
  );
});

describe('readLicence', () => {
  it('takes the files of the licence, else what the readme says of it', () => {
    packageOf(
      'a',
      { license: 'MIT' },
      { LICENSE: 'the text\r\n', 'NOTICE.md': 'a notice', 'readme.md': '# License\nno' },
    );
    packageOf(
      'b',
      { licenses: [{ type: 'ISC' }] },
      { 'README.md': '# b\n\n## License\n\nas it is said\n\n## More\n' },
    );
    packageOf('c', { author: { name: 'Ana' } });
    const read = (name: string) => readLicence(join(folder, 'node_modules', name));
    expect(read('a')).toMatchObject({ licence: 'MIT', texts: ['the text', 'a notice'] });
    expect(read('b')).toMatchObject({ licence: 'ISC', texts: ['as it is said'] });
    expect(read('c')).toMatchObject({ licence: 'UNKNOWN', author: 'Ana', texts: [] });
  });
});

describe('the licences of a build', () => {
  it('are of each package that it holds code of, once, and can be read back', () => {
    const scoped = packageOf('@s/a', { license: 'ISC' }, { LICENSE: 'text of a' });
    const plain = packageOf('b', { license: 'MIT', author: 'Ana' });
    const text = built(plain, scoped, join(folder, 'src/own.js'), `${scoped}?query`);
    expect(listedPackages(text)).toEqual([
      { name: '@s/a', version: '1.2.3', licence: 'ISC' },
      { name: 'b', version: '1.2.3', licence: 'MIT' },
    ]);
    expect(text).toContain('text of a');
    expect(text).toContain('By Ana.');
  });

  it('end it for a package that may not be passed on', () => {
    const module = packageOf('c', { license: 'GPL-3.0' });
    expect(() => built(module)).toThrow('c is bundled, and its licence is GPL-3.0');
  });

  it('are of the package inside another one', () => {
    expect(foldersOf(['/p/node_modules/a/node_modules/@s/b/lib/x.js', '\0virtual'])).toEqual([
      '/p/node_modules/a/node_modules/@s/b',
    ]);
  });
});
