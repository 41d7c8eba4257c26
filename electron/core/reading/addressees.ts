import { endsItem, hasBullet, trimItem } from './list-lines.ts';
import { leading, type Line } from './lines.ts';

export interface AddresseesReading {
  readonly addressees: readonly string[];
  readonly lines: readonly Line[];
}

const label = /^(?:đồng\s+)?(?:trân\s+trọng\s+)?kính\s+(?:gửi|mời)\s*:?\s*/iu;
const maxAddressees = 200;

/**
 * "Kính gửi" (ô 9a; "Kính mời" in a giấy mời): one addressee on its line, or a list under it. `rows` are whole rows of
 * the first page from the top.
 */
export function readAddressees(rows: readonly Line[]): AddresseesReading {
  const start = rows.findIndex((row) => label.test(row.text) && row.text.length < 400);
  const first = rows[start];
  if (!first) return { addressees: [], lines: [] };
  const inline = first.text.replace(label, '');
  const items: string[] = inline === '' ? [] : [inline];
  const lines: Line[] = [first];
  // Addressees start right of the body's edge: where the text after the label stands, or the list's own edge.
  let edge = inline === '' ? null : inlineEdge(first);
  let previous = first;
  for (const row of rows.slice(start + 1)) {
    const gap = leading(previous, row);
    if (gap > 3.2 || items.length >= maxAddressees) break;
    const last = items.at(-1);
    if (hasBullet(row)) {
      items.push(row.text);
      edge ??= row.x;
    } else if (last === undefined) {
      items.push(row.text);
      edge = row.x;
    } else {
      const aligned = edge !== null && row.x >= edge - row.fontSize && gap <= 2.4;
      if (!aligned || /\.\s*$/u.test(last)) break;
      if (endsItem(last)) items.push(row.text);
      else items[items.length - 1] = `${last} ${row.text}`;
    }
    lines.push(row);
    previous = row;
  }
  const split = items.length === 1 && !hasBullet(first) ? items.flatMap((item) => item.split(';')) : items;
  return { addressees: split.map(trimItem).filter((item) => item !== ''), lines };
}

function inlineEdge(line: Line): number | null {
  const after = line.words.findIndex((word) => /:$/u.test(word.text));
  return line.words[after + 1]?.x ?? null;
}
