import { describe, expect, it } from 'vitest';
import { nextSort } from '#renderer/features/list/list-view.ts';
import { allRows, extendRows, noSelection, toggleRow } from '#renderer/features/list/row-selection.ts';

const ids = ['a', 'b', 'c', 'd'];
const idAt = (index: number) => ids[index];
const chosen = ({ ids: set }: { ids: ReadonlySet<string> }) => [...set].join('');

describe('the order of a list', () => {
  it('goes by a column, the other way, and back to the box', () => {
    const words = nextSort(undefined, 'agency');
    expect(words).toEqual({ by: 'agency', descending: false });
    expect(nextSort(words, 'agency')).toEqual({ by: 'agency', descending: true });
    expect(nextSort({ by: 'agency', descending: true }, 'agency')).toBeUndefined();
    expect(nextSort(words, 'at')).toEqual({ by: 'at', descending: true });
    expect(nextSort({ by: 'at', descending: true }, 'at')).toEqual({ by: 'at', descending: false });
  });
});

describe('rows that are chosen', () => {
  it('are put in and out one by one, the open one first', () => {
    const one = toggleRow(noSelection, 2, idAt, 'a');
    expect(chosen(one)).toBe('ac');
    expect(chosen(toggleRow(one, 2, idAt, 'a'))).toBe('a');
    expect(chosen(toggleRow(noSelection, 0, idAt, 'a'))).toBe('a');
    expect(toggleRow(noSelection, 9, idAt, null)).toBe(noSelection);
  });
  it('reach from the anchor in either direction, and to all', () => {
    const down = extendRows(noSelection, 1, 3, idAt);
    expect(chosen(down)).toBe('bcd');
    expect(chosen(extendRows(down, 3, 0, idAt))).toBe('ab');
    expect(chosen(allRows(9, idAt))).toBe('abcd');
  });
});
