import { type Forest, NODE_STRIDE } from './forest.js';
import type { MaskedForest } from './masked-forest.js';

/** A tree's patterns of leaves left are looked up: 2^8 of 8 bytes are 2 kB a tree. */
const MOST_LEAVES = 8;
const WORD_BITS = 32;
/** Beyond, as many thresholds and trees no longer fit the cache that makes this fast. */
const MOST_MASKS = 1 << 21;
/** Trees that are looked at for a place in a word. */
const MOST_COMPARED = 64;

/** The masks of a forest with one target whose nodes all compare by `<=`; `null` where its trees are too large or many. */
export function maskForest(forest: Forest): MaskedForest | null {
  const shapes = Array.from(forest.roots, (root) => shapeOf(forest, root));
  const bits = shapes.reduce((most, { leaves }) => Math.max(most, leaves.length), 1);
  if (bits > MOST_LEAVES) return null;
  const treesPerWord = Math.floor(WORD_BITS / bits);
  const trees = alikeTogether(shapes, forest, treesPerWord);
  const words = Math.ceil(trees.length / treesPerWord);
  const { features, thresholds, starts } = thresholdsOf(forest, trees);
  // One more than there are thresholds, and one for a missing value.
  const places = thresholds.length + 2 * features.length;
  if (words * places > MOST_MASKS) return null;
  const masks = new Int32Array(words * places).fill(-1);
  const used: number[][] = Array.from({ length: words }, () => []);
  trees.forEach(({ inner }, tree) => {
    const word = Math.floor(tree / treesPerWord);
    const shift = (tree % treesPerWord) * bits;
    for (const { node, trueLeaves } of inner) {
      const feature = features.indexOf(forest.ints[node]!);
      if (!used[word]!.includes(feature)) used[word]!.push(feature);
      const cleared = ~(trueLeaves << shift);
      const of = thresholds.subarray(starts[feature]!, starts[feature + 1]!);
      const start = word * places + starts[feature]! + 2 * feature;
      for (let below = of.indexOf(forest.floats[node + 1]!) + 1; below <= of.length; below += 1) {
        masks[start + below]! &= cleared;
      }
      if (forest.missingFalse[node / NODE_STRIDE] === 1) masks[start + of.length + 1]! &= cleared;
    }
  });
  return {
    ...{ features, thresholds, starts, bits, treesPerWord, places, masks },
    ...listed(used),
    values: valuesOf(trees, bits),
    trees: trees.length,
  };
}

interface TreeShape {
  /** Values from the all-true leaf on. */
  readonly leaves: readonly number[];
  /** Inner nodes, and as bits the leaves that a comparison which holds leads to. */
  readonly inner: readonly { readonly node: number; readonly trueLeaves: number }[];
}

function shapeOf({ ints, floats }: Forest, root: number): TreeShape {
  const leaves: number[] = [];
  const inner: { node: number; trueLeaves: number }[] = [];
  const descend = (node: number): void => {
    if (ints[node + 2] === node) {
      leaves.push(floats[node + 1]!);
      return;
    }
    const from = leaves.length;
    descend(ints[node + 2]!);
    inner.push({ node, trueLeaves: (2 ** (leaves.length - from) - 1) * 2 ** from });
    descend(ints[node + 3]!);
  };
  descend(root);
  return { leaves, inner };
}

/**
 * Puts trees that ask for the same features into one word, which then has few masks to look at: to the first of those
 * that wait, those of the next that add least to what the word asks for.
 */
function alikeTogether(shapes: readonly TreeShape[], { ints }: Forest, perWord: number): TreeShape[] {
  const waiting = shapes.map((shape) => ({
    shape,
    features: [...new Set(shape.inner.map(({ node }) => ints[node]!))],
  }));
  const ordered: TreeShape[] = [];
  let asked = new Set<number>();
  while (waiting.length > 0) {
    if (ordered.length % perWord === 0) asked = new Set();
    const next = asked.size === 0 ? 0 : cheapest(waiting, asked);
    const [{ shape, features }] = waiting.splice(next, 1) as [(typeof waiting)[number]];
    for (const feature of features) asked.add(feature);
    ordered.push(shape);
  }
  return ordered;
}

function cheapest(waiting: readonly { readonly features: readonly number[] }[], asked: ReadonlySet<number>) {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < Math.min(waiting.length, MOST_COMPARED); i += 1) {
    const { features } = waiting[i]!;
    let more = 0;
    for (const feature of features) if (!asked.has(feature)) more += 1;
    // Of equals the one that asks for most, which another word would have to pay for.
    const cost = more - features.length / MOST_LEAVES;
    if (cost >= least) continue;
    best = i;
    least = cost;
  }
  return best;
}

function thresholdsOf({ ints, floats }: Forest, trees: readonly TreeShape[]) {
  const byFeature = new Map<number, Set<number>>();
  for (const { inner } of trees) {
    for (const { node } of inner) {
      const known = byFeature.get(ints[node]!) ?? new Set();
      byFeature.set(ints[node]!, known.add(floats[node + 1]!));
    }
  }
  const features = Int32Array.from(byFeature.keys()).sort();
  const sorted = Array.from(features, (feature) => Float32Array.from(byFeature.get(feature)!).sort());
  const starts = new Int32Array(features.length + 1);
  sorted.forEach((of, i) => {
    starts[i + 1] = starts[i]! + of.length;
  });
  return { features, thresholds: Float32Array.from(sorted.flatMap((of) => [...of])), starts };
}

function listed(used: readonly (readonly number[])[]) {
  const useStarts = new Int32Array(used.length + 1);
  used.forEach((of, word) => {
    useStarts[word + 1] = useStarts[word]! + of.length;
  });
  return { uses: Int32Array.from(used.flat()), useStarts };
}

function valuesOf(trees: readonly TreeShape[], bits: number): Float64Array {
  const patterns = 2 ** bits;
  const values = new Float64Array(trees.length * patterns);
  trees.forEach(({ leaves }, tree) => {
    for (let left = 1; left < patterns; left += 1) {
      values[tree * patterns + left] = leaves[Math.min(leaves.length - 1, 31 - Math.clz32(left & -left))]!;
    }
  });
  return values;
}
