import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { AtmrError, messageOf } from '../errors.js';
import type { FeatureName } from '../features/features.js';
import type { Manifest } from '../model/manifest.js';
import { t } from '../wording/t.js';
import type { ForeignModel } from './describe-model.js';
import { featureNames } from './train-flags.js';

/** The flags of `model describe` as the command line gives them. */
export interface DescribeFlags {
  readonly features?: string;
  readonly missing?: string;
  readonly scaling?: string;
  readonly name?: string;
  readonly modelVersion?: string;
  readonly out?: string;
}

const numbers = v.array(v.pipe(v.number(), v.finite()));
const scalingSchema = v.object({ mean: numbers, scale: numbers });

/** Reads the flags of `model describe FILE`; USAGE naming the first that does not fit. */
export function foreignModel(
  path: string,
  flags: DescribeFlags,
): Omit<ForeignModel, 'bookings' | 'describedAt'> {
  if (flags.features === undefined) {
    const expected = t`expected the columns of the model in their order, such as --features distance_km,month`;
    throw new AtmrError('USAGE', t`--features is missing; ${expected}.`);
  }
  const features = featureNames(flags.features);
  const { name, modelVersion: version } = flags;
  return {
    path,
    name,
    version,
    features,
    missing: missingOf(flags.missing, features),
    scaling: scalingOf(flags),
  };
}

function missingOf(text: string | undefined, features: readonly FeatureName[]): ReadonlySet<FeatureName> {
  if (text === undefined) return new Set();
  if (text === 'all') return new Set(features);
  const names = featureNames(text);
  const foreign = names.filter((name) => !features.includes(name));
  if (foreign.length === 0) return new Set(names);
  throw new AtmrError('USAGE', t`--missing names ${foreign.join(', ')}; expected all or some of --features.`);
}

function scalingOf({ scaling: path }: DescribeFlags): Manifest['scaling'] {
  if (path === undefined) return undefined;
  const expected = t`expected a JSON file {"mean": […], "scale": […]}, one number for each feature`;
  try {
    return v.parse(scalingSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new AtmrError('USAGE', t`--scaling is "${path}"; ${expected} (${messageOf(cause)}).`, { cause });
  }
}
