import { MODE } from '../model/forest.js';
import type { TreeColumns } from '../model/tree-columns.js';
import type { BinnedTable } from './binning.js';
import type { Boosted } from './booster.js';
import type { GrownTree } from './grow-tree.js';

/** A value that every 32-bit float but infinity is below. */
const LARGEST_FLOAT = 2 ** 127 * (2 - 2 ** -23);

interface NodeEntry {
  readonly tree: number;
  readonly node: number;
  readonly grown: GrownTree;
}

/** A boosted forest as the columns of an ONNX tree ensemble: bins become the thresholds they stand for. */
export function boostedColumns({ base, trees }: Boosted, { edges }: BinnedTable): TreeColumns {
  const nodes = trees.flatMap((grown, tree) =>
    Array.from({ length: nodesOf(grown) }, (_, node): NodeEntry => ({ tree, node, grown })),
  );
  const leaves = nodes.filter(isLeaf);
  const ints = (entries: readonly NodeEntry[], of: (entry: NodeEntry) => number) =>
    Int32Array.from(entries, of);
  return {
    width: edges.length,
    targets: 1,
    treeIds: ints(nodes, ({ tree }) => tree),
    nodeIds: ints(nodes, ({ node }) => node),
    featureIds: ints(nodes, ({ grown, node }) => Math.max(0, grown.feature[node]!)),
    thresholds: Float32Array.from(nodes, (entry) => thresholdOf(entry, edges)),
    modes: Uint8Array.from(nodes, (entry) => (isLeaf(entry) ? MODE.LEAF : MODE.LEQ)),
    trueIds: ints(nodes, ({ grown, node }) => grown.whenTrue[node]!),
    falseIds: ints(nodes, ({ grown, node }) => grown.whenFalse[node]!),
    missingTrue: Uint8Array.from(nodes, ({ grown, node }) => grown.missingTrue[node]!),
    hitRates: Float32Array.from(nodes, ({ grown, node }) => grown.cover[node]!),
    voteTreeIds: ints(leaves, ({ tree }) => tree),
    voteNodeIds: ints(leaves, ({ node }) => node),
    voteTargets: new Int32Array(leaves.length),
    voteWeights: Float32Array.from(leaves, ({ grown, node }) => grown.value[node]!),
    baseValues: Float32Array.of(base),
    aggregate: 'SUM',
    postTransform: 'NONE',
  };
}

/** A tree has room for more nodes than it may have grown. */
function nodesOf({ feature }: GrownTree): number {
  return 2 * feature.filter((index) => index >= 0).length + 1;
}

function isLeaf({ grown, node }: NodeEntry): boolean {
  return grown.feature[node]! < 0;
}

/** The last bin has no edge: a cut there parts the known from the missing. */
function thresholdOf({ grown, node }: NodeEntry, edges: readonly Float32Array[]): number {
  const feature = grown.feature[node]!;
  return feature < 0 ? 0 : (edges[feature]![grown.bin[node]!] ?? LARGEST_FLOAT);
}
