import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { reasonOf } from '../errors.js';
import { makeFolder, PRIVATE } from '../make-folder.js';
import { decimal } from '../render/number.js';
import { t } from '../wording/t.js';
import { type Finding, fail, ok, type PlannedCheck, unknown, warn } from './check.js';
import type { DoctorContext } from './context.js';

const LEAST_FREE_MB = 50;
const FEW_FREE_MB = 1024;
const MB = 1024 ** 2;

/** Where the embedded data, the forced offs and the last known good state are. */
export function homeChecks({ config: { home } }: DoctorContext): PlannedCheck[] {
  return [
    { name: 'home', expected: t`a folder that this user may write`, look: () => writable(home) },
    { name: 'disk space', expected: t`more than ${FEW_FREE_MB} MB free`, look: () => freeSpace(home) },
  ];
}

/** Whether the folder can be written, found out by writing. */
export async function writable(home: string): Promise<Finding> {
  const refusal = await refusalToWrite(home);
  if (refusal === null) return ok(t`${home} may be written`);
  // The right is there; that the room is not is what the next check is about.
  if (isFull(refusal)) return ok(t`${home} may be written, but is full`);
  return fail(
    t`${home} cannot be written: ${reasonOf(refusal)}`,
    t`Set ATMR_ML_HOME to a folder that this user may write, or change its owner.`,
  );
}

/** Whether a file can be made there. */
export async function takesFiles(home: string): Promise<boolean> {
  return (await refusalToWrite(home)) === null;
}

/** What the system threw at a small file; `null` when it took it. */
async function refusalToWrite(home: string): Promise<unknown> {
  const probe = join(home, `.doctor-${randomUUID()}`);
  try {
    makeFolder(home, PRIVATE);
    await writeFile(probe, 'atmr-ml doctor', { flag: 'wx' });
    return null;
  } catch (thrown) {
    return thrown;
  } finally {
    await rm(probe, { force: true }).catch(() => {});
  }
}

async function freeSpace(home: string): Promise<Finding> {
  const place = await nearestFolder(home);
  if (place === null) return unknown(t`there is no folder above ${home}`);
  const { bavail, bsize } = await statfs(place);
  const refusal = await refusalToWrite(home);
  return room(home, (bavail * bsize) / MB, isFull(refusal) ? reasonOf(refusal) : null);
}

/** Quotas, limits of the process and a disk out of inodes refuse a file where bytes are free: `refusal` counts first. */
export function room(home: string, freeMb: number, refusal: string | null): Finding {
  const free = t`${freeMb < 10 ? decimal(freeMb, 1) : Math.round(freeMb)} MB free at ${home}`;
  const remedy = t`Make room there, or set ATMR_ML_HOME to another disk.`;
  if (refusal !== null) return fail(t`${free}, but no file can be written: ${refusal}`, remedy);
  if (freeMb > FEW_FREE_MB) return ok(free);
  return freeMb > LEAST_FREE_MB ? warn(free, remedy) : fail(free, remedy);
}

/** No room on the disk, in the user's quota, or in what this process may write. */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

function isFull(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && FULL.has(thrown.code);
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
