import { execFileSync } from 'node:child_process';

const DPI = 144;

interface Inked {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Where the ink's centre lies inside that box, 0 to 1 from the left and from the top. */
  readonly centre: readonly [number, number];
}

/**
 * Poppler's picture of page 1: where pixels match, in millimetres on paper from the top left.
 * @param unit the page's /UserUnit, which Poppler does not apply
 */
export function inked(bytes: Uint8Array, matches: (r: number, g: number, b: number) => boolean, unit = 1): Inked {
  const image = execFileSync('pdftoppm', ['-cropbox', '-f', '1', '-l', '1', '-r', String(DPI), '-'], {
    input: bytes,
    maxBuffer: 1 << 28,
  });
  const header = /^P6\s(\d+) (\d+)\s255\s/.exec(image.toString('latin1', 0, 40));
  const width = Number(header?.[1]);
  const start = header?.[0].length ?? 0;
  const columns: number[] = [];
  const rows: number[] = [];
  for (let at = start; at + 2 < image.length; at += 3) {
    if (!matches(image[at] ?? 0, image[at + 1] ?? 0, image[at + 2] ?? 0)) continue;
    const pixel = (at - start) / 3;
    columns.push(pixel % width);
    rows.push(Math.floor(pixel / width));
  }
  const mm = (pixels: number): number => (pixels / DPI) * 25.4 * unit;
  const low = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity);
  const centre = (values: readonly number[]): number => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return (mean - low(values)) / (high(values) - low(values));
  };
  return {
    left: mm(low(columns)),
    right: mm(high(columns) + 1),
    top: mm(low(rows)),
    bottom: mm(high(rows) + 1),
    centre: [centre(columns), centre(rows)],
  };
}

export const red = (r: number, g: number, b: number): boolean => r > 150 && g < 120 && b < 120;
export const blue = (r: number, g: number, b: number): boolean => b > 120 && r < 120 && g < 150;
export const dark = (r: number, g: number, b: number): boolean => r < 120 && g < 120 && b < 120;
