/** Where the focus goes in a row or column of items, for the arrow keys, Home and End; null for any other key. */
export function rovingIndex(key: string, index: number, count: number, axis: 'row' | 'column'): number | null {
  if (count === 0) return null;
  const [back, on] = axis === 'row' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (key === on) return (index + 1) % count;
  if (key === back) return (index - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
