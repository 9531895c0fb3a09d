import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { type Forest, MODE, NODE_STRIDE, type Votes } from './forest.js';
import type { TreeColumns } from './tree-columns.js';

/** Finds the entry of a node by its tree and its id in that tree; -1 when there is none. */
type NodeIndex = (tree: number, node: number) => number;

/** Counts of weighted rows are 32-bit floats too. */
const COVER_ROUNDING = 1e-3;

interface Layout {
  readonly ints: Int32Array;
  readonly floats: Float32Array;
  readonly missingFalse: Uint8Array;
  readonly modes: Uint8Array;
}

/**
 * Checks an ensemble and lays it out for prediction: every inner node with two children in its own tree, every
 * node reached exactly once from its tree's root. `label` names the model in messages; faults are BAD_MODEL.
 */
export function layOutForest(columns: TreeColumns, label: string): Forest {
  checkColumns(columns, label);
  const indexOf = nodeIndex(columns);
  const layout = layOutNodes(columns, indexOf, label);
  const { roots, depths } = measureTrees(columns, layout, label);
  const votes = placeVotes(columns, indexOf, label);
  const single = columns.targets === 1 && everyLeafVotesOnce(columns, votes);
  if (single) writeLeafValues(layout, votes);
  const ordered = layout.modes.every((mode) => mode === MODE.LEQ);
  return {
    width: columns.width,
    targets: columns.targets,
    ints: layout.ints,
    floats: layout.floats,
    missingFalse: layout.missingFalse,
    modes: ordered ? null : layout.modes,
    cover: knownCover(columns, layout.ints),
    roots,
    depths,
    votes: single ? null : votes,
    aggregate: columns.aggregate,
    baseValues: Float64Array.from(columns.baseValues),
    postTransform: columns.postTransform,
  };
}

function checkColumns(columns: TreeColumns, label: string): void {
  const nodes = columns.modes.length;
  const perNode = [
    'treeIds',
    'nodeIds',
    'featureIds',
    'thresholds',
    'trueIds',
    'falseIds',
    'missingTrue',
  ] as const;
  for (const name of perNode) expectLength(label, name, columns[name].length, nodes);
  const votes = columns.voteWeights.length;
  for (const name of ['voteTreeIds', 'voteNodeIds', 'voteTargets'] as const) {
    expectLength(label, name, columns[name].length, votes);
  }
  expectLength(label, 'baseValues', columns.baseValues.length, columns.targets);
  for (const feature of columns.featureIds) {
    if (feature >= 0 && feature < columns.width) continue;
    throw fault(label, t`a node asks for feature ${feature} of a table ${columns.width} wide`);
  }
}

function expectLength(label: string, name: string, length: number, expected: number): void {
  if (length !== expected) throw fault(label, t`${name} has ${length} entries instead of ${expected}`);
}

/** Most files number a tree's nodes from 0 in one run, where the entry is a sum; the rest are looked up. */
function nodeIndex({ treeIds, nodeIds }: TreeColumns): NodeIndex {
  const firsts = new Map<number, number>();
  const entries = new Map<string, number>();
  for (let i = 0; i < treeIds.length; i += 1) {
    const tree = treeIds[i]!;
    if (!firsts.has(tree)) firsts.set(tree, i);
    if (firsts.get(tree)! + nodeIds[i]! !== i) entries.set(`${tree}/${nodeIds[i]}`, i);
  }
  return (tree, node) => {
    const direct = (firsts.get(tree) ?? -1) + node;
    if (treeIds[direct] === tree && nodeIds[direct] === node) return direct;
    return entries.get(`${tree}/${node}`) ?? -1;
  };
}

