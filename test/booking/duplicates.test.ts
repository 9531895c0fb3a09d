import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Repetition, watchDuplicates } from '../../src/booking/duplicates.js';
import { idHash } from '../../src/booking/id-hash.js';

/** More ids than are kept as they are. */
const MANY = 70_000;

function watchAll(ids: Iterable<string>): Repetition | null {
  const watch = watchDuplicates();
  let place = 0;
  for (const id of ids) {
    place += 1;
    const repetition = watch.add(id, place);
    if (repetition !== null) return repetition;
  }
  return watch.atEnd();
}

test('the hash is the one manifests were written with', () => {
  // sha256('abc') = ba7816bf 8f01cfea …
  expect(idHash('abc')).toBe(0xba7816bf8f01cfean);
  expect(idHash('')).toBe(0xe3b0c44298fc1c14n);
});

test('the two places of a repetition are found wherever they are', () => {
  const place = fc.integer({ min: 1, max: MANY });
  fc.assert(
    fc.property(place, place, (a, b) => {
      fc.pre(a !== b);
      const [first, second] = [Math.min(a, b), Math.max(a, b)];
      const ids = Array.from({ length: MANY }, (_, i) => String(i + 1 === second ? first : i + 1));
      expect(watchAll(ids)).toEqual({ first, second });
    }),
    { numRuns: 10 },
  );
});

test.each(['01', '1.0', '+1', ' 1', '1e0', '9007199254740993', ''])(
  '%j is not the number it looks like',
  (id) => {
    const ids = Array.from({ length: MANY }, (_, i) => String(i + 1));
    expect(watchAll([...ids, '9007199254740992', id])).toBeNull();
    expect(watchAll([...ids, id, id])).toEqual({ first: MANY + 1, second: MANY + 2 });
  },
);

test('places may have gaps', () => {
  const watch = watchDuplicates();
  for (let i = 0; i < MANY; i += 1) watch.add(String(i), i * 3);
  watch.add('5', 2 ** 40);
  expect(watch.atEnd()).toEqual({ first: 15, second: 2 ** 40 });
});

test('different ids are no repetition', () => {
  expect(watchAll([])).toBeNull();
  expect(watchAll(Array.from({ length: MANY }, (_, i) => `booking-${i}`))).toBeNull();
});
