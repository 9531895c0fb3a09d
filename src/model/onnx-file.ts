import { PbfReader } from 'pbf';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import { type OnnxAttribute, readAttribute } from './onnx-attribute.js';

/** What an ONNX file says about its graph, as far as a model of one table in and numbers out needs it. */
export interface OnnxGraph {
  readonly producer: string;
  /** Graph inputs that no initializer fills. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
}

export interface OnnxValue {
  readonly name: string;
  /** The size of the last dimension; `null` when the file leaves it open. */
  readonly width: number | null;
}

export interface OnnxNode {
  readonly operator: string;
  /** `ai.onnx.ml` for tree ensembles, empty for the standard operators. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** Called for each field of a message; `end` of the message is known to lie inside the file. */
type FieldReader = (field: number) => void;

/**
 * Reads a serialised ModelProto (onnx.proto3 of ONNX 1.x). `label` names the file in messages.
 * A file that is truncated, or no ONNX model at all, is refused with BAD_MODEL.
 */
export function readOnnx(bytes: Uint8Array, label: string): OnnxGraph {
  const graph = wrapFaults(label, () => readModel(new PbfReader(bytes)));
  if (graph === null || graph.nodes.length === 0 || graph.inputs.length === 0 || graph.outputs.length === 0) {
    throw new AtmrError(
      'BAD_MODEL',
      t`${label} is not an ONNX model: a graph with an input, a node and an output was expected.`,
    );
  }
  return graph;
}

function wrapFaults<T>(label: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const message = t`${label} is not a complete ONNX file: ${messageOf(cause)}. Copy or train it again.`;
    throw new AtmrError('BAD_MODEL', message, { cause });
  }
}

function readModel(pbf: PbfReader): OnnxGraph | null {
  let graph: Omit<OnnxGraph, 'producer'> | null = null;
  let producer = '';
  readFields(pbf, pbf.length, (field) => {
    if (field === 2) producer = pbf.readString();
    else if (field === 7) graph = readGraph(pbf);
  });
  return graph === null ? null : { ...(graph as Omit<OnnxGraph, 'producer'>), producer };
}

function readGraph(pbf: PbfReader): Omit<OnnxGraph, 'producer'> {
  const nodes: OnnxNode[] = [];
  const inputs: OnnxValue[] = [];
  const outputs: OnnxValue[] = [];
  const initializers = new Set<string>();
  readMessage(pbf, (field) => {
    if (field === 1) nodes.push(readNode(pbf));
    else if (field === 5) initializers.add(readTensorName(pbf));
    else if (field === 11) inputs.push(readValue(pbf));
    else if (field === 12) outputs.push(readValue(pbf));
  });
  return { nodes, outputs, inputs: inputs.filter(({ name }) => !initializers.has(name)) };
}

function readNode(pbf: PbfReader): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes = new Map<string, OnnxAttribute>();
  let operator = '';
  let domain = '';
  readMessage(pbf, (field) => {
    if (field === 1) inputs.push(pbf.readString());
    else if (field === 2) outputs.push(pbf.readString());
    else if (field === 4) operator = pbf.readString();
    else if (field === 7) domain = pbf.readString();
    else if (field === 5) {
      const end = endOfMessage(pbf);
      const { name, attribute } = readAttribute(pbf, end);
      expectEnd(pbf, end);
      attributes.set(name, attribute);
    }
  });
  return { operator, domain, inputs, outputs, attributes };
}

function readTensorName(pbf: PbfReader): string {
  let name = '';
  readMessage(pbf, (field) => {
    if (field === 8) name = pbf.readString();
  });
  return name;
}

/** ValueInfoProto → TypeProto → Tensor → TensorShapeProto → its last dimension. */
function readValue(pbf: PbfReader): OnnxValue {
  let name = '';
  let width: number | null = null;
  const readDimension = (field: number) => {
    if (field !== 1) return;
    width = null;
    readMessage(pbf, (part) => {
      if (part === 1) width = pbf.readVarint(true);
    });
  };
  readMessage(pbf, (field) => {
    if (field === 1) name = pbf.readString();
    else if (field === 2) readOnly(pbf, 1, () => readOnly(pbf, 2, () => readMessage(pbf, readDimension)));
  });
  return { name, width };
}

/** Reads a message of which only one field matters. */
function readOnly(pbf: PbfReader, wanted: number, read: () => void): void {
  readMessage(pbf, (field) => {
    if (field === wanted) read();
  });
}

function readMessage(pbf: PbfReader, readField: FieldReader): void {
  readFields(pbf, endOfMessage(pbf), readField);
}

function readFields(pbf: PbfReader, end: number, readField: FieldReader): void {
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) readField(field);
  expectEnd(pbf, end);
}

function endOfMessage(pbf: PbfReader): number {
  const end = pbf.readVarint() + pbf.pos;
  if (!(end <= pbf.length)) throw new RangeError(t`it ends at byte ${pbf.length} of at least ${end}`);
  return end;
}

/** The reader itself does not notice a field that runs out of its message. */
function expectEnd(pbf: PbfReader, end: number): void {
  if (pbf.pos !== end) throw new RangeError(t`a field near byte ${Math.min(pbf.pos, end)} does not fit`);
}
