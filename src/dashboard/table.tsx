import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { sorted } from './sorted.js';

export interface Column<T> {
  readonly name: string;
  readonly cell: (row: T) => ComponentChildren;
  /** What it is sorted by; a column without cannot be sorted. */
  readonly by?: (row: T) => number | string | null;
  readonly number?: boolean;
  /** Sentences, which may be broken; everything else stays in one line. */
  readonly prose?: boolean;
}

interface TableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** A long one scrolls by itself. */
  readonly long?: boolean;
}

interface Order {
  readonly column: number;
  readonly descending: boolean;
}

/** A table that scrolls sideways where it must, and is sorted by its heads where they can. */
export function Table<T>({ caption, columns, rows, keyOf, long = false }: TableProps<T>) {
  const [order, setOrder] = useState<Order | null>(null);
  const place = useScrolling();
  const shown = order === null ? rows : sorted(rows, columns[order.column]?.by, order.descending);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, and a section would be a landmark
    <div class={long ? 'scroll long' : 'scroll'} role="group" aria-label={caption} ref={place}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <Head
                key={column.name}
                column={column}
                order={order?.column === i ? order : null}
                sort={() => setOrder(next(order, i))}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, i) =>
                i === 0 ? (
                  <th key={column.name} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.name} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function classOf<T>({ number, prose }: Column<T>): string | undefined {
  if (number) return 'number';
  return prose ? 'prose' : undefined;
}

interface HeadProps<T> {
  readonly column: Column<T>;
  readonly order: Order | null;
  sort(): void;
}

function Head<T>({ column: { name, by, number }, order, sort }: HeadProps<T>) {
  const direction = order === null ? 'none' : order.descending ? 'descending' : 'ascending';
  if (by === undefined) {
    return (
      <th scope="col" class={number ? 'number' : undefined}>
        {name}
      </th>
    );
  }
  return (
    <th scope="col" class={number ? 'number' : undefined} aria-sort={direction}>
      <button type="button" class="sort" onClick={sort}>
        {name}
        <span aria-hidden="true">{order === null ? ' ↕' : order.descending ? ' ↓' : ' ↑'}</span>
      </button>
    </th>
  );
}

/** Up, down, as it came. */
function next(order: Order | null, column: number): Order | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

/** What scrolls has to be reached by the keyboard; what does not would only be in the way. */
function useScrolling() {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const look = () => {
      const scrolls =
        element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
      if (scrolls) element.tabIndex = 0;
      else element.removeAttribute('tabindex');
    };
    const resized = new ResizeObserver(look);
    resized.observe(element);
    for (const child of element.children) resized.observe(child);
    return () => resized.disconnect();
  }, []);
  return place;
}
