import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Aggregate, MODE, type PostTransform } from '../../src/model/forest.js';
import type { TreeColumns } from '../../src/model/tree-columns.js';

export interface Shape {
  readonly seed: number;
  readonly trees: number;
  readonly depth: number;
  readonly targets: number;
  readonly modes: readonly number[];
  readonly aggregate: Aggregate;
  readonly postTransform: PostTransform;
}

export const WIDTH = 4;
/** Thresholds and values share few whole numbers, so that equality happens. */
const LEVELS = 5;

/** A seeded stream of numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}

/** A random ensemble; leaves of several targets vote for some of them. */
export function randomColumns(shape: Shape): TreeColumns {
  const random = randomNumbers(shape.seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const nodes: number[][] = [];
  const votes: number[][] = [];
  const addNode = (tree: number, depth: number, count: { nodes: number }): number => {
    const id = count.nodes++;
    const leaf = depth === shape.depth || (depth > 0 && random() < 0.1);
    const mode = leaf ? MODE.LEAF : shape.modes[below(shape.modes.length)]!;
    const node = [
      tree,
      id,
      leaf ? 0 : below(WIDTH),
      leaf ? 0 : below(LEVELS),
      mode,
      0,
      0,
      leaf ? 0 : below(2),
      1 + below(9),
    ];
    nodes.push(node);
    if (leaf) {
      for (let target = 0; target < shape.targets; target += 1) {
        if (shape.targets === 1 || random() < 0.7) votes.push([tree, id, target, random() - 0.5]);
      }
      return id;
    }
    node[5] = addNode(tree, depth + 1, count);
    node[6] = addNode(tree, depth + 1, count);
    node[8] = coverOf(tree, node[5]) + coverOf(tree, node[6]);
    return id;
  };
  const coverOf = (tree: number, id: number) => nodes.find((node) => node[0] === tree && node[1] === id)![8]!;
  for (let tree = 0; tree < shape.trees; tree += 1) addNode(tree, 0, { nodes: 0 });
  const column = (rows: number[][], index: number) => rows.map((row) => row[index]!);
  return {
    width: WIDTH,
    targets: shape.targets,
    treeIds: Int32Array.from(column(nodes, 0)),
    nodeIds: Int32Array.from(column(nodes, 1)),
    featureIds: Int32Array.from(column(nodes, 2)),
    thresholds: Float32Array.from(column(nodes, 3)),
    modes: Uint8Array.from(column(nodes, 4)),
    trueIds: Int32Array.from(column(nodes, 5)),
    falseIds: Int32Array.from(column(nodes, 6)),
    missingTrue: Uint8Array.from(column(nodes, 7)),
    hitRates: Float32Array.from(column(nodes, 8)),
    voteTreeIds: Int32Array.from(column(votes, 0)),
    voteNodeIds: Int32Array.from(column(votes, 1)),
    voteTargets: Int32Array.from(column(votes, 2)),
    voteWeights: Float32Array.from(column(votes, 3)),
    baseValues: Float32Array.from({ length: shape.targets }, () => random()),
    aggregate: shape.aggregate,
    postTransform: shape.postTransform,
  };
}

/** Rows of whole numbers, a sixth of them missing. */
export function randomRows(seed: number, count: number): Float32Array {
  const random = randomNumbers(seed);
  return Float32Array.from({ length: count * WIDTH }, () =>
    random() < 1 / 6 ? Number.NaN : Math.floor(random() * LEVELS),
  );
}

/** The score of every target, straight from the operator's definition, one look-up after the other. */
export function definedScores(columns: TreeColumns, row: Float32Array): number[] {
  const trees = [...new Set(columns.treeIds)];
  const weights: number[][] = Array.from({ length: columns.targets }, () => []);
  for (const tree of trees) {
    let id = 0;
    for (let at = entry(columns, tree, id); columns.modes[at] !== MODE.LEAF; at = entry(columns, tree, id)) {
      id = holds(columns, at, row[columns.featureIds[at]!]!) ? columns.trueIds[at]! : columns.falseIds[at]!;
    }
    columns.voteWeights.forEach((weight, vote) => {
      const own = columns.voteTreeIds[vote] === tree && columns.voteNodeIds[vote] === id;
      if (own) weights[columns.voteTargets[vote]!]!.push(weight);
    });
  }
  return weights.map((all, target) => aggregate(columns, all, trees.length) + columns.baseValues[target]!);
}

function entry({ treeIds, nodeIds }: TreeColumns, tree: number, node: number): number {
  return treeIds.findIndex((id, at) => id === tree && nodeIds[at] === node);
}

function holds({ modes, thresholds, missingTrue }: TreeColumns, at: number, value: number): boolean {
  if (Number.isNaN(value) && missingTrue[at] === 1) return true;
  const threshold = thresholds[at]!;
  const answers = [
    value <= threshold,
    value < threshold,
    value >= threshold,
    value > threshold,
    value === threshold,
    value !== threshold,
  ];
  return answers[modes[at]!]!;
}

function aggregate(columns: TreeColumns, weights: readonly number[], trees: number): number {
  if (weights.length === 0) return 0;
  if (columns.aggregate === 'MIN') return Math.min(...weights);
  if (columns.aggregate === 'MAX') return Math.max(...weights);
  const sum = weights.reduce((a, b) => a + b, 0);
  return columns.aggregate === 'AVERAGE' ? sum / trees : sum;
}
