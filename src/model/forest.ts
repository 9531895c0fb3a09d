/** A tree ensemble laid out flat. A node is four 32-bit numbers, so that one cache line answers one step. */
export interface Forest {
  /** Features a row must have. */
  readonly width: number;
  readonly targets: number;
  /** Per node: feature, (threshold), offset of the true child, offset of the false child. A leaf leads to itself. */
  readonly ints: Int32Array;
  /** The same memory: at node + 1 an inner node's threshold or, for one target, a leaf's value. */
  readonly floats: Float32Array;
  /** Per node, 1 where a missing value takes the false child. */
  readonly missingFalse: Uint8Array;
  /** Per node, LEQ, EQ or NEQ of {@link MODE}, the others being rewritten; `null` when all are LEQ. */
  readonly modes: Uint8Array | null;
  /** Per node, how many training rows reached it; `null` where the file does not tell. */
  readonly cover: Float32Array | null;
  /** Per tree, the offset of its root and how many steps its deepest leaf takes. */
  readonly roots: Int32Array;
  readonly depths: Int32Array;
  /** What each leaf adds to which target; `null` when there is one target and the leaves hold their values. */
  readonly votes: Votes | null;
  readonly aggregate: Aggregate;
  /** One for each target. */
  readonly baseValues: Float64Array;
  readonly postTransform: PostTransform;
}

/** The votes of node n are those from `starts[n]` up to `starts[n + 1]`. */
export interface Votes {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly weights: Float32Array;
}

export type Aggregate = 'SUM' | 'AVERAGE' | 'MIN' | 'MAX';
export type PostTransform = 'NONE' | 'SOFTMAX' | 'LOGISTIC' | 'SOFTMAX_ZERO' | 'PROBIT';

/** How an inner node compares a value with its threshold. */
export const MODE = { LEQ: 0, LT: 1, GTE: 2, GT: 3, EQ: 4, NEQ: 5, LEAF: 6 } as const;

/** Numbers per node in {@link Forest.ints}. */
export const NODE_STRIDE = 4;