function layOutNodes(columns: TreeColumns, indexOf: NodeIndex, label: string): Layout {
  const nodes = columns.modes.length;
  const memory = new ArrayBuffer(nodes * NODE_STRIDE * Int32Array.BYTES_PER_ELEMENT);
  const layout: Layout = {
    ints: new Int32Array(memory),
    floats: new Float32Array(memory),
    missingFalse: columns.missingTrue.map((yes) => (yes === 0 ? 1 : 0)),
    modes: new Uint8Array(nodes),
  };
  for (let i = 0; i < nodes; i += 1) {
    if (columns.modes[i] === MODE.LEAF) placeLeaf(layout, i);
    else placeBranch(columns, layout, i, indexOf, label);
  }
  return layout;
}

function placeLeaf({ ints }: Layout, entry: number): void {
  const node = entry * NODE_STRIDE;
  ints[node + 2] = node;
  ints[node + 3] = node;
}

/**
 * Every ordered comparison is rewritten as `<=`, exactly: for 32-bit floats `x < t` is `x <= the float below t`,
 * and `>` and `>=` are their opposites with the branches exchanged, except for a missing value, which none of
 * them holds for.
 */
function placeBranch(
  columns: TreeColumns,
  layout: Layout,
  entry: number,
  indexOf: NodeIndex,
  label: string,
): void {
  const node = entry * NODE_STRIDE;
  const tree = columns.treeIds[entry]!;
  const mode = columns.modes[entry]!;
  const threshold = columns.thresholds[entry]!;
  const whenTrue = indexOf(tree, columns.trueIds[entry]!);
  const whenFalse = indexOf(tree, columns.falseIds[entry]!);
  if (whenTrue < 0 || whenFalse < 0) throw fault(label, t`tree ${tree} has a branch that leads nowhere`);
  // In the layout a node that points at itself is a leaf.
  if (whenTrue === entry || whenFalse === entry)
    throw fault(label, t`tree ${tree} has a branch that leads back to itself`);
  const exchanged = mode === MODE.GT || mode === MODE.GTE;
  const bound = mode === MODE.LT || mode === MODE.GTE ? floatBelow(threshold) : threshold;
  if (Number.isNaN(bound)) throw fault(label, t`tree ${tree} has a branch that no value can take`);
  layout.ints[node] = columns.featureIds[entry]!;
  layout.floats[node + 1] = bound;
  layout.ints[node + 2] = (exchanged ? whenFalse : whenTrue) * NODE_STRIDE;
  layout.ints[node + 3] = (exchanged ? whenTrue : whenFalse) * NODE_STRIDE;
  layout.modes[entry] = mode === MODE.EQ || mode === MODE.NEQ ? mode : MODE.LEQ;
  if (exchanged) layout.missingFalse[entry] = columns.missingTrue[entry] === 0 ? 0 : 1;
}

const floatBits = new DataView(new ArrayBuffer(4));

/** The largest 32-bit float below `value`; NaN when there is none. */
function floatBelow(value: number): number {
  if (Number.isNaN(value) || value === Number.NEGATIVE_INFINITY) return Number.NaN;
  if (value === 0) return -(2 ** -149);
  floatBits.setFloat32(0, value);
  floatBits.setInt32(0, floatBits.getInt32(0) + (value > 0 ? -1 : 1));
  return floatBits.getFloat32(0);
}

/** Roots in file order, each with the depth of its tree. */
function measureTrees({ treeIds }: TreeColumns, { ints }: Layout, label: string) {
  const parents = countParents(ints);
  const shared = parents.findIndex((count) => count > 1);
  // Before any tree is walked: below a node of two parents a walk could go round for ever.
  if (shared !== -1) throw fault(label, t`node ${shared} hangs from ${parents[shared]!} branches`);
  const roots: number[] = [];
  const depths: number[] = [];
  const trees = new Set<number>();
  let reached = 0;
  for (let i = 0; i < parents.length; i += 1) {
    if (parents[i] !== 0) continue;
    if (trees.has(treeIds[i]!)) throw fault(label, t`tree ${treeIds[i]!} has two roots`);
    trees.add(treeIds[i]!);
    const { nodes, depth } = measureTree(ints, i * NODE_STRIDE);
    reached += nodes;
    roots.push(i * NODE_STRIDE);
    depths.push(depth);
  }
  if (roots.length === 0 || reached !== parents.length) throw fault(label, t`its branches run in a circle`);
  return { roots: Int32Array.from(roots), depths: Int32Array.from(depths) };
}

