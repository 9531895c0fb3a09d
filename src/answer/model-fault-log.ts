import type { Clock } from '../clock.js';
import { messageOf } from '../errors.js';
import type { Log } from '../log.js';
import type { Manifest } from '../model/manifest.js';
import type { Verdict } from './ask-model.js';

/** A model that fails for every booking must not fill the disk with its complaints. */
const REPEAT_MS = 60_000;

/** Logs that a model begins to fail, once a minute that it goes on, and that it answers again. */
export function modelFaultLog(log: Log, clock: Clock) {
  let toldMs: number | null = null;
  let failures = 0;
  return ({ name, version }: Manifest, verdict: Verdict): void => {
    const model = { model: name, version };
    if (verdict.attempt === 'answered') {
      if (toldMs !== null) log.info('the model answers again', { ...model, failures });
      toldMs = null;
      failures = 0;
      return;
    }
    failures += 1;
    if (toldMs !== null && clock.monotonicMs() < toldMs + REPEAT_MS) return;
    toldMs = clock.monotonicMs();
    const cause = 'cause' in verdict ? messageOf(verdict.cause) : verdict.detail;
    log.error('the model failed', { ...model, attempt: verdict.attempt, failures, cause });
  };
}
