import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packageFolder } from '../config.js';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';

/** A file that the page loads, ready to be sent. */
export interface DashboardFile {
  /** Under `/ml-monitoring/`. */
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  readonly gzipped: Buffer;
  /** Changes with the content. */
  readonly version: string;
}

export const SCRIPT = 'dashboard.js';
export const STYLES = ['uPlot.min.css', 'dashboard.css'] as const;

/** Reads what the build made for the page. BAD_CONFIG where it is missing: that is a broken installation. */
export async function readDashboardFiles(): Promise<ReadonlyMap<string, DashboardFile>> {
  const wanted = [
    [SCRIPT, 'text/javascript; charset=utf-8'],
    ...STYLES.map((name) => [name, 'text/css; charset=utf-8'] as const),
  ] as const;
  const files = await Promise.all(wanted.map(([name, type]) => readOne(name, type)));
  return new Map(files.map((file) => [file.name, file]));
}

async function readOne(name: string, type: string): Promise<DashboardFile> {
  const path = join(packageFolder(), 'dist', name);
  const content = await readFile(path).catch((thrown) => {
    const fact = t`${path} cannot be read (${messageOf(thrown)})`;
    throw new AtmrError(
      'BAD_CONFIG',
      t`${fact}: the page needs it. Install atmr-ml again, or run \`npm run build\`.`,
    );
  });
  const version = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { name, type, content, gzipped: gzipSync(content, { level: 9 }), version };
}
