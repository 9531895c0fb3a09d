import {
  ErrorCode,
  type FlagMetadata,
  type OpenFeatureEventEmitter,
  ProviderEvents,
} from '@openfeature/server-sdk';
import { modelText } from '../flag/model-reference.js';
import type { FlagEvaluation } from './evaluation.js';
import type { FlagState, ReadFlag } from './flag.js';

type Condition = 'ready' | 'stale' | 'error';

/**
 * Tells the SDK what becomes of the flag from now on: each change of it, and when its answers begin and cease to be those
 * of a fault. Returns how to stop.
 */
export function tellChanges(flag: ReadFlag, events: OpenFeatureEventEmitter): () => void {
  let last = flag.state();
  let told: Condition = 'ready';
  const tell = (now: FlagState) => {
    const condition = conditionOf(now);
    if (condition !== told) emitCondition(events, condition, now);
    told = condition;
    if (contentOf(now) !== contentOf(last)) {
      const metadata = flagMetadata(now);
      events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [flag.key], metadata });
    }
    last = now;
  };
  // The SDK calls a provider ready once it is initialised, which it is a moment after this.
  const first = setImmediate(() => tell(flag.state()));
  const stop = flag.onChange(tell);
  return () => {
    clearImmediate(first);
    stop();
  };
}

/** What is told beside each answer and each event: texts and numbers, as OpenFeature wants. */
export function flagMetadata(state: Omit<FlagEvaluation, 'variant' | 'value'>): FlagMetadata {
  const { reason, errorCode, revision, percentage, model } = state;
  return {
    ...{ atmrReason: reason, revision: revision ?? 0, percentage: percentage ?? 0 },
    ...(model !== null && { model: modelText(model) }),
    ...(errorCode !== undefined && { code: errorCode }),
  };
}

function conditionOf({ reason }: FlagState): Condition {
  if (reason === 'ERROR') return 'error';
  return reason === 'STALE' ? 'stale' : 'ready';
}

function emitCondition(events: OpenFeatureEventEmitter, condition: Condition, now: FlagState): void {
  const metadata = flagMetadata(now);
  if (condition === 'ready') events.emit(ProviderEvents.Ready, { metadata });
  else if (condition === 'stale') {
    const message = 'No store has answered for too long: control answers.';
    events.emit(ProviderEvents.Stale, { message, metadata });
  } else {
    const message = `Control answers: ${now.errorCode}.`;
    events.emit(ProviderEvents.Error, { errorCode: ErrorCode.GENERAL, message, metadata });
  }
}

/** Differs when somebody changed the flag. */
function contentOf({ revision, forcedOff }: FlagState): string {
  return `${revision} ${forcedOff}`;
}
