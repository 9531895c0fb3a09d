import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

/** A folder of the build. */
const LIBRARY = 'lib';
const CONFIGS = ['tsdown.config.ts', 'tsdown.dashboard.config.ts', 'tsdown.library.config.ts'];
const SOURCES = ['bin', 'commands', 'src', 'package.json', 'scripts/build.ts', ...CONFIGS];
const BUILD_FOLDER = 'dist';
/** What processes are started with; everything else in the build has its content's hash in its name. */
const ENTRIES = ['onnxruntime-process.js', 'atmr-ml.js'];
const LIBRARY_ENTRIES = ['library.mjs', 'openfeature.mjs'];
const PROGRAM = join(BUILD_FOLDER, 'atmr-ml.js');

/** Builds the binary where its sources are newer, so that the tests that spawn it run the code they stand beside. */
export default function build(): void {
  // Where it is set, each of the thousand processes of a test run reads all of the world's certificates first.
  delete process.env.NODE_EXTRA_CA_CERTS;
  const startedMs = Date.now();
  if (existsSync(PROGRAM) && changedMs() < statSync(PROGRAM).mtimeMs) return;
  const folder = join('node_modules/.cache', `build-${process.pid}`);
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts', folder], { stdio: 'inherit' });
  moveIntoPlace(folder);
  // A source that changed during the build is newer than it.
  utimesSync(PROGRAM, new Date(startedMs), new Date(startedMs));
}

/** Other test runs go on with the build that is there: its chunks stay, and the entries change last and at once. */
function moveIntoPlace(folder: string): void {
  if (!existsSync(BUILD_FOLDER)) {
    renameSync(folder, BUILD_FOLDER);
    return;
  }
  const inLibrary = (names: readonly string[]) => names.map((name) => join(LIBRARY, name));
  const entries = [...inLibrary(LIBRARY_ENTRIES), ...ENTRIES];
  const all = [...readdirSync(folder), ...inLibrary(readdirSync(join(folder, LIBRARY)))];
  const chunks = all.filter((name) => name !== LIBRARY && !entries.includes(name));
  mkdirSync(join(BUILD_FOLDER, LIBRARY), { recursive: true });
  for (const name of [...chunks, ...entries]) renameSync(join(folder, name), join(BUILD_FOLDER, name));
  rmSync(folder, { recursive: true });
}

/** When a source changed last. Folders count: they change when a file goes. */
function changedMs(): number {
  const paths = SOURCES.flatMap((source) => {
    if (!statSync(source).isDirectory()) return [source];
    return [
      source,
      ...readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => join(source, name)),
    ];
  });
  return Math.max(...paths.map((path) => statSync(path).mtimeMs));
}
