/** A rectangle in the coordinates of the window, in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const GAP = 8;

/**
 * How far up something that stands at `wanted` has to move so that it covers none of `taken`, in CSS pixels; as little as
 * possible, and 0 when there is no such place under `ceiling`.
 */
export function liftClear(wanted: Box, taken: readonly Box[], ceiling: number): number {
  const height = wanted.bottom - wanted.top;
  const beside = taken.filter((box) => box.left < wanted.right && box.right > wanted.left);
  // It stands where it was wanted, or right above one of them.
  const tops = [wanted.top, ...beside.map((box) => box.top - GAP - height)]
    .filter((top) => top <= wanted.top && top >= ceiling)
    .toSorted((left, right) => right - left);
  const free = tops.find((top) => !beside.some((box) => box.top < top + height && box.bottom > top));
  return free === undefined ? 0 : wanted.top - free;
}
