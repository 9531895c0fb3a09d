import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inHash, isInPart } from '../../src/booking/part.js';
import { driverRanges, idRanges, suitableSize } from '../../src/spread/plan-parts.js';

describe('parts', () => {
  it('hold each driver once, and are no larger than they must be', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 120 }), (bookings, size) => {
        const drivers = bookings.map((count, i) => ({ driver: String(i), count }));
        const parts = driverRanges(drivers, size);
        const held = parts.map(({ part, bookings: planned }) => {
          if (part.kind !== 'drivers') throw new Error(part.kind);
          const own = drivers.slice(Number(part.from), Number(part.to) + 1);
          expect(planned).toBe(own.reduce((sum, { count }) => sum + count, 0));
          const butLast = own.slice(0, -1).reduce((sum, { count }) => sum + count, 0);
          expect(butLast).toBeLessThan(size);
          return own.map(({ driver }) => driver);
        });
        expect(held.flat()).toEqual(drivers.map(({ driver }) => driver));
      }),
    );
  });

  it('hold each id without a driver once', () => {
    const any = fc.record({
      // Also ids that no double holds exactly.
      from: fc.bigInt({ min: 1n, max: 2n ** 62n }),
      more: fc.nat(500),
      count: fc.integer({ min: 1, max: 500 }),
      size: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(any, ({ from, more, count, size }) => {
        const ids = idRanges(from, from + BigInt(more), count, size).flatMap(({ part }) => {
          if (part.kind !== 'driverless') throw new Error(part.kind);
          const first = BigInt(part.from);
          const length = Number(BigInt(part.to) - first) + 1;
          return Array.from({ length: Math.max(0, length) }, (_, i) => first + BigInt(i));
        });
        expect(ids).toEqual(Array.from({ length: more + 1 }, (_, i) => from + BigInt(i)));
      }),
    );
  });

  it('are several for each process, and never more than 50,000 bookings', () => {
    expect(suitableSize(10_000_000, 4)).toBe(50_000);
    expect(suitableSize(320_000, 4)).toBe(20_000);
    expect(suitableSize(900, 4)).toBe(2000);
    expect(suitableSize(100_000, 0)).toBe(25_000);
  });

  it('quote what they were told', () => {
    expect(isInPart({ kind: 'drivers', from: "O'Neil", to: 'Z' })).toBe(
      "b.driver_id BETWEEN 'O''Neil' AND 'Z'",
    );
    expect(isInPart({ kind: 'driverless', from: '1', to: '9' })).toBe(
      "b.driver_id IS NULL AND b.id BETWEEN '1' AND '9'",
    );
    expect(inHash('own."id"', { index: 2, of: 16 })).toBe('(hashtext(own."id"::text) & 2147483647) % 16 = 2');
  });
});
