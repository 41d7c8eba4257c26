import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../renderer/styles/tokens.css', import.meta.url), 'utf8');

type Theme = 'light' | 'dark' | 'high-contrast';
type Rgb = readonly [number, number, number];

/** Declarations of one rule, by the name of the property without its dashes. */
function declarations(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  expect(start, selector).toBeGreaterThanOrEqual(0);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('\n}', start));
  return new Map([...body.matchAll(/--([\w-]+):\s*([^;]+);/gu)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const base = declarations(':root');
const highContrast = declarations(":root[data-theme='high-contrast']");

function colour(name: string, theme: Theme): Rgb {
  const value = (theme === 'high-contrast' ? highContrast.get(name) : undefined) ?? base.get(name) ?? '';
  const hex = [...value.matchAll(/#([0-9a-f]{6})(?:[0-9a-f]{2})?/giu)].map((match) => match[1] ?? '');
  const chosen = hex[theme === 'light' ? 0 : hex.length - 1];
  expect(chosen, `${name} in ${theme}`).toBeDefined();
  const number = Number.parseInt(chosen ?? '', 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: Rgb, b: Rgb): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const text: readonly (readonly [string, string])[] = [
  ...['surface', 'ground', 'hover', 'selected'].flatMap((ground) => [
    ['ink', ground] as const,
    ['ink-soft', ground] as const,
  ]),
  ['ink-faint', 'surface'],
  ['ink-faint', 'ground'],
  ['ink-faint', 'hover'],
  ['accent', 'surface'],
  ['accent', 'ground'],
  ['accent', 'selected'],
  ['urgent', 'surface'],
  ['urgent', 'ground'],
  ['urgent', 'selected'],
  ['urgent', 'urgent-ground'],
  ['ink', 'urgent-ground'],
  ['ink', 'urgent-row'],
  ['ink-soft', 'urgent-row'],
  ['warn', 'surface'],
  ['warn', 'warn-ground'],
  ['ink-soft', 'warn-ground'],
  ['ink', 'warn-field'],
  ['good', 'surface'],
  ['good', 'good-ground'],
  ['on-accent', 'accent-fill'],
  ['on-accent', 'accent-fill-hover'],
];

const shapes: readonly (readonly [string, string])[] = [
  ['edge', 'surface'],
  ['accent', 'surface'],
  ['accent', 'ground'],
  ['warn', 'warn-field'],
  ['urgent', 'surface'],
];

describe.each(['light', 'dark', 'high-contrast'] as const)('colours of the %s theme (WCAG 2.2 AA)', (theme) => {
  it.each(text)('%s can be read on %s', (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  it.each(shapes)('the edge in %s stands out on %s', (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3);
  });
});
