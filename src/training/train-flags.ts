import { basename, join, resolve } from 'node:path';
import { meantHint, oneOf, seedOf } from '../arguments.js';
import { AtmrError } from '../errors.js';
import { FEATURE_NAMES, type FeatureName, isFeatureName } from '../features/features.js';
import { t } from '../wording/t.js';
import { DEFAULT_FEATURES } from './boosting-defaults.js';

/** The flags of `train` as the command line gives them. */
export interface TrainFlags {
  readonly source?: string;
  readonly out?: string;
  readonly name?: string;
  readonly seed?: string;
  readonly features?: string;
  readonly onBadRow?: string;
}

/** What `train` was asked. */
export interface TrainRequest {
  /** A file or `-`; the shipped bookings without it. */
  readonly source: string | undefined;
  readonly name: string;
  /** Where the model goes, `.onnx`. */
  readonly modelPath: string;
  readonly seed: number;
  readonly features: readonly FeatureName[];
  readonly onBadRow: 'fail' | 'skip';
}

export const DEFAULT_SEED = 1;
const DEFAULT_MODEL_NAME = 'delay_predictor';
const EXTENSION = '.onnx';

/** Reads the flags; throws USAGE naming the first that does not fit. */
export function trainRequest(flags: TrainFlags, modelsFolder: string): TrainRequest {
  const { source, out } = flags;
  if (out !== undefined && !out.endsWith(EXTENSION)) {
    throw new AtmrError('USAGE', t`--out is "${out}"; expected a file that ends in ${EXTENSION}.`);
  }
  const name = modelName(flags.name ?? (out === undefined ? DEFAULT_MODEL_NAME : basename(out, EXTENSION)));
  return {
    source,
    name,
    modelPath: out === undefined ? join(modelsFolder, `${name}${EXTENSION}`) : resolve(out),
    seed: seedOf(flags.seed) ?? DEFAULT_SEED,
    features: flags.features === undefined ? DEFAULT_FEATURES : featureNames(flags.features),
    onBadRow: oneOf('--on-bad-row', flags.onBadRow, ['fail', 'skip'] as const) ?? 'fail',
  };
}

/** It becomes part of a path. */
function modelName(name: string): string {
  if (/^\w[\w.-]{0,99}$/.test(name)) return name;
  throw new AtmrError(
    'USAGE',
    t`The model's name is "${name}"; expected letters, digits, dots, - and _ only.`,
  );
}

/** The features of `--features`, separated by commas; USAGE for one that does not exist or comes twice. */
export function featureNames(text: string): readonly FeatureName[] {
  const names = text.split(',').map((name) => name.trim());
  const known = names.filter(isFeatureName);
  if (known.length < names.length) {
    const unknown = names.filter((name) => !isFeatureName(name)).join(', ');
    throw new AtmrError(
      'USAGE',
      t`There is no feature "${unknown}" for --features; expected some of ${FEATURE_NAMES.join(', ')}.${meantHint(unknown, FEATURE_NAMES)}`,
    );
  }
  if (new Set(known).size === known.length) return known;
  throw new AtmrError('USAGE', t`--features names a feature twice: ${text}.`);
}
