import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODE } from '../../src/model/forest.js';
import { layOutForest } from '../../src/model/lay-out-forest.js';
import { maskForest } from '../../src/model/mask-forest.js';
import { forestPredictor, forestScorer } from '../../src/model/predict-forest.js';
import { definedScores, randomColumns, randomRows, type Shape, WIDTH } from './columns.js';

const ORDERED = [MODE.LEQ, MODE.LT, MODE.GTE, MODE.GT];
const modeSets = [[MODE.LEQ], ORDERED, [...ORDERED, MODE.EQ, MODE.NEQ]] as const;

const shapes: fc.Arbitrary<Shape> = fc.record({
  seed: fc.integer(),
  trees: fc.integer({ min: 1, max: 7 }),
  depth: fc.integer({ min: 1, max: 5 }),
  targets: fc.constantFrom(1, 1, 3),
  modes: fc.constantFrom<readonly number[]>(...modeSets),
  aggregate: fc.constantFrom('SUM', 'AVERAGE', 'MIN', 'MAX'),
  postTransform: fc.constant('NONE'),
});

describe('a laid-out forest', () => {
  test('scores every target as the operator is defined', () => {
    fc.assert(
      fc.property(shapes, fc.integer(), (shape, seed) => {
        const columns = randomColumns(shape);
        const rows = randomRows(seed, 5);
        const score = forestScorer(layOutForest(columns, 'test'));
        const scores = new Float64Array(shape.targets);
        for (let row = 0; row < 5; row += 1) {
          score(rows, row * WIDTH, scores);
          const expected = definedScores(columns, rows.subarray(row * WIDTH, (row + 1) * WIDTH));
          expected.forEach((value, target) => {
            expect(scores[target]).toBeCloseTo(value, 9);
          });
        }
      }),
    );
  });

  test('answers as the operator is defined, by masks where trees are small and by walking where they are large', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(1, 6, 70), fc.integer(), (shape, trees, seed) => {
        const columns = randomColumns({ ...shape, trees, targets: 1 });
        const forest = layOutForest(columns, 'test');
        const rows = randomRows(seed, 3);
        rows.set([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 2.5]);
        const minutes = new Float64Array(3);
        forestPredictor(forest)(rows, 3, minutes);
        for (let row = 0; row < 3; row += 1) {
          const [expected] = definedScores(columns, rows.subarray(row * WIDTH, (row + 1) * WIDTH));
          expect(minutes[row]).toBeCloseTo(expected!, 9);
        }
      }),
    );
    const depths = [3, 4].map((depth) =>
      maskForest(layOutForest(randomColumns(plain({ depth, trees: 9 })), '')),
    );
    expect(depths.map((masked) => masked !== null)).toEqual([true, false]);
  });

  test('answers alike for one row and for blocks that end anywhere', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom(1, 2, 3, 255, 257, 515), (shape, count) => {
        const forest = layOutForest(randomColumns(shape), 'test');
        const rows = randomRows(shape.seed, count);
        const minutes = new Float64Array(count);
        forestPredictor(forest)(rows, count, minutes);
        const alone = new Float64Array(1);
        for (let row = 0; row < count; row += 1) {
          forestPredictor(forest)(rows.slice(row * WIDTH, (row + 1) * WIDTH), 1, alone);
          expect(alone[0]).toBe(minutes[row]);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('compares in 32-bit floats', () => {
    const columns = {
      ...randomColumns(plain({ trees: 1, depth: 1 })),
      thresholds: Float32Array.of(0.1, 0, 0),
    };
    const predict = forestPredictor(layOutForest({ ...columns, missingTrue: new Uint8Array(3) }, 'test'));
    const minutes = new Float64Array(1);
    predict(new Float32Array(WIDTH).fill(0.1), 1, minutes);
    expect(minutes[0]).toBeCloseTo(columns.voteWeights[0]! + columns.baseValues[0]!, 9);
  });

  test('applies the post-transforms, which a single target passes unchanged but for PROBIT', () => {
    const columns = { ...randomColumns(plain({ targets: 3 })), aggregate: 'MAX' as const };
    const rows = randomRows(1, 1);
    const scoresWith = (postTransform: Shape['postTransform']) => {
      const scores = new Float64Array(3);
      forestScorer(layOutForest({ ...columns, postTransform }, 'test'))(rows, 0, scores);
      return [...scores];
    };
    const raw = scoresWith('NONE');
    const exponentials = raw.map(Math.exp);
    const sum = exponentials.reduce((a, b) => a + b);
    raw.forEach((score, target) => {
      expect(scoresWith('LOGISTIC')[target]).toBeCloseTo(1 / (1 + Math.exp(-score)), 12);
      expect(scoresWith('SOFTMAX')[target]).toBeCloseTo(exponentials[target]! / sum, 12);
    });
  });
});

describe('a faulty ensemble is refused', () => {
  const columns = randomColumns(plain({ trees: 2 }));
  const faults: [string, Partial<typeof columns>, RegExp][] = [
    ['a list too short', { trueIds: columns.trueIds.slice(1) }, /trueIds has \d+ entries instead of/],
    ['a feature outside the table', { width: 1 }, /asks for feature \d of a table 1 wide/],
    ['a branch to nowhere', { trueIds: columns.trueIds.map(() => 999) }, /leads nowhere/],
    [
      'a false branch to itself',
      { falseIds: replacedFirst(columns.falseIds, columns.nodeIds[0]!) },
      /back to itself/,
    ],
    [
      'a true branch to itself',
      { trueIds: replacedFirst(columns.trueIds, columns.nodeIds[0]!) },
      /back to itself/,
    ],
    ['a circle below its root', { trueIds: columns.trueIds.map((id) => (id === 3 ? 1 : id)) }, /hangs from/],
    ['a circle', { trueIds: columns.trueIds.map(() => 0) }, /hangs from|circle|itself/],
    [
      'a vote of a node that is no leaf',
      { voteNodeIds: columns.voteNodeIds.map(() => 0) },
      /belongs to no leaf/,
    ],
    [
      'a threshold that is no number',
      { thresholds: columns.thresholds.map(() => Number.NaN) },
      /no value can take/,
    ],
  ];
  test.each(faults)('%s', (_, fault, message) => {
    expect(() => layOutForest({ ...columns, ...fault }, 'm.onnx')).toThrow(message);
  });
});

/** The first node of the first tree is its root. */
function replacedFirst(ids: Int32Array, first: number): Int32Array {
  return Int32Array.from(ids, (id, entry) => (entry === 0 ? first : id));
}

function plain(shape: Partial<Shape>): Shape {
  return {
    seed: 5,
    trees: 3,
    depth: 3,
    targets: 1,
    modes: [MODE.LEQ],
    aggregate: 'SUM',
    postTransform: 'NONE',
    ...shape,
  };
}
