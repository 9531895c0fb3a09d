import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const text = readFileSync('docs/architecture.md', 'utf8');

describe('the picture of the code', () => {
  const folders = readdirSync('src', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

  it.each(folders)('names src/%s/', (name) => {
    expect(text).toContain(`\`src/${name}/\``);
  });

  it('names no folder and no file of src that there is not', () => {
    const named = [...text.matchAll(/`((?:src|test|bin|commands)\/[\w./-]*)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(folders.length);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
    // Files of a folder that the sentence before has named.
    const places = [
      'src',
      'bin',
      ...folders.map((name) => join('src', name)),
      'src/alerts',
      'src/http/routes',
    ];
    const files = [...text.matchAll(/`([\w/-]+\.tsx?)`/g)].map(([, file = '']) => file);
    expect(
      files.filter((file) => !places.some((place) => existsSync(join(place, file))) && !existsSync(file)),
    ).toEqual([]);
  });
});
