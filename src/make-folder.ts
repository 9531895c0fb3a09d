import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder that only this user may enter, with those above it. Throws what the system says. Node's own recursion
 * tries for ever where a folder that is there answers ENOENT: on /proc, or mounted from a folder that was removed since.
 */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (isFolder(path)) return;
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (!isMissing || isFolder(dirname(path))) throw thrown;
    makePrivateFolder(dirname(path));
    makeLast(path);
  }
}

/** Somebody else may have made it meanwhile. */
function makeLast(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (thrown) {
    if (!isFolder(path)) throw thrown;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
