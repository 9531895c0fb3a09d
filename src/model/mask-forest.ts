import { type Forest, NODE_STRIDE } from './forest.js';
import type { MaskedForest } from './masked-forest.js';

/** A tree's patterns of leaves left are looked up: 2^8 of 8 bytes are 2 kB a tree. */
const MOST_LEAVES = 8;
const WORD_BITS = 32;
/** Beyond, as many thresholds and trees no longer fit the cache that makes this fast. */
const MOST_MASKS = 1 << 21;
/** Trees that are looked at for a place in a word. */
const MOST_COMPARED = 64;
/** Places of features that are looked up together. */
const MOST_TOGETHER = 256;

/** The masks of a forest with one target whose nodes all compare by `<=`; `null` where its trees are too large or many. */
export function maskForest(forest: Forest): MaskedForest | null {
  const shapes: TreeShape[] = [];
  let bits = 1;
  for (const root of forest.roots) {
    const shape = shapeOf(forest, root);
    if (shape === null) return null;
    shapes.push(shape);
    bits = Math.max(bits, shape.leaves.length);
  }
  const treesPerWord = Math.floor(WORD_BITS / bits);
  const words = Math.ceil(shapes.length / treesPerWord);
  const asked = thresholdsOf(forest, shapes);
  const grouped = groupsOf(asked);
  const { places } = grouped;
  if (words * places > MOST_MASKS) return null;
  const trees = alikeTogether(shapes, forest, treesPerWord);
  const masks = new Int32Array(words * places).fill(-1);
  const used = Array.from({ length: words }, () => new Set<number>());
  trees.forEach(({ inner }, tree) => {
    const word = Math.floor(tree / treesPerWord);
    const shift = (tree % treesPerWord) * bits;
    const own = masks.subarray(word * places, (word + 1) * places);
    for (const { node, trueLeaves } of inner) {
      const feature = asked.features.indexOf(forest.ints[node]!);
      used[word]!.add(grouped.groupOf[feature]!);
      const missingFalse = forest.missingFalse[node / NODE_STRIDE] === 1;
      clear(
        own,
        trueLeaves << shift,
        { feature, threshold: forest.floats[node + 1]!, missingFalse },
        asked,
        grouped,
      );
    }
  });
  return {
    ...{ ...asked, ...grouped, bits, treesPerWord, masks },
    ...listed(used),
    values: valuesOf(trees, bits),
    trees: trees.length,
  };
}

type Asked = Pick<MaskedForest, 'features' | 'thresholds' | 'starts'>;
type Grouped = Pick<MaskedForest, 'groupOf' | 'strides' | 'groupStarts' | 'places'>;

/** Clears the leaves wherever the comparison does not hold, whatever the other features of its group. */
function clear(
  masks: Int32Array,
  leaves: number,
  { feature, threshold, missingFalse }: { feature: number; threshold: number; missingFalse: boolean },
  { thresholds, starts }: Asked,
  { groupOf, strides, groupStarts, places }: Grouped,
): void {
  const own = thresholds.subarray(starts[feature]!, starts[feature + 1]!);
  const nth = own.indexOf(threshold);
  const group = groupOf[feature]!;
  const first = groupStarts[group]!;
  const size = (groupStarts[group + 1] ?? places) - first;
  for (let place = 0; place < size; place += 1) {
    const below = Math.floor(place / strides[feature]!) % (own.length + 2);
    const isMissing = below === own.length + 1;
    if (isMissing ? missingFalse : below > nth) masks[first + place]! &= ~leaves;
  }
}

/** Features of few thresholds together, as long as their places are not too many. */
function groupsOf({ features, starts }: Asked): Grouped {
  // A place for each number of thresholds below a value, and one for a missing value.
  const own = Array.from(features, (_, i) => starts[i + 1]! - starts[i]! + 2);
  const groupOf = new Int32Array(features.length);
  const strides = new Int32Array(features.length);
  const sizes: number[] = [];
  for (const feature of [...own.keys()].sort((a, b) => own[a]! - own[b]!)) {
    const last = sizes.at(-1) ?? Number.POSITIVE_INFINITY;
    const fits = last * own[feature]! <= MOST_TOGETHER;
    if (!fits) sizes.push(1);
    strides[feature] = sizes.at(-1)!;
    sizes[sizes.length - 1]! *= own[feature]!;
    groupOf[feature] = sizes.length - 1;
  }
  const groupStarts = new Int32Array(sizes.length);
  for (let group = 1; group < sizes.length; group += 1) {
    groupStarts[group] = groupStarts[group - 1]! + sizes[group - 1]!;
  }
  return { groupOf, strides, groupStarts, places: sizes.reduce((sum, size) => sum + size, 0) };
}

interface TreeShape {
  /** Values from the all-true leaf on. */
  readonly leaves: readonly number[];
  /** Inner nodes, and as bits the leaves that a comparison which holds leads to. */
  readonly inner: readonly { readonly node: number; readonly trueLeaves: number }[];
}

/** `null` for a tree of more leaves than there are bits for. */
function shapeOf({ ints, floats }: Forest, root: number): TreeShape | null {
  const leaves: number[] = [];
  const inner: { node: number; trueLeaves: number }[] = [];
  const descend = (node: number): void => {
    if (leaves.length > MOST_LEAVES) return;
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
  return leaves.length > MOST_LEAVES ? null : { leaves, inner };
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

function listed(used: readonly ReadonlySet<number>[]) {
  const useStarts = new Int32Array(used.length + 1);
  used.forEach((of, word) => {
    useStarts[word + 1] = useStarts[word]! + of.size;
  });
  return { uses: Int32Array.from(used.flatMap((of) => [...of])), useStarts };
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
