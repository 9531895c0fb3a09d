import type { PredictionRow } from '../ledger/ledger.js';
import type { Recorder } from '../ledger/recorder.js';
import { NEWEST } from './sighting.js';

/** What this process itself saw of the model: the guard's evidence while the ledger is away. */
export interface OwnAttempts {
  /** Its last attempts since `sinceMs` with this version (`null`: any), oldest first: whether each failed. */
  since(sinceMs: number, modelVersion: string | null): readonly boolean[];
}

interface Attempt {
  readonly atMs: number;
  readonly version: string;
  readonly failed: boolean;
}

/** The recorder, and the attempts of what passes through it. */
export function rememberingAttempts(recorder: Recorder): {
  readonly recorder: Recorder;
  readonly own: OwnAttempts;
} {
  const attempts: Attempt[] = [];
  const see = ({ attempt, createdMs: atMs, modelVersion: version }: PredictionRow) => {
    if (attempt === 'none' || attempt === 'ineligible') return;
    attempts.push({ atMs, version, failed: attempt !== 'answered' });
    if (attempts.length > NEWEST.attempts) attempts.shift();
  };
  return {
    recorder: {
      ...recorder,
      add(row) {
        see(row);
        recorder.add(row);
      },
      addDurably(row) {
        see(row);
        return recorder.addDurably(row);
      },
    },
    own: {
      since: (sinceMs, modelVersion) =>
        attempts
          .filter(
            ({ atMs, version }) => atMs >= sinceMs && (modelVersion === null || version === modelVersion),
          )
          .map(({ failed }) => failed),
    },
  };
}
