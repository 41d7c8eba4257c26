import type { Line } from './lines.ts';

const bullet = /^[-–—•+*·]\s*/u;

export function hasBullet(line: Line): boolean {
  return /^[-–—•+*·](\s|\p{L}|$)/u.test(line.text);
}

/** Item of a list as it is stored: no dash before it, no punctuation after it. */
export function trimItem(text: string): string {
  return text
    .replace(bullet, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s;,.:/]+$/u, '')
    .trim();
}

export function endsItem(text: string): boolean {
  return /[;.]\s*$/u.test(text);
}
