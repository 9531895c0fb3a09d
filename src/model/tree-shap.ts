import { type Forest, NODE_STRIDE } from './forest.js';
import { gaussLegendre } from './gauss-legendre.js';
import { takesTrue } from './predict-forest.js';

/** What each feature of a row adds to the forest's mean answer. */
export interface TreeShap {
  /** The mean answer over the training rows, in minutes. */
  readonly base: number;
  /** Writes the minutes of every feature of `row`; with `base` they add up to the prediction. */
  explain(row: Float32Array, minutes: Float64Array): void;
}

/**
 * Trees whose values are looked up by the outcomes of all their comparisons together; one after another in flat arrays,
 * because there are hundreds of them for each prediction. `…Starts` have one entry more than there are trees.
 */
interface SmallTrees {
  readonly roots: Int32Array;
  readonly nodes: Int32Array;
  readonly nodeStarts: Int32Array;
  /** Features that the tree asks for. */
  readonly features: Int32Array;
  readonly featureStarts: Int32Array;
  /** By outcome whether its values are known, and the values of the tree's features. */
  readonly known: Uint8Array;
  readonly knownStarts: Int32Array;
  readonly minutes: Float64Array;
  readonly minuteStarts: Int32Array;
}

/** 2^7 outcomes of some seven features are 7 kB a tree. */
const MOST_COMPARISONS = 7;

/**
 * Exact path-dependent Shapley values of a sum or average of trees (Lundberg et al. 2018); `null` where they do not
 * exist: unknown cover, several targets, or a sum that is transformed. A small tree depends on the row through few
 * comparisons only, so each of their outcomes is computed once and looked up from then on.
 */
export function treeShap(forest: Forest): TreeShap | null {
  const { cover, aggregate, votes, postTransform } = forest;
  const additive = (aggregate === 'SUM' || aggregate === 'AVERAGE') && postTransform === 'NONE';
  if (cover === null || votes !== null || !additive) return null;
  const divisor = aggregate === 'AVERAGE' ? forest.roots.length : 1;
  const addTree = treeAdder(forest, cover);
  const shapes = Array.from(forest.roots, (root) => shapeOf(forest, root));
  const small = layOutSmall(shapes.filter(isSmall));
  const large = shapes.filter((shape) => !isSmall(shape)).map(({ root }) => root);
  const fresh = new Float64Array(forest.width);
  const means = forest.roots.reduce((sum, root) => sum + meanOf(forest, cover, root), 0);
  return {
    base: forest.baseValues[0]! + means / divisor,
    explain: (row, minutes) => {
      minutes.fill(0);
      addRemembered(forest, small, row, minutes, (root) => {
        fresh.fill(0);
        addTree(root, row, fresh);
        return fresh;
      });
      for (const root of large) addTree(root, row, minutes);
      for (let i = 0; i < minutes.length; i += 1) minutes[i]! /= divisor;
    },
  };
}

function meanOf(forest: Forest, cover: Float32Array, node: number): number {
  const { ints, floats } = forest;
  const [whenTrue, whenFalse] = [ints[node + 2]!, ints[node + 3]!];
  if (whenTrue === node) return floats[node + 1]!;
  const share = trueShare(cover, whenTrue, whenFalse);
  return share * meanOf(forest, cover, whenTrue) + (1 - share) * meanOf(forest, cover, whenFalse);
}

/** Of the children's sum: rounded counts need not add up to the parent's. */
function trueShare(cover: Float32Array, whenTrue: number, whenFalse: number): number {
  const yes = cover[whenTrue / NODE_STRIDE]!;
  return yes / (yes + cover[whenFalse / NODE_STRIDE]!);
}

interface TreeShape {
  readonly root: number;
  /** Inner nodes. */
  readonly inner: readonly number[];
  readonly features: readonly number[];
}

function shapeOf({ ints }: Forest, root: number): TreeShape {
  const inner: number[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (ints[node + 2] === node) continue;
    inner.push(node);
    open.push(ints[node + 2]!, ints[node + 3]!);
  }
  return { root, inner, features: [...new Set(inner.map((node) => ints[node]!))] };
}

function isSmall({ inner }: TreeShape): boolean {
  return inner.length <= MOST_COMPARISONS;
}

function layOutSmall(shapes: readonly TreeShape[]): SmallTrees {
  const outcomes = shapes.map(({ inner }) => 2 ** inner.length);
  const nodeStarts = startsOf(shapes.map(({ inner }) => inner.length));
  const featureStarts = startsOf(shapes.map(({ features }) => features.length));
  const knownStarts = startsOf(outcomes);
  const minuteStarts = startsOf(shapes.map(({ features }, tree) => outcomes[tree]! * features.length));
  return {
    roots: Int32Array.from(shapes, ({ root }) => root),
    nodes: Int32Array.from(shapes.flatMap(({ inner }) => inner)),
    nodeStarts,
    features: Int32Array.from(shapes.flatMap(({ features }) => features)),
    featureStarts,
    known: new Uint8Array(knownStarts.at(-1)!),
    knownStarts,
    minutes: new Float64Array(minuteStarts.at(-1)!),
    minuteStarts,
  };
}

function startsOf(lengths: readonly number[]): Int32Array {
  const starts = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    starts[i + 1] = starts[i]! + length;
  });
  return starts;
}

