/** What the benches of the model share: bookings, their features, and the same forest in onnxruntime-node. */
import { readFileSync } from 'node:fs';
import type { Booking } from '../src/booking/booking.js';
import { featureWriter } from '../src/features/features.js';
import { readInputs } from '../src/features/inputs.js';
import { loadModel } from '../src/model/load.js';
import type { Manifest } from '../src/model/manifest.js';
import type { Model } from '../src/model/model.js';
import { DEFAULT_SIMULATION } from '../src/simulator/settings.js';
import { simulateBookings } from '../src/simulator/simulate.js';

const MODEL = 'models/delay_predictor.onnx';
/** None of these days was trained on. */
const FROM = '2026-08-01';

export function benchModel(): Promise<Model> {
  return loadModel(MODEL);
}

export function simulatedBookings(bookings: number): Booking[] {
  const days = Math.max(30, Math.round(bookings / 250));
  const simulated = simulateBookings({ ...DEFAULT_SIMULATION, bookings, days, from: FROM, seed: 77 });
  return Array.from(simulated, ({ booking }) => booking);
}

/** The features of each booking, row after row. */
export function featureTable(bookings: readonly Booking[], { features, encodings }: Manifest): Float32Array {
  const write = featureWriter(
    features.map(({ name }) => name),
    encodings,
  );
  const table = new Float32Array(bookings.length * features.length);
  bookings.forEach((booking, i) => {
    write(readInputs(booking), booking.given, table, i * features.length);
  });
  return table;
}

/** Runs batch `i` of a table that is cut into `batches` tensors, on one thread. */
export async function bareSession(
  table: Float32Array,
  batches: number,
): Promise<(i: number) => Promise<void>> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(readFileSync(MODEL), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  const [metadata] = session.inputMetadata;
  const width = metadata?.isTensor ? Number(metadata.shape[1]) : Number.NaN;
  const rows = table.length / width;
  const size = Math.ceil(rows / batches);
  const feeds = Array.from({ length: batches }, (_, i) => {
    const part = table.subarray(i * size * width, Math.min(rows, (i + 1) * size) * width);
    return { [session.inputNames[0]!]: new Tensor('float32', part, [part.length / width, width]) };
  });
  return async (i) => {
    await session.run(feeds[i]!, [session.outputNames[0]!]);
  };
}
