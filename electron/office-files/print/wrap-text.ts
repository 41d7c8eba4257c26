import { plainText } from '#shared/domain/plain-text.ts';

/** How wide a character is, in the unit of the width that lines are held to. */
export type CharacterWidth = (character: string) => number;

/** Where a word that is longer than a line is broken first: after what joins the parts of a notation (`15/QĐ-UBND`). */
const PARTS = /[^/-]*[/-]+|[^/-]+/gu;

/**
 * A text as the lines that it takes in a width. Line ends in it stay; a word that is longer than a line is broken where the
 * line ends, so nothing is ever cut off. Letters are composed (NFC), as fonts have them.
 */
export function wrapText(text: string, width: number, widthOf: CharacterWidth): readonly string[] {
  const paragraphs = text
    .normalize('NFC')
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map(plainText);
  return paragraphs.flatMap((paragraph) => wrapParagraph(paragraph.trim(), width, widthOf));
}

function wrapParagraph(text: string, width: number, widthOf: CharacterWidth): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  const sizeOf = (piece: string): number => {
    let size = 0;
    for (const character of piece) size += widthOf(character);
    return size;
  };
  /** Sets a piece behind what stands in the line, or in a new one. */
  const set = (piece: string, size: number, before: string): void => {
    const gap = line === '' ? 0 : sizeOf(before);
    if (line !== '' && taken + gap + size > width) {
      lines.push(line);
      [line, taken] = [piece, size];
    } else {
      line += line === '' ? piece : before + piece;
      taken += gap + size;
    }
  };
  for (const word of text.split(/\s+/u)) {
    const size = sizeOf(word);
    if (size <= width) {
      set(word, size, ' ');
      continue;
    }
    for (const [at, part] of (word.match(PARTS) ?? []).entries()) {
      const before = at === 0 ? ' ' : '';
      const partSize = sizeOf(part);
      if (partSize <= width) set(part, partSize, before);
      else
        for (const [place, character] of Array.from(part).entries())
          set(character, widthOf(character), place === 0 ? before : '');
    }
  }
  return [...lines, line];
}