/** Adds the values of all small trees; what an outcome that was never met is worth, `compute` tells for its root. */
function addRemembered(
  forest: Forest,
  small: SmallTrees,
  row: Float32Array,
  sums: Float64Array,
  compute: (root: number) => Float64Array,
): void {
  const { roots, nodes, nodeStarts, features, featureStarts, known, knownStarts, minutes, minuteStarts } =
    small;
  for (let tree = 0; tree < roots.length; tree += 1) {
    const outcome = outcomeOf(forest, nodes, nodeStarts[tree]!, nodeStarts[tree + 1]!, row);
    const first = featureStarts[tree]!;
    const count = featureStarts[tree + 1]! - first;
    const start = minuteStarts[tree]! + outcome * count;
    if (known[knownStarts[tree]! + outcome] === 0) {
      const fresh = compute(roots[tree]!);
      for (let i = 0; i < count; i += 1) minutes[start + i] = fresh[features[first + i]!]!;
      known[knownStarts[tree]! + outcome] = 1;
    }
    for (let i = 0; i < count; i += 1) sums[features[first + i]!]! += minutes[start + i]!;
  }
}

/** One bit a comparison. Where all are `<=` they are added up as numbers: which way a row goes cannot be predicted. */
function outcomeOf(
  forest: Forest,
  nodes: Int32Array,
  from: number,
  until: number,
  row: Float32Array,
): number {
  const { ints, floats, missingFalse, modes } = forest;
  let outcome = 0;
  for (let i = from; i < until; i += 1) {
    const node = nodes[i]!;
    if (modes !== null) {
      outcome = 2 * outcome + Number(takesTrue(forest, node, row, 0));
      continue;
    }
    const value = row[ints[node]!]!;
    const above = Number(value > floats[node + 1]!);
    const missing = Number(Number.isNaN(value)) & missingFalse[node >> 2]!;
    outcome = 2 * outcome + 1 - (above | missing);
  }
  return outcome;
}

/**
 * A function that adds the values of one tree. A leaf is worth its value times, for each feature on its path, 1 or 0
 * when the feature is known (whether the row goes there) and the share of training rows when it is not. The Shapley
 * value of a feature in such a product is the integral of the product's derivative along the diagonal of its
 * multilinear extension (Owen 1972): a polynomial, which a quadrature takes exactly. Sums over all leaves below an
 * edge are enough, as in Linear TreeSHAP (Yu et al. 2022).
 */
function treeAdder(forest: Forest, cover: Float32Array) {
  const { ints, floats, width } = forest;
  const deepest = forest.depths.reduce((a, b) => Math.max(a, b), 0);
  // The derivative of a product of m factors has the degree m − 1.
  const { points, weights } = gaussLegendre(Math.max(1, Math.ceil(mostFeaturesOnAPath(forest) / 2)));
  const n = points.length;
  const products = new Float64Array((deepest + 1) * n);
  const sums = new Float64Array((deepest + 1) * n);
  const known = new Float64Array(width).fill(1);
  const unknown = new Float64Array(width).fill(1);
  products.fill(1, 0, n);

  /** Takes the edge to `child` with the share of rows that take it; `above` is the level of the edge's start. */
  const takeEdge = (
    child: number,
    above: number,
    edge: { feature: number; taken: boolean; share: number },
    row: Float32Array,
    minutes: Float64Array,
  ): void => {
    const { feature, taken, share } = edge;
    const [known0, unknown0] = [known[feature]!, unknown[feature]!];
    const known1 = taken ? known0 : 0;
    const unknown1 = unknown0 * share;
    const [start, below] = [above * n, (above + 1) * n];
    for (let q = 0; q < n; q += 1) {
      const factor0 = unknown0 + (known0 - unknown0) * points[q]!;
      const factor1 = unknown1 + (known1 - unknown1) * points[q]!;
      products[below + q] = (products[start + q]! * factor1) / factor0;
    }
    known[feature] = known1;
    unknown[feature] = unknown1;
    descend(child, above + 1, row, minutes);
    known[feature] = known0;
    unknown[feature] = unknown0;
    // A feature that decided before counts by its last decision only: what it had here so far is taken back.
    let value = 0;
    for (let q = 0; q < n; q += 1) {
      const at = points[q]!;
      const gain = (known1 - unknown1) / (unknown1 + (known1 - unknown1) * at);
      const before = (known0 - unknown0) / (unknown0 + (known0 - unknown0) * at);
      value += weights[q]! * sums[below + q]! * (gain - before);
      sums[start + q]! += sums[below + q]!;
    }
    minutes[feature]! += value;
  };

  const descend = (node: number, level: number, row: Float32Array, minutes: Float64Array): void => {
    const start = level * n;
    const [whenTrue, whenFalse] = [ints[node + 2]!, ints[node + 3]!];
    if (whenTrue === node) {
      for (let q = 0; q < n; q += 1) sums[start + q] = products[start + q]! * floats[node + 1]!;
      return;
    }
    sums.fill(0, start, start + n);
    const feature = ints[node]!;
    const share = trueShare(cover, whenTrue, whenFalse);
    const taken = takesTrue(forest, node, row, 0);
    takeEdge(whenTrue, level, { feature, taken, share }, row, minutes);
    takeEdge(whenFalse, level, { feature, taken: !taken, share: 1 - share }, row, minutes);
  };

  return (root: number, row: Float32Array, minutes: Float64Array): void => descend(root, 0, row, minutes);
}

function mostFeaturesOnAPath({ ints, roots, width }: Forest): number {
  const times = new Uint32Array(width);
  const below = (node: number, before: number): number => {
    if (ints[node + 2] === node) return before;
    const feature = ints[node]!;
    const features = before + Number(times[feature] === 0);
    times[feature]! += 1;
    const most = Math.max(below(ints[node + 2]!, features), below(ints[node + 3]!, features));
    times[feature]! -= 1;
    return most;
  };
  return roots.reduce((most, root) => Math.max(most, below(root, 0)), 0);
}
