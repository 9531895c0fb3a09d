import {
  ErrorCode,
  type EvaluationContext,
  type JsonValue,
  OpenFeatureEventEmitter,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';
import { openFeatureReason } from '../flag/openfeature-reason.js';
import { type FlagEvaluation, targetingKeyOf } from './evaluation.js';
import type { ReadFlag } from './flag.js';
import { openFlag } from './open-flag.js';
import { flagMetadata, tellChanges } from './openfeature-events.js';
import type { FlagOptions } from './options.js';

/**
 * An OpenFeature provider of the flag. Given the options of `openFlag`, or nothing, it opens the flag when the SDK
 * initialises it and closes it when the SDK shuts it down; a flag that it is given is its owner's to close.
 *
 * The boolean is true for the model, the string is `model` or `control`. While something is wrong with the flag the answer is
 * control and never the caller's default, which may mean the model; the default is for another key, a missing targeting
 * key and another type.
 */
export function openFeatureProvider(flagOrOptions: ReadFlag | FlagOptions = {}): Provider {
  const events = new OpenFeatureEventEmitter();
  let flag: ReadFlag | null = null;
  let close = async () => {};
  const resolver =
    <T>(shown: (evaluation: FlagEvaluation) => T) =>
    async (key: string, value: T, context: EvaluationContext) =>
      resolution(flag, key, context, value, shown);
  return {
    metadata: { name: 'atmr-ml' },
    runsOn: 'server',
    events,
    async initialize() {
      const opened = await openedFlag(flagOrOptions);
      const stopTelling = tellChanges(opened.flag, events);
      flag = opened.flag;
      close = () => {
        stopTelling();
        flag = null;
        return opened.close();
      };
    },
    onClose: () => close(),
    resolveBooleanEvaluation: resolver(({ value }) => value),
    resolveStringEvaluation: resolver<string>(({ variant }) => variant),
    resolveNumberEvaluation: async (_key, value) => typeMismatch(value),
    resolveObjectEvaluation: async <T extends JsonValue>(_key: string, value: T) => typeMismatch(value),
  };
}

async function openedFlag(flagOrOptions: ReadFlag | FlagOptions) {
  if ('evaluate' in flagOrOptions) return { flag: flagOrOptions, close: async () => {} };
  const flag = await openFlag(flagOrOptions);
  return { flag, close: flag.close };
}

function resolution<T>(
  flag: ReadFlag | null,
  key: string,
  { targetingKey }: EvaluationContext,
  value: T,
  shown: (evaluation: FlagEvaluation) => T,
): ResolutionDetails<T> {
  if (flag === null) return failure(value, ErrorCode.PROVIDER_NOT_READY, 'The flag is not open.');
  if (key !== flag.key) {
    return failure(value, ErrorCode.FLAG_NOT_FOUND, `There is no flag ${key} here, only ${flag.key}.`);
  }
  const id = targetingKeyOf(targetingKey);
  if (id === '') {
    const fact = 'The targetingKey is missing; expected the id of the booking.';
    return failure(value, ErrorCode.TARGETING_KEY_MISSING, fact);
  }
  const evaluation = flag.evaluate(id);
  return {
    value: shown(evaluation),
    variant: evaluation.variant,
    reason: openFeatureReason(evaluation.reason),
    flagMetadata: flagMetadata(evaluation),
  };
}

function typeMismatch<T>(value: T): ResolutionDetails<T> {
  return failure(
    value,
    ErrorCode.TYPE_MISMATCH,
    'The flag is a boolean, or the name of its variant as a string.',
  );
}

function failure<T>(value: T, errorCode: ErrorCode, errorMessage: string): ResolutionDetails<T> {
  return { value, reason: 'ERROR', errorCode, errorMessage };
}
