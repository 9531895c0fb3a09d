import { PbfWriter } from 'pbf';
import { MODE } from './forest.js';
import type { TreeColumns } from './tree-columns.js';

export const INPUT_NAME = 'features';
export const OUTPUT_NAME = 'minutes';

const IR_VERSION = 8;
const STANDARD_OPSET = 17;
const ML_DOMAIN = 'ai.onnx.ml';
const ML_OPSET = 3;
/** TensorProto.DataType FLOAT. */
const FLOAT = 1;
/** AttributeProto.AttributeType. */
const TYPE = { int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

const MODE_NAMES: readonly string[] = Object.entries(MODE)
  .sort(([, a], [, b]) => a - b)
  .map(([name]) => (name === 'LEAF' ? name : `BRANCH_${name}`));

/** The bytes of an ONNX model that is one TreeEnsembleRegressor: `features` [N, width] → `minutes` [N, targets]. */
export function writeOnnx(columns: TreeColumns, producerVersion: string): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, IR_VERSION);
  pbf.writeStringField(2, 'atmr-ml');
  pbf.writeStringField(3, producerVersion);
  pbf.writeMessage(7, writeGraph, columns);
  pbf.writeMessage(8, writeOpset, { domain: '', version: STANDARD_OPSET });
  pbf.writeMessage(8, writeOpset, { domain: ML_DOMAIN, version: ML_OPSET });
  // A copy: the writer's own buffer is up to twice as long.
  return pbf.finish().slice();
}

function writeOpset(opset: { domain: string; version: number }, pbf: PbfWriter): void {
  pbf.writeStringField(1, opset.domain);
  pbf.writeVarintField(2, opset.version);
}

function writeGraph(columns: TreeColumns, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeNode, columns);
  pbf.writeStringField(2, 'forest');
  pbf.writeMessage(11, writeValue, { name: INPUT_NAME, width: columns.width });
  pbf.writeMessage(12, writeValue, { name: OUTPUT_NAME, width: columns.targets });
}

/** ValueInfoProto of a float table with any number of rows. */
function writeValue({ name, width }: { name: string; width: number }, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, (columns, type) => type.writeMessage(1, writeTensorType, columns), width);
}

function writeTensorType(width: number, pbf: PbfWriter): void {
  pbf.writeVarintField(1, FLOAT);
  pbf.writeMessage(
    2,
    (columns, shape) => {
      shape.writeMessage(1, (name, dimension) => dimension.writeStringField(2, name), 'N');
      shape.writeMessage(1, (size, dimension) => dimension.writeVarintField(1, size), columns);
    },
    width,
  );
}

function writeNode(columns: TreeColumns, pbf: PbfWriter): void {
  pbf.writeStringField(1, INPUT_NAME);
  pbf.writeStringField(2, OUTPUT_NAME);
  pbf.writeStringField(3, 'forest');
  pbf.writeStringField(4, 'TreeEnsembleRegressor');
  writeInt(pbf, 'n_targets', columns.targets);
  writeInts(pbf, 'nodes_treeids', columns.treeIds);
  writeInts(pbf, 'nodes_nodeids', columns.nodeIds);
  writeInts(pbf, 'nodes_featureids', columns.featureIds);
  writeFloats(pbf, 'nodes_values', columns.thresholds);
  writeModes(pbf, columns.modes);
  writeInts(pbf, 'nodes_truenodeids', columns.trueIds);
  writeInts(pbf, 'nodes_falsenodeids', columns.falseIds);
  writeInts(pbf, 'nodes_missing_value_tracks_true', columns.missingTrue);
  if (columns.hitRates.length > 0) writeFloats(pbf, 'nodes_hitrates', columns.hitRates);
  writeInts(pbf, 'target_treeids', columns.voteTreeIds);
  writeInts(pbf, 'target_nodeids', columns.voteNodeIds);
  writeInts(pbf, 'target_ids', columns.voteTargets);
  writeFloats(pbf, 'target_weights', columns.voteWeights);
  writeFloats(pbf, 'base_values', columns.baseValues);
  writeText(pbf, 'aggregate_function', columns.aggregate);
  writeText(pbf, 'post_transform', columns.postTransform);
  pbf.writeStringField(7, ML_DOMAIN);
}

function writeInt(pbf: PbfWriter, name: string, value: number): void {
  writeAttribute(pbf, name, TYPE.int, (attribute) => attribute.writeVarintField(3, value));
}

function writeText(pbf: PbfWriter, name: string, value: string): void {
  writeAttribute(pbf, name, TYPE.string, (attribute) => attribute.writeStringField(4, value));
}

function writeFloats(pbf: PbfWriter, name: string, values: Float32Array): void {
  writeAttribute(pbf, name, TYPE.floats, (attribute) => attribute.writePackedFloat(7, Array.from(values)));
}

function writeInts(pbf: PbfWriter, name: string, values: Int32Array | Uint8Array): void {
  writeAttribute(pbf, name, TYPE.ints, (attribute) => attribute.writePackedVarint(8, Array.from(values)));
}

function writeModes(pbf: PbfWriter, modes: Uint8Array): void {
  writeAttribute(pbf, 'nodes_modes', TYPE.strings, (attribute) => {
    for (const mode of modes) attribute.writeStringField(9, MODE_NAMES[mode]!);
  });
}

function writeAttribute(pbf: PbfWriter, name: string, type: number, write: (pbf: PbfWriter) => void): void {
  pbf.writeMessage(
    5,
    (_, attribute) => {
      attribute.writeStringField(1, name);
      write(attribute);
      attribute.writeVarintField(20, type);
    },
    null,
  );
}
