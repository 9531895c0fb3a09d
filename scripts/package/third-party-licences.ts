import { isAllowed, type LicensedPackage, readLicence } from './licences.js';

/** What this needs of a bundler's plugin. */
interface BundledChunk {
  readonly type: string;
  readonly moduleIds?: readonly string[];
}

/**
 * A plugin that writes `fileName` beside the bundle: every package of which the bundle holds code, with its licence
 * texts. It ends the build for a package whose licence does not let it be passed on, or is not known.
 */
export function thirdPartyLicences(fileName: string) {
  return {
    name: 'third-party-licences',
    generateBundle(
      this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown },
      _options: unknown,
      bundle: Readonly<Record<string, BundledChunk>>,
    ) {
      const modules = Object.values(bundle).flatMap(({ moduleIds = [] }) => moduleIds);
      const packages = oncePerVersion(foldersOf(modules).map(readLicence));
      for (const { name, licence } of packages) {
        if (!isAllowed(licence)) throw new Error(`${name} is bundled, and its licence is ${licence}`);
      }
      this.emitFile({ type: 'asset', fileName, source: describe(packages) });
    },
  };
}

/** The folders of the packages that the modules are from, each once. */
export function foldersOf(modules: readonly string[]): string[] {
  const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  return [...new Set(folders)];
}

function oncePerVersion(packages: readonly LicensedPackage[]): LicensedPackage[] {
  const byName = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function describe(packages: readonly LicensedPackage[]): string {
  const parts = packages.map(({ name, version, licence, author, texts }) => {
    const said =
      texts.length > 0 ? texts.join('\n\n') : `By ${author}. Its package holds no more text of its licence.`;
    return `${name}@${version} (${licence})\n\n${said}\n`;
  });
  return [HEAD, ...parts].join(`\n${RULE}\n`);
}

const RULE = '-'.repeat(80);
const HEAD = 'The files beside this one hold code of these packages, each under its own licence.\n';

/** The packages that such a file lists. */
export function listedPackages(text: string): { name: string; version: string; licence: string }[] {
  return text
    .split(`\n${RULE}\n`)
    .slice(1)
    .map((part) => {
      const [, name = '', version = '', licence = ''] = /^(\S+)@(\S+) \((.+)\)$/m.exec(part) ?? [];
      return { name, version, licence };
    });
}
