import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { oneByOne } from '../booking/batches.js';
import { type BookingSource, chooseSource } from '../booking/choose-source.js';
import { skippedRows } from '../booking/skipped-rows.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { Manifest } from '../model/manifest.js';
import { startProgress } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { t } from '../wording/t.js';
import { refuseModelPlace } from './model-place.js';
import { saveModel } from './save-model.js';
import { type Trained, trainModel } from './train.js';
import type { TrainRequest } from './train-flags.js';

/** The document of `train` on stdout. */
export interface TrainDocument extends Omit<Trained, 'onnx' | 'manifest' | 'excluded'> {
  /** `argument` is what --source takes to mean the same again. */
  readonly source: Pick<BookingSource, 'name' | 'shipped' | 'argument'>;
  /** Where the model was written; its manifest stands beside it. */
  readonly path: string;
  readonly model: Pick<Manifest, 'name' | 'version' | 'sha256'>;
  readonly seed: number;
  readonly excluded: Trained['excluded'] & { readonly bad_row: number };
  readonly data: Pick<Manifest['data'], 'rows' | 'from' | 'to' | 'trainedUntil' | 'simulated' | 'hash'>;
  readonly features: readonly string[];
  readonly metrics: Manifest['metrics'];
  readonly interval: { readonly level: number; readonly coverage: number | null } | null;
}

interface TrainSurroundings {
  readonly config: Config;
  readonly clock: Clock;
  readonly terminal: Terminal;
}

/** Trains a model on a source of bookings, then writes it. A training that fails leaves the files as they were. */
export async function trainSource(
  request: TrainRequest,
  { config, clock, terminal }: TrainSurroundings,
): Promise<TrainDocument> {
  await refuseModelPlace(request.modelPath, { '--source': request.source });
  const skipped = skippedRows(terminal.notice);
  const source = chooseSource(request.source, config, {
    onBadRow: request.onBadRow,
    needsOutcome: true,
    onSkipped: skipped.add,
    onIgnoredColumns: (names) => terminal.notice(t`notice: columns not used: ${names.join(', ')}.`),
  });
  const progress = await startProgress(t`reading bookings`, terminal);
  try {
    const trained = await trainModel(oneByOne(source.batches), {
      name: request.name,
      seed: request.seed,
      features: request.features,
      trainedAt: new Date(clock.nowMs()).toISOString(),
      onProgress: async (step) => {
        progress.update(step);
        // Training blocks the loop: without a turn in between the spinner would never show the step.
        await turnOfTheLoop();
      },
    });
    await saveModel(request.modelPath, trained.onnx, trained.manifest);
    const { name, shipped, argument } = source;
    return { source: { name, shipped, argument }, ...documentOf(trained, request, skipped.count()) };
  } finally {
    progress.stop();
  }
}

function documentOf(trained: Trained, request: TrainRequest, badRows: number): Omit<TrainDocument, 'source'> {
  const { manifest, split, excluded, rounds, notices } = trained;
  const { name, version, sha256, metrics, interval } = manifest;
  const { rows, from, to, trainedUntil, simulated, hash } = manifest.data;
  return {
    path: request.modelPath,
    model: { name, version, sha256 },
    seed: request.seed,
    data: { rows, from, to, trainedUntil, simulated, hash },
    split,
    excluded: { ...excluded, bad_row: badRows },
    features: manifest.features.map((feature) => feature.name),
    rounds,
    metrics,
    interval: interval === null ? null : { level: interval.level, coverage: interval.coverage },
    notices,
  };
}
