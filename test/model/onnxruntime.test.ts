import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { MODE } from '../../src/model/forest.js';
import type { Runner } from '../../src/model/model.js';
import { readOnnx } from '../../src/model/onnx-file.js';
import { writeOnnx } from '../../src/model/onnx-writer.js';
import { startOnnxRuntime } from '../../src/model/onnxruntime.js';
import { type ModelFile, startRuntime } from '../../src/model/runtime.js';
import type { TreeColumns } from '../../src/model/tree-columns.js';
import { randomColumns, randomRows, type Shape, WIDTH } from './columns.js';

const ROWS = 40;
const ALL_MODES = [MODE.LEQ, MODE.LT, MODE.GTE, MODE.GT, MODE.EQ, MODE.NEQ];

const shapes: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer(),
  trees: fc.integer({ min: 1, max: 12 }),
  depth: fc.integer({ min: 1, max: 6 }),
  targets: fc.constantFrom(1, 1, 3),
  modes: fc.oneof(
    fc.constantFrom<readonly number[]>(...ALL_MODES.map((mode) => [mode]), ALL_MODES),
    fc.subarray(ALL_MODES, { minLength: 1 }),
  ),
  aggregate: fc.constantFrom('SUM', 'AVERAGE', 'MIN', 'MAX'),
  postTransform: fc.constantFrom('NONE', 'NONE', 'LOGISTIC', 'SOFTMAX', 'SOFTMAX_ZERO', 'PROBIT'),
});

const open: Runner[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((runner) => runner.close()));
});

/**
 * Where ONNX Runtime 1.30 leaves the standard, checked against the straightforward evaluation in `columns.ts`:
 * a target that no leaf voted for gets 0 without its base value, chains of BRANCH_EQ are merged wrongly in one of
 * a thousand forests of several targets, and SOFTMAX_ZERO of zeros alone is no number.
 */
function inStandard(shape: Shape): TreeColumns {
  if (shape.targets === 1) return randomColumns(shape);
  const modes = shape.modes.map((mode) => (mode === MODE.EQ ? MODE.NEQ : mode));
  return { ...randomColumns({ ...shape, modes }), baseValues: new Float32Array(shape.targets) };
}

describe('the built-in evaluator and ONNX Runtime', () => {
  test('agree to 1e-5 on every kind of forest, missing values included', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer(), async (shape, seed) => {
        const file = fileOf(inStandard(shape));
        const rows = randomRows(seed, ROWS);
        const ours = await answers(await startRuntime(file, 'builtin'), rows);
        const expected = await ortAnswers(file, rows);
        for (let row = 0; row < ROWS; row += 1) expectAgreement(ours[row]!, expected[row]!, shape);
      }),
      { numRuns: 400 },
    );
  });
});

describe('ONNX Runtime', () => {
  test('answers one row and many alike, and questions asked at once each with their own answer', async () => {
    const runner = await started(fileOf(randomColumns(plain)));
    const rows = randomRows(7, 700);
    const all = await answers(runner, rows, 700);
    const alone = await Promise.all(
      Array.from({ length: 50 }, (_, row) =>
        answers(runner, rows.subarray(row * WIDTH, (row + 1) * WIDTH), 1),
      ),
    );
    alone.forEach(([minutes], row) => {
      expect(minutes).toBeCloseTo(all[row]!, 5);
    });
  });

  test('leaves alone the rows it was given', async () => {
    const runner = await started(fileOf(randomColumns(plain)));
    const rows = randomRows(7, 3);
    const before = rows.slice();
    await answers(runner, rows, 3);
    expect(rows).toEqual(before);
  });

  test('misses a deadline with a failure, and answers again afterwards', async () => {
    const runner = await started(fileOf(randomColumns(plain)), 500);
    const rows = randomRows(1, 1);
    const expected = await answers(runner, rows, 1);
    signalChild('SIGSTOP');
    await expect(answers(runner, rows, 1)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/test\.onnx did not answer within 500 ms/),
    });
    const again = await vi.waitFor(() => answers(runner, rows, 1), { timeout: 20_000 });
    expect(again).toEqual(expected);
  });

  test('fails what was under way when its process dies, and answers again afterwards', async () => {
    const runner = await started(fileOf(randomColumns(plain)), 30_000);
    const rows = randomRows(1, 1);
    const expected = await answers(runner, rows, 1);
    signalChild('SIGSTOP');
    const underWay = answers(runner, rows, 1);
    setImmediate(() => signalChild('SIGKILL'));
    await expect(underWay).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/ended before it answered/),
    });
    expect(await answers(runner, rows, 1)).toEqual(expected);
  });

  test('refuses what it cannot read, in its own words', async () => {
    const file = { ...fileOf(randomColumns(plain)), bytes: new Uint8Array([8, 8]) };
    await expect(startOnnxRuntime(file)).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(/^ONNX Runtime does not take test\.onnx: /),
    });
  });

  test('says why it cannot answer', async () => {
    const runner = await started({ ...fileOf(randomColumns(plain)), width: WIDTH + 1 });
    await expect(answers(runner, new Float32Array(WIDTH + 1), 1)).rejects.toMatchObject({
      code: 'BAD_MODEL',
      message: expect.stringMatching(/^ONNX Runtime cannot run test\.onnx: /),
    });
  });
});

const plain: Shape = {
  seed: 11,
  trees: 5,
  depth: 4,
  targets: 1,
  modes: [MODE.LEQ],
  aggregate: 'SUM',
  postTransform: 'NONE',
};

/** The first target of each row from ONNX Runtime itself, without the process around it. */
async function ortAnswers({ bytes }: ModelFile, rows: Float32Array): Promise<number[]> {
  const session = await InferenceSession.create(bytes);
  const { minutes } = await session.run({ features: new Tensor('float32', rows, [ROWS, WIDTH]) });
  const values = Array.from(minutes!.data as Float32Array);
  await session.release();
  return Array.from({ length: ROWS }, (_, row) => values[(row * values.length) / ROWS]!);
}

function expectAgreement(ours: number, theirs: number, { postTransform }: Shape): void {
  if (Number.isNaN(theirs) || !Number.isFinite(ours)) {
    if (ours === theirs) return;
    expect(ours).toBe(postTransform === 'SOFTMAX_ZERO' ? 0 : Number.NaN);
    return;
  }
  // PROBIT blows rounding up: near 0, where its approximation knows the square only, and without end at both ends.
  const level = (z: number): number => Math.tanh(z * Math.abs(z));
  const [a, b] = postTransform === 'PROBIT' ? [level(ours), level(theirs)] : [ours, theirs];
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(b)));
}

function fileOf(columns: TreeColumns): ModelFile {
  const bytes = writeOnnx(columns, '0');
  const graph = readOnnx(bytes, 'test.onnx');
  return { label: 'test.onnx', bytes, graph, width: columns.width, outputName: 'minutes' };
}

/** The only child of this process is the one under test. */
function signalChild(signal: NodeJS.Signals): void {
  const [pid] = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
  process.kill(Number(pid), signal);
}

async function started(file: ModelFile, deadlineMs?: number): Promise<Runner> {
  const runner = await startOnnxRuntime(file, deadlineMs);
  open.push(runner);
  return runner;
}

async function answers(runner: Runner, rows: Float32Array, count = ROWS): Promise<Float64Array> {
  const minutes = new Float64Array(count);
  await runner.predict(rows, count, minutes);
  return minutes;
}