function countParents(ints: Int32Array): Uint32Array {
  const parents = new Uint32Array(ints.length / NODE_STRIDE);
  for (let node = 0; node < ints.length; node += NODE_STRIDE) {
    for (const child of [ints[node + 2]!, ints[node + 3]!]) {
      if (child !== node) parents[child / NODE_STRIDE]! += 1;
    }
  }
  return parents;
}

/** With at most one parent for each node, what hangs from a root is a tree. */
function measureTree(ints: Int32Array, root: number): { nodes: number; depth: number } {
  const open = [root];
  const levels = [0];
  let nodes = 0;
  let depth = 0;
  while (open.length > 0) {
    const node = open.pop()!;
    const level = levels.pop()!;
    nodes += 1;
    depth = Math.max(depth, level);
    if (ints[node + 2] === node) continue;
    open.push(ints[node + 2]!, ints[node + 3]!);
    levels.push(level + 1, level + 1);
  }
  return { nodes, depth };
}

/** Rates that do not add up are no counts: many exporters fill in ones. */
function knownCover({ hitRates }: TreeColumns, ints: Int32Array): Float32Array | null {
  if (hitRates.length * NODE_STRIDE !== ints.length) return null;
  for (let entry = 0; entry < hitRates.length; entry += 1) {
    const node = entry * NODE_STRIDE;
    const own = hitRates[entry]!;
    if (!(own > 0)) return null;
    if (ints[node + 2] === node) continue;
    const below = hitRates[ints[node + 2]! / NODE_STRIDE]! + hitRates[ints[node + 3]! / NODE_STRIDE]!;
    if (Math.abs(own - below) > COVER_ROUNDING * own) return null;
  }
  return hitRates;
}

function placeVotes(columns: TreeColumns, indexOf: NodeIndex, label: string): Votes {
  const { voteTreeIds, voteNodeIds, voteTargets, voteWeights, modes } = columns;
  const nodes = new Int32Array(voteWeights.length);
  const starts = new Int32Array(modes.length + 1);
  for (let vote = 0; vote < nodes.length; vote += 1) {
    const node = indexOf(voteTreeIds[vote]!, voteNodeIds[vote]!);
    const target = voteTargets[vote]!;
    if (node < 0 || modes[node] !== MODE.LEAF) throw fault(label, t`vote ${vote} belongs to no leaf`);
    if (target < 0 || target >= columns.targets) throw fault(label, t`vote ${vote} is for target ${target}`);
    nodes[vote] = node;
    starts[node + 1]! += 1;
  }
  for (let node = 0; node < modes.length; node += 1) starts[node + 1]! += starts[node]!;
  const next = starts.slice();
  const targets = new Int32Array(nodes.length);
  const weights = new Float32Array(nodes.length);
  for (let vote = 0; vote < nodes.length; vote += 1) {
    const at = next[nodes[vote]!]!;
    next[nodes[vote]!] = at + 1;
    targets[at] = voteTargets[vote]!;
    weights[at] = voteWeights[vote]!;
  }
  return { starts, targets, weights };
}

function everyLeafVotesOnce({ modes }: TreeColumns, { starts }: Votes): boolean {
  return modes.every((mode, node) => mode !== MODE.LEAF || starts[node + 1]! - starts[node]! === 1);
}

function writeLeafValues({ floats }: Layout, { starts, weights }: Votes): void {
  for (let node = 0; node + 1 < starts.length; node += 1) {
    if (starts[node + 1] !== starts[node]) floats[node * NODE_STRIDE + 1] = weights[starts[node]!]!;
  }
}

function fault(label: string, what: string): AtmrError {
  return new AtmrError(
    'BAD_MODEL',
    t`${label} holds a faulty tree ensemble: ${what}. Export the model again.`,
  );
}
