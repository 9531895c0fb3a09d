import fc from 'fast-check';
import { PbfWriter } from 'pbf';
import { describe, expect, test } from 'vitest';
import { AtmrError } from '../../src/errors.js';
import { MODE } from '../../src/model/forest.js';
import { layOutForest } from '../../src/model/lay-out-forest.js';
import { readOnnx } from '../../src/model/onnx-file.js';
import { writeOnnx } from '../../src/model/onnx-writer.js';
import { forestPredictor } from '../../src/model/predict-forest.js';
import { readForest } from '../../src/model/read-forest.js';
import { randomColumns, WIDTH } from './columns.js';

const columns = randomColumns({
  seed: 3,
  trees: 4,
  depth: 4,
  targets: 1,
  modes: [MODE.LEQ, MODE.LT, MODE.GT, MODE.GTE, MODE.EQ, MODE.NEQ],
  aggregate: 'AVERAGE',
  postTransform: 'NONE',
});
const bytes = writeOnnx(columns, '0.0.0');

describe('an ONNX file', () => {
  test('says what goes in and comes out', () => {
    const graph = readOnnx(bytes, 'm.onnx');
    expect(graph.producer).toBe('atmr-ml');
    expect(graph.inputs).toEqual([{ name: 'features', width: WIDTH }]);
    expect(graph.outputs).toEqual([{ name: 'minutes', width: 1 }]);
    expect(graph.nodes.map(({ operator, domain }) => [domain, operator])).toEqual([
      ['ai.onnx.ml', 'TreeEnsembleRegressor'],
    ]);
  });

  test('gives back the forest that was written', () => {
    const forest = readForest(readOnnx(bytes, 'm.onnx'), 'm.onnx');
    expect(forest).toEqual(layOutForest(columns, 'test'));
  });

  test('may hold its lists unpacked, as Python writes them', () => {
    const read = readForest(readOnnx(unpackedModel(), 'm.onnx'), 'm.onnx');
    const predict = forestPredictor(read!);
    const minutes = new Float64Array(2);
    predict(Float32Array.of(1, 3), 2, minutes);
    expect([...minutes]).toEqual([0.5 - 1, 0.5 + 2]);
  });

  test('with other operators is left to another runtime', () => {
    expect(readForest(readOnnx(modelOf('Gemm', ''), 'm.onnx'), 'm.onnx')).toBeNull();
  });

  test('with 64-bit tensors is refused by name', () => {
    const tensor = modelOf('TreeEnsembleRegressor', 'ai.onnx.ml', (node) =>
      node.writeMessage(
        5,
        (_, attribute) => {
          attribute.writeStringField(1, 'nodes_values_as_tensor');
          attribute.writeBytesField(5, new Uint8Array());
        },
        null,
      ),
    );
    expect(() => readForest(readOnnx(tensor, 'm.onnx'), 'm.onnx')).toThrow(/nodes_values_as_tensor/);
  });
});

describe('a damaged file is refused with BAD_MODEL', () => {
  test('cut anywhere', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const outcome = outcomeOf(bytes.subarray(0, length));
      // What is lost at the very end are the operator sets, which no answer depends on.
      if (outcome !== 'BAD_MODEL') expect(length).toBeGreaterThan(bytes.length - 40);
    }
  });

  test('or of random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (garbage) => {
        expect(outcomeOf(garbage)).toBe('BAD_MODEL');
      }),
    );
  });

  test('and one with changed bytes never throws anything else', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const changed = bytes.slice();
        changed[at] = value;
        expect(['BAD_MODEL', 'read']).toContain(outcomeOf(changed));
      }),
      { numRuns: 500 },
    );
  });

  // Each of these bytes may point a node at itself or at a far end: all of them, not a draw.
  test('nor one with any byte a little larger or smaller', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const step of [-2, -1, 1, 2]) {
        const changed = bytes.slice();
        changed[at] = changed[at]! + step;
        expect(['BAD_MODEL', 'read']).toContain(outcomeOf(changed));
      }
    }
  });
});

function outcomeOf(file: Uint8Array): string {
  try {
    readForest(readOnnx(file, 'm.onnx'), 'm.onnx');
    return 'read';
  } catch (thrown) {
    if (thrown instanceof AtmrError) return thrown.code;
    throw thrown;
  }
}

/** One stump (x <= 2 ? -1 : 2) + 0.5, every list one tag per entry. */
function unpackedModel(): Uint8Array {
  return modelOf('TreeEnsembleRegressor', 'ai.onnx.ml', (node) => {
    const ints = { nodes_treeids: [0, 0, 0], nodes_nodeids: [0, 1, 2], nodes_featureids: [0, 0, 0] };
    const children = { nodes_truenodeids: [1, 0, 0], nodes_falsenodeids: [2, 0, 0] };
    const votes = { target_treeids: [0, 0], target_nodeids: [1, 2], target_ids: [0, 0] };
    for (const [name, values] of Object.entries({ ...ints, ...children, ...votes })) {
      addAttribute(node, name, values, (attribute, value) => attribute.writeVarintField(8, value));
    }
    const floats = { nodes_values: [2, 0, 0], target_weights: [-1, 2], base_values: [0.5] };
    for (const [name, values] of Object.entries(floats)) {
      addAttribute(node, name, values, (attribute, value) => attribute.writeFloatField(7, value));
    }
    const modes = ['BRANCH_LEQ', 'LEAF', 'LEAF'];
    addAttribute(node, 'nodes_modes', modes, (attribute, mode) => attribute.writeStringField(9, mode));
    addAttribute(node, 'n_targets', [1], (attribute, value) => attribute.writeVarintField(3, value));
  });
}

function addAttribute<T>(
  node: PbfWriter,
  name: string,
  values: T[],
  write: (pbf: PbfWriter, value: T) => void,
) {
  node.writeMessage(
    5,
    (_, attribute) => {
      attribute.writeStringField(1, name);
      for (const value of values) write(attribute, value);
    },
    null,
  );
}

function modelOf(operator: string, domain: string, addAttributes: (node: PbfWriter) => void = () => {}) {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    7,
    (_, graph) => {
      graph.writeMessage(
        1,
        (_node, node) => {
          node.writeStringField(4, operator);
          addAttributes(node);
          node.writeStringField(7, domain);
        },
        null,
      );
      graph.writeMessage(11, (name, value) => value.writeStringField(1, name), 'x');
      graph.writeMessage(12, (name, value) => value.writeStringField(1, name), 'y');
    },
    null,
  );
  return pbf.finish().slice();
}
