import fc from 'fast-check';
import { expect, it } from 'vitest';
import { liftClear, type Box } from '#renderer/components/clear-place.ts';

const box = (left: number, top: number, width: number, height: number): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const wanted = box(300, 600, 400, 40);

it.each<[string, Box[], number]>([
  ['nothing', [], 0],
  ['a button elsewhere', [box(20, 610, 100, 30)], 0],
  ['a button under it', [box(400, 610, 100, 30)], 38],
  ['two rows of buttons', [box(400, 610, 100, 30), box(500, 560, 100, 30)], 88],
  ['a window full of buttons', [box(0, 0, 2000, 700)], 0],
])('%s', (_name, taken, up) => {
  expect(liftClear(wanted, taken, 0)).toBe(up);
});

it('covers nothing where there is room, wherever buttons stand', () => {
  const boxes = fc.array(
    fc.tuple(
      fc.nat(1300),
      fc.integer({ min: 150, max: 700 }),
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 20, max: 40 }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(boxes, (list) => {
      const taken = list.map((each) => box(...each));
      const up = liftClear(wanted, taken, 0);
      const [top, bottom] = [wanted.top - up, wanted.bottom - up];
      const covers = taken.some(
        (one) => one.left < wanted.right && one.right > wanted.left && one.top < bottom && one.bottom > top,
      );
      expect(covers).toBe(false);
      expect(up).toBeGreaterThanOrEqual(0);
    }),
  );
});
