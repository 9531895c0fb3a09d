import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MODE } from '../../src/model/forest.js';
import { layOutForest } from '../../src/model/lay-out-forest.js';
import { forestPredictor } from '../../src/model/predict-forest.js';
import type { TreeColumns } from '../../src/model/tree-columns.js';
import { treeShap } from '../../src/model/tree-shap.js';
import { randomColumns, randomRows, WIDTH } from './columns.js';

interface DumpedNode {
  readonly nodeid: number;
  readonly split?: string;
  readonly split_condition?: number;
  readonly yes?: number;
  readonly no?: number;
  readonly missing?: number;
  readonly leaf?: number;
  readonly cover: number;
  readonly children?: readonly DumpedNode[];
}

interface Vectors {
  readonly features: readonly string[];
  readonly base_score: number;
  readonly trees: readonly DumpedNode[];
  readonly cases: readonly {
    readonly x: readonly number[];
    readonly prediction: number;
    readonly shap_bruteforce: readonly number[];
    readonly expected_value_bruteforce: number;
  }[];
}

const vectors: Vectors = JSON.parse(readFileSync('fixtures/statistics/treeshap.json', 'utf8'));

describe('Shapley values of trees', () => {
  const forest = layOutForest(dumpedColumns(vectors), 'vectors');
  const shap = treeShap(forest);

  test.each(vectors.cases)('equal the enumeration of all coalitions at $x', (reference) => {
    const minutes = new Float64Array(vectors.features.length);
    shap?.explain(Float32Array.from(reference.x), minutes);
    expect(shap?.base).toBeCloseTo(reference.expected_value_bruteforce, 5);
    reference.shap_bruteforce.forEach((value, i) => {
      expect(minutes[i]).toBeCloseTo(value, 5);
    });
  });

  test('add up to the prediction, small trees and large, missing values, any mode', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom('SUM', 'AVERAGE'),
        fc.constantFrom([MODE.LEQ], [MODE.LT, MODE.GTE, MODE.GT, MODE.EQ, MODE.NEQ]),
        (seed, depth, aggregate, modes) => {
          const shape = {
            seed,
            trees: 5,
            depth,
            targets: 1,
            modes,
            aggregate,
            postTransform: 'NONE',
          } as const;
          const random = layOutForest(randomColumns(shape), 'random');
          const explained = treeShap(random);
          const rows = randomRows(seed, 4);
          const [minutes, answer] = [new Float64Array(WIDTH), new Float64Array(1)];
          for (let start = 0; start < rows.length; start += WIDTH) {
            const row = rows.slice(start, start + WIDTH);
            forestPredictor(random)(row, 1, answer);
            explained?.explain(row, minutes);
            const sum = minutes.reduce((a, b) => a + b, explained?.base ?? Number.NaN);
            expect(Math.abs(sum - answer[0]!)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(answer[0]!)));
          }
        },
      ),
    );
  });

  test('do not depend on whether an outcome is met for the first time', () => {
    const row = Float32Array.from(vectors.cases[0]!.x);
    const [first, again] = [new Float64Array(5), new Float64Array(5)];
    treeShap(forest)?.explain(row, first);
    shap?.explain(row, again);
    shap?.explain(row, again);
    expect(again).toEqual(first);
  });

  test('are not given where they do not exist', () => {
    const columns = dumpedColumns(vectors);
    const ones = { ...columns, hitRates: columns.hitRates.map(() => 1) };
    expect(treeShap(layOutForest({ ...columns, hitRates: new Float32Array() }, 'unknown'))).toBeNull();
    expect(treeShap(layOutForest(ones, 'ones'))).toBeNull();
    expect(treeShap(layOutForest({ ...columns, aggregate: 'MAX' }, 'max'))).toBeNull();
    expect(treeShap(layOutForest({ ...columns, postTransform: 'PROBIT' }, 'probit'))).toBeNull();
  });
});

/** The trees of an XGBoost dump: below the threshold is true. */
function dumpedColumns({ trees, features, base_score }: Vectors): TreeColumns {
  const nodes = trees.flatMap((root, tree) => nodesBelow(root).map((node) => ({ ...node, tree })));
  const leaves = nodes.filter((node) => node.leaf !== undefined);
  return {
    width: features.length,
    targets: 1,
    treeIds: Int32Array.from(nodes, ({ tree }) => tree),
    nodeIds: Int32Array.from(nodes, ({ nodeid }) => nodeid),
    featureIds: Int32Array.from(nodes, ({ split }) => Math.max(0, features.indexOf(split ?? ''))),
    thresholds: Float32Array.from(nodes, (node) => node.split_condition ?? 0),
    modes: Uint8Array.from(nodes, ({ leaf }) => (leaf === undefined ? MODE.LT : MODE.LEAF)),
    trueIds: Int32Array.from(nodes, ({ yes }) => yes ?? 0),
    falseIds: Int32Array.from(nodes, ({ no }) => no ?? 0),
    missingTrue: Uint8Array.from(nodes, ({ missing, yes }) => Number(missing === yes)),
    hitRates: Float32Array.from(nodes, ({ cover }) => cover),
    voteTreeIds: Int32Array.from(leaves, ({ tree }) => tree),
    voteNodeIds: Int32Array.from(leaves, ({ nodeid }) => nodeid),
    voteTargets: new Int32Array(leaves.length),
    voteWeights: Float32Array.from(leaves, ({ leaf }) => leaf ?? 0),
    baseValues: Float32Array.of(base_score),
    aggregate: 'SUM',
    postTransform: 'NONE',
  };
}

function nodesBelow(node: DumpedNode): DumpedNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesBelow)];
}
