import { AtmrError } from '../errors.js';
import { t } from '../wording/t.js';
import { type Aggregate, type Forest, MODE, type PostTransform } from './forest.js';
import { layOutForest } from './lay-out-forest.js';
import { type OnnxAttribute, type TextList, textAt } from './onnx-attribute.js';
import type { OnnxGraph, OnnxNode } from './onnx-file.js';
import type { TreeColumns } from './tree-columns.js';

const AGGREGATES: readonly Aggregate[] = ['SUM', 'AVERAGE', 'MIN', 'MAX'];
const POST_TRANSFORMS: readonly PostTransform[] = ['NONE', 'SOFTMAX', 'LOGISTIC', 'SOFTMAX_ZERO', 'PROBIT'];
/** Operators that pass numbers on as they are. */
const PASSING = new Set(['Identity', 'Cast', 'Reshape', 'Flatten', 'Constant']);
const MOST_TARGETS = 10_000;
/** TensorProto.DataType. */
const FLOAT = 1;
const DOUBLE = 11;

type Attributes = OnnxNode['attributes'];

/**
 * The forest of a graph that is one TreeEnsembleRegressor, perhaps with Identity, Cast or Reshape around it;
 * `null` for any other graph, which another runtime has to run. A faulty ensemble is refused with BAD_MODEL.
 */
export function readForest(graph: OnnxGraph, label: string): Forest | null {
  const ensemble = onlyEnsemble(graph);
  if (ensemble === null) return null;
  return layOutForest(readColumns(ensemble.attributes, graph.inputs[0]?.width ?? null, label), label);
}

function onlyEnsemble({ nodes, inputs }: OnnxGraph): OnnxNode | null {
  const working = nodes.filter((node) => !passesOn(node));
  const [ensemble] = working;
  if (working.length !== 1 || ensemble === undefined || inputs.length !== 1) return null;
  return ensemble.domain === 'ai.onnx.ml' && ensemble.operator === 'TreeEnsembleRegressor' ? ensemble : null;
}

/** A cast to whole numbers would change what the trees see. */
function passesOn({ operator, domain, attributes }: OnnxNode): boolean {
  if (domain !== '' || !PASSING.has(operator)) return false;
  const to = attributes.get('to')?.int;
  return operator !== 'Cast' || to === FLOAT || to === DOUBLE;
}

function readColumns(attributes: Attributes, width: number | null, label: string): TreeColumns {
  refuseTensors(attributes, label);
  const ints = (name: string) => attributes.get(name)?.ints ?? new Int32Array();
  const floats = (name: string) => attributes.get(name)?.floats ?? new Float32Array();
  const targets = attributes.get('n_targets')?.int ?? 1;
  if (!(targets >= 1 && targets <= MOST_TARGETS)) {
    throw new AtmrError(
      'BAD_MODEL',
      t`${label} predicts ${targets} targets; 1 to ${MOST_TARGETS} were expected.`,
    );
  }
  const featureIds = ints('nodes_featureids');
  const modes = readModes(attributes.get('nodes_modes'), label);
  return {
    width: width ?? largest(featureIds) + 1,
    targets,
    treeIds: ints('nodes_treeids'),
    nodeIds: ints('nodes_nodeids'),
    featureIds,
    thresholds: floats('nodes_values'),
    modes,
    trueIds: ints('nodes_truenodeids'),
    falseIds: ints('nodes_falsenodeids'),
    hitRates: floats('nodes_hitrates'),
    missingTrue: orZeros(Uint8Array.from(ints('nodes_missing_value_tracks_true')), modes.length),
    voteTreeIds: ints('target_treeids'),
    voteNodeIds: ints('target_nodeids'),
    voteTargets: ints('target_ids'),
    voteWeights: floats('target_weights'),
    baseValues: floats('base_values').length === 0 ? new Float32Array(targets) : floats('base_values'),
    aggregate: oneOf(AGGREGATES, attributes.get('aggregate_function')?.text ?? 'SUM', label),
    postTransform: oneOf(POST_TRANSFORMS, attributes.get('post_transform')?.text ?? 'NONE', label),
  };
}

function refuseTensors(attributes: Attributes, label: string): void {
  for (const [name, attribute] of attributes) {
    if (!attribute.other) continue;
    const message = t`${label} keeps ${name} as a tensor (double precision), which the built-in evaluator does not read.`;
    throw new AtmrError('BAD_MODEL', t`${message} Convert the model with 32-bit floats.`);
  }
}

function readModes(attribute: OnnxAttribute | undefined, label: string): Uint8Array {
  if (attribute === undefined)
    throw new AtmrError('BAD_MODEL', t`${label} has a tree ensemble without nodes.`);
  const { texts } = attribute;
  const modes = new Uint8Array(texts.starts.length);
  for (let node = 0; node < modes.length; node += 1) {
    const mode = modeAt(texts, node);
    if (mode === undefined) {
      throw new AtmrError('BAD_MODEL', t`${label} has a node of unknown mode ${textAt(texts, node)}.`);
    }
    modes[node] = mode;
  }
  return modes;
}

/** All modes but LEAF begin with `BRANCH_`; the length and the first letter after it tell them apart. */
function modeAt({ bytes, starts, ends }: TextList, node: number): number | undefined {
  const start = starts[node]!;
  const length = ends[node]! - start;
  if (length === 'LEAF'.length) return MODE.LEAF;
  const letter = String.fromCharCode(bytes[start + 'BRANCH_'.length] ?? 0);
  return MODES_BY_LETTER[`${letter}${length - 'BRANCH_'.length}`];
}

const MODES_BY_LETTER: Readonly<Record<string, number>> = {
  L3: MODE.LEQ,
  L2: MODE.LT,
  G3: MODE.GTE,
  G2: MODE.GT,
  E2: MODE.EQ,
  N3: MODE.NEQ,
};

function oneOf<T extends string>(names: readonly T[], name: string, label: string): T {
  const known = names.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  throw new AtmrError('BAD_MODEL', t`${label} asks for ${name}; one of ${names.join(', ')} was expected.`);
}

function orZeros(values: Uint8Array, length: number): Uint8Array {
  return values.length === 0 ? new Uint8Array(length) : values;
}

function largest(values: Int32Array): number {
  let max = 0;
  for (const value of values) max = Math.max(max, value);
  return max;
}
