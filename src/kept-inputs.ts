import { realpath } from 'node:fs/promises';
import { AtmrError } from './errors.js';
import { t } from './wording/t.js';

/** Paths by what they are in a message (`--csv`); absent ones and `-` are nobody's file. */
export type NamedPaths = Readonly<Record<string, string | undefined>>;

/** USAGE when an output is, by whatever name or link, a file that is to be read: writing would lose it. */
export async function refuseOverwriting(outputs: NamedPaths, inputs: NamedPaths): Promise<void> {
  const read = await existing(inputs);
  for (const output of await existing(outputs)) {
    const input = read.find(({ file }) => file === output.file);
    if (input === undefined) continue;
    const fact = t`${output.name} would overwrite ${output.path}, which is ${input.name}`;
    throw new AtmrError('USAGE', t`${fact}. Give ${output.name} another file.`);
  }
}

/** A model and its manifest, as inputs. */
export function modelInputs(path: string, manifestPath: string): NamedPaths {
  const [model, manifest] = [t`the model`, t`its manifest`];
  return { [model]: path, [manifest]: manifestPath };
}

/** Those that are there already, by their real place. */
async function existing(paths: NamedPaths) {
  const found = await Promise.all(
    Object.entries(paths).map(async ([name, path]) => {
      const file = path === undefined || path === '-' ? null : await realpath(path).catch(() => null);
      return path === undefined || file === null ? [] : [{ name, path, file }];
    }),
  );
  return found.flat();
}
