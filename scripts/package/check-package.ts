import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packInto } from './pack.js';

/**
 * Whether the tarball is what installers, loaders and compilers expect: publint in its strict mode, then, where the package can be
 * imported, "Are the types wrong?". Ends with 1 for any complaint. Usage: npm run package:check, after a build.
 */
const folder = mkdtempSync(join(tmpdir(), 'atmr-ml-packed-'));
process.exitCode = 1;
try {
  const tarball = packInto(folder);
  const complaints = await publintSays(tarball);
  for (const complaint of complaints) process.stderr.write(`publint: ${complaint}\n`);
  process.stdout.write(`publint: ${complaints.length} complaints\n`);
  const typed = canBeImported() ? typesFit(tarball) : null;
  if (typed === null) process.stdout.write('attw: nothing to look at, the package has only a program\n');
  process.exitCode = complaints.length === 0 && typed !== false ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

async function publintSays(tarball: string): Promise<string[]> {
  const bytes = readFileSync(tarball);
  const { messages, pkg = {} } = await publint({
    pack: { tarball: new Uint8Array(bytes).buffer },
    strict: true,
  });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}

function canBeImported(): boolean {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
  return ['exports', 'main', 'types'].some((key) => key in manifest);
}

function typesFit(tarball: string): boolean {
  // The library is ES modules alone, for Node 20: `require` and the resolution of Node 10 are not served.
  const { status } = spawnSync('attw', [tarball, '--profile', 'esm-only'], { stdio: 'inherit' });
  return status === 0;
}
