import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { messageOf } from '../src/errors.js';
import type { ProcessMessage, ProcessQuestion, ProcessStart } from '../src/model/onnxruntime.js';

/** A program of its own that runs one model in ONNX Runtime for its parent; see `src/model/onnxruntime.ts`. */

// Ctrl-C reaches the whole group, but the parent may still want answers while it shuts down.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit());
process.once('message', (start: ProcessStart) => {
  serve(start).then(
    () => send({ ready: true }),
    (cause: unknown) => send({ refused: messageOf(cause) }),
  );
});

async function serve(start: ProcessStart): Promise<void> {
  const runtime = await import('onnxruntime-node');
  // Idle threads that wait by spinning would take a core from everything else; faults are told in messages.
  const session = await runtime.InferenceSession.create(start.bytes, {
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    logSeverityLevel: 4,
  });
  const answer = answerer(session, runtime.Tensor, start);
  process.on('message', ({ id, rows }: ProcessQuestion) => {
    answer(rows).then(
      (minutes) => send({ id, minutes }),
      (cause: unknown) => send({ id, error: messageOf(cause) }),
    );
  });
}

/** Asks the session about any number of rows; some exporters fix the number of rows to 1. */
function answerer(session: InferenceSession, TensorOf: typeof Tensor, { width, outputName }: ProcessStart) {
  const { name, type, rowByRow } = describeInput(session);
  const run = async (rows: Float32Array, count: number): Promise<Float32Array | Float64Array> => {
    const table =
      type === 'float64'
        ? new TensorOf('float64', Float64Array.from(rows), [count, width])
        : new TensorOf('float32', rows, [count, width]);
    const data = (await session.run({ [name]: table }, [outputName]))[outputName]?.data;
    const isFloats = data instanceof Float32Array || data instanceof Float64Array;
    if (isFloats && data.length > 0 && data.length % count === 0) return data;
    throw new Error(`its output ${outputName} is not a number for each row`);
  };
  return async (rows: Float32Array): Promise<Float64Array> => {
    const count = rows.length / width;
    const minutes = new Float64Array(count);
    const step = rowByRow ? 1 : count;
    for (let from = 0; from < count; from += step) {
      const values = await run(rows.subarray(from * width, (from + step) * width), step);
      // Of several targets the first, as everywhere.
      for (let row = 0; row < step; row += 1) minutes[from + row] = values[(row * values.length) / step]!;
    }
    return minutes;
  };
}

function describeInput({ inputMetadata, inputNames }: InferenceSession) {
  const [metadata, more] = inputMetadata;
  if (metadata === undefined || !metadata.isTensor || more !== undefined) {
    throw new Error(`it takes ${inputNames.join(', ')}; one table of numbers was expected`);
  }
  const { name, type, shape } = metadata;
  if (type === 'float32' || type === 'float64') return { name, type, rowByRow: shape[0] === 1 };
  throw new Error(`its input ${name} holds ${type}; 32- or 64-bit floats were expected`);
}

function send(message: ProcessMessage): void {
  process.send?.(message);
}
