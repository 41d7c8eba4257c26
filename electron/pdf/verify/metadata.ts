import { PdfError } from '../pdf-error.ts';
import { decodeStream } from '../syntax/decode-stream.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isStream, isString } from '../syntax/objects.ts';
import { readTextString } from '../syntax/write-object.ts';

/** What readers show of XMP metadata, and the entry of /Info that means the same (ISO 32000-2, 14.3.3, annex of ISO 16684-1). */
const descriptions = [
  ['title', 'Title'],
  ['creator', 'Author'],
  ['description', 'Subject'],
  ['Keywords', 'Keywords'],
] as const;

/**
 * Descriptions in the document's metadata (ISO 32000-2, 14.3.2) that say something else than before: a reader shows the
 * title there rather than the one of /Info. A program that signs rewrites dates and its own name; these are not looked at.
 * @returns their names in XMP
 */
export function changedDescriptions(before: PdfDocument, after: PdfDocument): string[] {
  const was = readMetadata(before);
  const is = readMetadata(after);
  if (was === is) return [];
  return descriptions
    .filter(([name, entry]) => {
      const now = describe(is, name);
      // What a program adds in XMP may be what /Info said already.
      return now !== undefined && now !== (describe(was, name) ?? information(before, entry));
    })
    .map(([name]) => name);
}

/** The metadata as text; empty when there is none, and as it is stored when it cannot be decoded. */
function readMetadata(document: PdfDocument): string {
  const value = document.get(document.catalog, 'Metadata');
  if (!isStream(value)) return '';
  try {
    const data = Buffer.from(decodeStream(value, document.budget, (item) => document.resolve(item)));
    if (data[0] === 0xff && data[1] === 0xfe) return data.toString('utf16le');
    if (data[0] === 0xfe && data[1] === 0xff)
      return data
        .subarray(0, data.length - (data.length % 2))
        .swap16()
        .toString('utf16le');
    return data.toString('utf8');
  } catch (error) {
    if (!(error instanceof PdfError) || error.code !== 'PDF_BROKEN') throw error;
    return `<title>${Buffer.from(value.raw).toString('latin1')}</title>`;
  }
}

/** The texts of elements and attributes of that name, whatever their prefix; undefined when there are none. */
function describe(xmp: string, name: string): string | undefined {
  const found: string[] = [];
  const attribute = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
  let opened: number | undefined;
  // One pass over the tags: a hostile file may hold a million.
  for (const { 0: tag, index } of xmp.matchAll(/<[^<>]*>/g)) {
    const [, closing, local, closed] = /^<(\/?)(?:[\w.-]+:)?([\w.-]+)[^]*?(\/?)>$/.exec(tag) ?? [];
    const [, double, single] = attribute.exec(tag) ?? [];
    if (double !== undefined || single !== undefined) found.push(plainText(double ?? single ?? ''));
    if (local !== name) continue;
    if (closing === '/') {
      if (opened !== undefined) found.push(plainText(xmp.slice(opened, index)));
      opened = undefined;
    } else if (closed !== '/') opened ??= index + tag.length;
  }
  return found.length > 0 ? found.join('\n') : undefined;
}

function plainText(markup: string): string {
  return markup
    .replaceAll(/<[^<>]*>/g, (tag) => (tag.startsWith('<![CDATA[') ? tag.slice(9, -3) : ' '))
    .replaceAll(/&#(?:x([\da-f]{1,6})|(\d{1,7}));/gi, (_, hex: string | undefined, decimal: string | undefined) =>
      String.fromCodePoint(Math.min(0x10_ffff, hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))),
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function information(document: PdfDocument, key: string): string | undefined {
  const info = document.getDict(document.trailer, 'Info');
  const value = info && document.get(info, key);
  return isString(value) ? readTextString(value.bytes) : undefined;
}
