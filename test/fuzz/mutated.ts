import fc from 'fast-check';

/** What parsers of all kinds stumble over. */
const NASTY = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'null', 'true', 'undefined'],
  ...['1e999', '-1e999', '1e308', '5e-324', '-0', 'NaN', 'Infinity', '9007199254740993', '9'.repeat(400)],
  ...['0x10', '1_000', '١٢', '1e2', '00', '-', '+', '.', '..', '%', '%00', '%E0%A4%A', '@', '//', ':', '?'],
  ...[
    '"',
    '""',
    "'",
    '`',
    '\\',
    '\\u0000',
    '\\ud800',
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '\ufeff',
    '\u2028',
  ],
  ...['{', '}', '[', ']', '{}', '[]', '[[[[', '{"a":', '&a', '*a', '!!', '<<: *a', '---', '|', '>', '#'],
  ...['2026-02-30', '24:00', '+99:99', 'T', 'Z', '1969-12-31T23:59', '2026-03-29T02:30', '😀', '\ud800', 'é'],
  '[['.repeat(3000),
  '{"a":'.repeat(3000),
];
const nasty = fc.constantFrom(...NASTY);

/** A text that is one of `fixtures` but for some edits, as files are that somebody edited, cut or glued. */
export function mutatedText(fixtures: readonly string[]): fc.Arbitrary<string> {
  const insertion = fc.oneof(
    { weight: 4, arbitrary: nasty },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
    { weight: 1, arbitrary: fc.double().map(String) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) },
  );
  return edited(
    fixtures,
    insertion,
    (text, start, end, part) => text.slice(0, start) + part + text.slice(end),
  );
}

/** The same of bytes. */
export function mutatedBytes(fixtures: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const insertion = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom(0, 1, 0x7f, 0x80, 0xff).map((byte) => Uint8Array.of(byte)),
    fc.constantFrom(4, 8, 10).map((length) => new Uint8Array(length).fill(0xff)),
    nasty.map((text) => Buffer.from(text)),
  );
  const splice = (bytes: Uint8Array, start: number, end: number, part: Uint8Array): Uint8Array =>
    Buffer.concat([bytes.subarray(0, start), part, bytes.subarray(end)]);
  return edited(fixtures, insertion, splice);
}

/** Up to eight parts replaced, from none to twenty characters each; and now and then the end cut off. */
function edited<T extends { readonly length: number }>(
  fixtures: readonly T[],
  insertion: fc.Arbitrary<T>,
  splice: (whole: T, start: number, end: number, part: T) => T,
): fc.Arbitrary<T> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.nat(20)),
    part: insertion,
    times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat(4) }),
  });
  const cut = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 12 });
  // Most often one: what is wrong in eight places is mostly refused for the first.
  const edits = fc.oneof(
    { weight: 3, arbitrary: edit.map((one) => [one]) },
    { weight: 2, arbitrary: fc.array(edit, { maxLength: 8 }) },
  );
  return fc.tuple(fc.constantFrom(...fixtures), edits, cut).map(([whole, replaced, kept]) => {
    let made = whole;
    for (const { at, removed, part, times } of replaced) {
      const start = Math.floor(at * made.length);
      const end = Math.min(made.length, start + removed);
      for (let i = 0; i < times; i++) made = splice(made, start, i === 0 ? end : start, part);
    }
    if (kept === null) return made;
    return splice(
      made,
      Math.floor(kept * made.length),
      made.length,
      made.constructor === String ? ('' as never) : (new Uint8Array() as never),
    );
  });
}

/** Any JSON value as text: made up, or one of `fixtures` with members replaced. */
export function mutatedJson(fixtures: readonly unknown[]): fc.Arbitrary<string> {
  const documents = fc.constantFrom(...fixtures);
  const grafts = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(fc.nat(), leaf).map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(fc.nat(), leaf), { maxLength: 6 }) },
  );
  const grafted = fc.tuple(documents, grafts).map(([document, all]) => {
    let grown: unknown = structuredClone(document);
    for (const [at, value] of all) grown = graft(grown, at, value);
    // JSON has numbers that JSON.stringify never writes.
    return JSON.stringify(grown).replaceAll(/"@([^"]*)"/g, '$1');
  });
  const asText = fixtures.map((one) => JSON.stringify(one));
  return fc.oneof(
    { weight: 3, arbitrary: grafted },
    { weight: 2, arbitrary: mutatedText(asText) },
    { weight: 1, arbitrary: fc.json() },
  );
}

interface Leaf {
  readonly any: unknown;
  readonly text: string;
  readonly number: string | number;
  /** Of the type that stands there, so that it passes for it. */
  readonly fits: boolean;
}

const leaf: fc.Arbitrary<Leaf> = fc.record({
  any: fc.jsonValue({ maxDepth: 2 }),
  text: fc.oneof(nasty, fc.string({ unit: 'binary' })),
  number: fc.oneof(
    fc.constantFrom('@1e999', '@-1e999', '@1e308', '@-0', '@123456789012345678901234567890', 0, -1, 0.5),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
  ),
  fits: fc.boolean(),
});

function instead(of: unknown, { any, text, number, fits }: Leaf): unknown {
  if (fits && typeof of === 'string') return text;
  return fits && typeof of === 'number' ? number : any;
}

/** Replaces the member that `at` counts to, somewhere in the tree; or adds one under a nasty name. */
function graft(document: unknown, at: number, leaf: Leaf): unknown {
  if (typeof document !== 'object' || document === null) return instead(document, leaf);
  const names = Object.keys(document);
  if (names.length === 0 || at % 11 === 0) {
    const name = Array.isArray(document) ? names.length : (NASTY[at % 5] as string);
    const value = leaf.any;
    Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });
    return document;
  }
  const name = names[at % names.length]!;
  const member = (document as Record<string, unknown>)[name];
  const isInner = typeof member === 'object' && member !== null && at % 4 > 0;
  const next = isInner ? graft(member, Math.floor(at / names.length), leaf) : instead(member, leaf);
  Object.defineProperty(document, name, {
    value: next,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return document;
}
