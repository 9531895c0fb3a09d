import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** For folders that only this user may enter. */
export const PRIVATE = 0o700;
const AS_USUAL = 0o777;

/**
 * Makes a folder with those above it, where they are missing. Throws what the system says. Node's own recursion tries
 * for ever where a folder that is there answers ENOENT: on /proc, or mounted from a folder that was removed since.
 */
export function makeFolder(path: string, mode: number = AS_USUAL): void {
  try {
    mkdirSync(path, { mode });
  } catch (thrown) {
    if (isFolder(path)) return;
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (!isMissing || isFolder(dirname(path))) throw thrown;
    makeFolder(dirname(path), mode);
    makeLast(path, mode);
  }
}

/** Somebody else may have made it meanwhile. */
function makeLast(path: string, mode: number): void {
  try {
    mkdirSync(path, { mode });
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
