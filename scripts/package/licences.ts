import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package on this disk, and under which licence it may be passed on. */
export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** Who made it, as it says; empty where it does not. */
  readonly author: string;
  /** An SPDX expression; `UNKNOWN` where the package names none. */
  readonly licence: string;
  /** Its licence and notice files, in the order of their names, else what its readme says of it; empty where it ships none. */
  readonly texts: readonly string[];
}

/** They ask for their text and their copyright to be passed on, and for nothing else. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);
const FILES = /^(licen[cs]e|copying|notice)([.-].*)?$/i;
const README = /^readme(\.|$)/i;
const IN_README = /^#+ licen[cs]e\s*$([^#]*)/im;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly author?: string | { readonly name: string };
  readonly license?: string | { readonly type: string };
  readonly licenses?: readonly { readonly type: string }[];
}

/** Reads the package in `folder`: what its package.json says, and its licence files. */
export function readLicence(folder: string): LicensedPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, author = '', license, licenses } = manifest;
  const one = typeof license === 'object' ? license.type : license;
  const licence = one ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'UNKNOWN';
  return {
    ...{ name, version, licence, texts: textsIn(folder) },
    author: typeof author === 'object' ? author.name : author,
  };
}

function textsIn(folder: string): string[] {
  const names = readdirSync(folder).sort();
  const files = names.filter((name) => FILES.test(name));
  if (files.length > 0) return files.map((name) => textOf(join(folder, name)));
  return names
    .filter((name) => README.test(name))
    .flatMap((name) => IN_README.exec(textOf(join(folder, name)))?.[1]?.trim() ?? []);
}

function textOf(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n').trim();
}

/** Whether it may be passed on: of `A OR B` one has to be allowed, of `A AND B` both. Brackets are not understood. */
export function isAllowed(licence: string): boolean {
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one)));
}
