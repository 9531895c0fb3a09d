import type { PbfReader } from 'pbf';
import { t } from '../wording/t.js';

/** The value of one node attribute. Lists are empty, and single values `null`, where the file has none. */
export interface OnnxAttribute {
  readonly float: number | null;
  readonly int: number | null;
  readonly text: string | null;
  readonly floats: Float32Array;
  readonly ints: Int32Array;
  readonly texts: TextList;
  /** True when it holds a tensor, a graph or another value that is not read. */
  readonly other: boolean;
}

/** Many strings without an object for each: where every one starts and ends in `bytes`. */
export interface TextList {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** A typed array with room to grow. */
interface Growing<T extends Float32Array | Int32Array> {
  values: T;
  length: number;
}

const FIRST_ROOM = 16;
const LENGTH_DELIMITED = 2;

/** Reads the fields of an AttributeProto up to `end`. Python writes lists unpacked, most others packed: both are read. */
export function readAttribute(pbf: PbfReader, end: number): { name: string; attribute: OnnxAttribute } {
  const read = {
    name: '',
    float: null as number | null,
    int: null as number | null,
    text: null as string | null,
    floats: { values: new Float32Array(FIRST_ROOM), length: 0 },
    ints: { values: new Int32Array(FIRST_ROOM), length: 0 },
    starts: { values: new Int32Array(FIRST_ROOM), length: 0 },
    ends: { values: new Int32Array(FIRST_ROOM), length: 0 },
    other: false,
  };
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) {
    if (field === 1) read.name = pbf.readString();
    else if (field === 2) read.float = pbf.readFloat();
    else if (field === 3) read.int = pbf.readVarint(true);
    else if (field === 4) read.text = pbf.readString();
    else if (field === 7) readFloats(pbf, read.floats);
    else if (field === 8) readInts(pbf, read.ints);
    else if (field === 9) readTextPlace(pbf, read.starts, read.ends);
    else if (field === 5 || field === 6 || field === 10 || field === 11) read.other = true;
  }
  const { name, float, int, text, other } = read;
  const texts = { bytes: pbf.buf, starts: filled(read.starts), ends: filled(read.ends) };
  return {
    name,
    attribute: { float, int, text, floats: filled(read.floats), ints: filled(read.ints), texts, other },
  };
}

/** The string at `index`, decoded. For messages; loops compare bytes instead. */
export function textAt({ bytes, starts, ends }: TextList, index: number): string {
  return new TextDecoder().decode(bytes.subarray(starts[index], ends[index]));
}

function readFloats(pbf: PbfReader, into: Growing<Float32Array>): void {
  const end = endOfList(pbf);
  do push(into, pbf.readFloat());
  while (pbf.pos < end);
}

function readInts(pbf: PbfReader, into: Growing<Int32Array>): void {
  const end = endOfList(pbf);
  do push(into, pbf.readVarint(true));
  while (pbf.pos < end);
}

/** Where a packed list ends; for a single value, right where it starts. */
function endOfList(pbf: PbfReader): number {
  if (pbf.type !== LENGTH_DELIMITED) return pbf.pos;
  const bytes = pbf.readVarint();
  if (bytes === 0 || pbf.pos + bytes > pbf.length) throw new RangeError(t`a list runs past the end`);
  return pbf.pos + bytes;
}

function readTextPlace(pbf: PbfReader, starts: Growing<Int32Array>, ends: Growing<Int32Array>): void {
  const bytes = pbf.readVarint();
  push(starts, pbf.pos);
  pbf.pos += bytes;
  push(ends, pbf.pos);
}

function push<T extends Float32Array | Int32Array>(list: Growing<T>, value: number): void {
  if (list.length === list.values.length) list.values = doubled(list.values);
  list.values[list.length] = value;
  list.length += 1;
}

function doubled<T extends Float32Array | Int32Array>(values: T): T {
  const room = values instanceof Float32Array ? Float32Array : Int32Array;
  const larger = new room(values.length * 2);
  larger.set(values);
  return larger as T;
}

function filled<T extends Float32Array | Int32Array>({ values, length }: Growing<T>): T {
  return values.subarray(0, length) as T;
}
