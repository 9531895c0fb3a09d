/** A stream whose items come many at once: waiting for each alone costs more than scoring it. */
export type Batches<T> = AsyncIterable<readonly T[]> | Iterable<readonly T[]>;

/** The items one by one. */
export async function* oneByOne<T>(batches: Batches<T>): AsyncGenerator<T> {
  for await (const batch of batches) yield* batch;
}

const BATCH_ITEMS = 1024;

/** Items that come one by one, many at once. */
export async function* inBatches<T>(
  items: AsyncIterable<T> | Iterable<T>,
  size = BATCH_ITEMS,
): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What `read` makes of the items but `null`, at once; when it throws, what it made until then comes first. */
export function* mapKnown<T, R>(items: readonly T[], read: (item: T) => R | null): Generator<readonly R[]> {
  const known: R[] = [];
  try {
    for (const item of items) {
      const one = read(item);
      if (one !== null) known.push(one);
    }
  } catch (thrown) {
    if (known.length > 0) yield known;
    throw thrown;
  }
  if (known.length > 0) yield known;
}
