import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf } from '../errors.js';
import { type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import type { DoctorContext } from './context.js';

const LEAST_FREE_MB = 50;
const FEW_FREE_MB = 1024;
const MB = 1024 ** 2;

/** Where the embedded data, the forced offs and the last known good state are. */
export function homeChecks({ config: { home } }: DoctorContext): PlannedCheck[] {
  return [
    { name: 'home', expected: 'a folder that this user may write', look: () => writable(home) },
    { name: 'disk space', expected: `more than ${FEW_FREE_MB} MB free`, look: () => freeSpace(home) },
  ];
}

/** Whether the folder can be written, found out by writing. */
export async function writable(home: string): Promise<Finding> {
  const probe = join(home, `.doctor-${randomUUID()}`);
  try {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await writeFile(probe, 'atmr-ml doctor', { flag: 'wx' });
    return ok(`${home} may be written`);
  } catch (thrown) {
    // The right is there; that the room is not is what the next check is about.
    if (isFull(thrown)) return ok(`${home} may be written, but is full`);
    return fail(
      `${home} cannot be written: ${reasonOf(thrown)}`,
      'Set ATMR_ML_HOME to a folder that this user may write, or change its owner.',
    );
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

async function freeSpace(home: string): Promise<Finding> {
  const place = await nearestFolder(home);
  if (place === null) return unknown(`there is no folder above ${home}`);
  const { bavail, bsize } = await statfs(place);
  const freeMb = (bavail * bsize) / MB;
  const found = `${freeMb < 10 ? freeMb.toFixed(1) : Math.round(freeMb)} MB free at ${home}`;
  if (freeMb > FEW_FREE_MB) return ok(found);
  const remedy = 'Make room there, or set ATMR_ML_HOME to another disk.';
  return freeMb > LEAST_FREE_MB ? warn(found, remedy) : fail(found, remedy);
}

function isFull(thrown: unknown): boolean {
  return (
    thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOSPC' || thrown.code === 'EDQUOT')
  );
}

/** The folder itself may not be there yet. */
async function nearestFolder(path: string): Promise<string | null> {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await statfs(folder).then(
      () => true,
      () => false,
    );
    if (found) return folder;
    if (dirname(folder) === folder) return null;
  }
}
