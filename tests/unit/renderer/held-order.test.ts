import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdOrder, keepOrder, nothingMoved } from '#renderer/features/list/held-order.ts';

const row = (id: string, opened = 0) => ({ id, watch: { opened } });
const page = (...rows: readonly ReturnType<typeof row>[]) => ({ rows, total: rows.length, next: null });

describe('an order that is held', () => {
  it('has figures change in place', () => {
    const held = holdOrder(page(row('a', 1), row('b'), row('c')));
    const kept = keepOrder(held, page(row('c'), row('a', 3), row('b')), []);
    expect(kept).toEqual({
      page: page(row('a', 3), row('b'), row('c')),
      movement: { opened: 2, moved: true },
    });
    expect(keepOrder(held, page(row('a', 1), row('b'), row('c')), []).movement).toEqual(nothingMoved);
  });

  it('keeps a row that is complete in its place, and has a new one wait', () => {
    const held = holdOrder(page(row('a'), row('b')));
    const kept = keepOrder(held, page(row('new'), row('b')), [row('a', 5), row('older', 9)]);
    expect(kept.page).toEqual(page(row('a', 5), row('b')));
    expect(kept.movement).toEqual({ opened: 5, moved: true });
  });

  it('loses only what nobody knows any more, and counts what lies on further pages', () => {
    const held = holdOrder({ next: null, rows: [row('a'), row('b')], total: 250 });
    expect(keepOrder(held, { next: null, rows: [row('b'), row('c')], total: 249 }, []).page).toEqual({
      rows: [row('b')],
      total: 248,
      next: null,
    });
  });

  it('never moves a row, whatever comes', () => {
    const rows = fc.uniqueArray(
      fc
        .record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), opened: fc.nat(9) })
        .map(({ id, opened }) => row(id, opened)),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(rows, rows, rows, (before, after, left) => {
        const held = holdOrder({ next: null, rows: before, total: before.length });
        const { page: kept } = keepOrder(held, { next: null, rows: after, total: after.length }, left);
        const places = kept.rows.map(({ id }) => held.ids.indexOf(id));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(places).not.toContain(-1);
        for (const one of kept.rows) {
          expect(one).toEqual(after.find(({ id }) => id === one.id) ?? left.find(({ id }) => id === one.id));
        }
      }),
    );
  });
});
