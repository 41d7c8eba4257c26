import { MAX_MESSAGE_CHARS } from './define.ts';

/**
 * Whether a value holds more text, bytes or entries than a message may. Counted with a list instead of recursion, and no
 * further than is too much: a nested, circular or huge value must cost an answer, not the process.
 */
export function isTooLarge(value: unknown): boolean {
  const open: unknown[] = [value];
  let size = 0;
  while (open.length > 0 && size <= MAX_MESSAGE_CHARS) {
    const next = open.pop();
    if (typeof next === 'string') size += next.length;
    else if (typeof next !== 'object' || next === null) size += 8;
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) size += next.byteLength;
    else if (Array.isArray(next)) {
      size += next.length;
      if (size <= MAX_MESSAGE_CHARS) for (const inner of next) open.push(inner);
    } else {
      for (const [key, inner] of Object.entries(next)) {
        size += key.length + 1;
        open.push(inner);
      }
    }
  }
  return size > MAX_MESSAGE_CHARS;
}
