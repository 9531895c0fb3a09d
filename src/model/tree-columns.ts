import type { Aggregate, PostTransform } from './forest.js';

/** A tree ensemble as ONNX writes it: one entry for each node, one for each leaf's vote. */
export interface TreeColumns {
  /** Features a row must have. */
  readonly width: number;
  readonly targets: number;
  readonly treeIds: Int32Array;
  /** Unique within a tree. */
  readonly nodeIds: Int32Array;
  readonly featureIds: Int32Array;
  readonly thresholds: Float32Array;
  /** A `MODE` of `forest.ts` for each node. */
  readonly modes: Uint8Array;
  readonly trueIds: Int32Array;
  readonly falseIds: Int32Array;
  /** 1 where a missing value takes the true branch. */
  readonly missingTrue: Uint8Array;
  /** How many training rows reached each node (`nodes_hitrates`); empty where nobody knows. */
  readonly hitRates: Float32Array;
  readonly voteTreeIds: Int32Array;
  readonly voteNodeIds: Int32Array;
  readonly voteTargets: Int32Array;
  readonly voteWeights: Float32Array;
  /** One for each target. */
  readonly baseValues: Float32Array;
  readonly aggregate: Aggregate;
  readonly postTransform: PostTransform;
}
