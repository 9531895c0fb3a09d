import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runBinary } from '../run-binary.js';

const PYTHON = '/usr/bin/python3';

/** Two features, a weighted sum: no forest, so that it runs in ONNX Runtime's process, which a test can stop. */
const LINEAR = `
import sys, onnx
from onnx import TensorProto, helper
graph = helper.make_graph(
    [helper.make_node('Gemm', ['X', 'W', 'B'], ['variable'])], 'linear',
    [helper.make_tensor_value_info('X', TensorProto.FLOAT, [None, 2])],
    [helper.make_tensor_value_info('variable', TensorProto.FLOAT, [None, 1])],
    [helper.make_tensor('W', TensorProto.FLOAT, [2, 1], [0.2, 3.0]), helper.make_tensor('B', TensorProto.FLOAT, [1], [1.0])])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)])
model.ir_version = 8
onnx.save(model, sys.argv[1])
`;

/** Makes `<home>/models/delay_predictor.onnx` with its manifest, as other tools and `model describe` would. */
export async function makeLinearModel(home: string): Promise<void> {
  const models = join(home, 'models');
  mkdirSync(models, { recursive: true });
  const file = join(models, 'delay_predictor.onnx');
  execFileSync(PYTHON, ['-c', LINEAR, file], { stdio: 'pipe' });
  const bookings = join(home, 'bookings.csv');
  const simulated = await runBinary(['simulate', '--bookings', '800', '--out', bookings]);
  expect(simulated.exitCode, simulated.stderr).toBe(0);
  const features = ['--features', 'distance_km,traffic_density', '--source', bookings];
  const described = await runBinary(['model', 'describe', file, ...features]);
  expect(described.exitCode, described.stderr).toBe(0);
  writeFileSync(bookings, '');
}
