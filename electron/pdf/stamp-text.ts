import { PdfError } from './pdf-error.ts';
import { readPageView, uprightMatrix } from './sign/geometry.ts';
import { addStampFont, boxOperators, type BoxStamp } from './stamp-box.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import type { PdfDocument } from './syntax/document.ts';
import { IncrementalUpdate, plainBytes } from './syntax/incremental-update.ts';
import { dict, isArray, isDict, isRef, name, withEntries } from './syntax/objects.ts';
import type { PdfDict, PdfObject } from './syntax/objects.ts';
import { pageAt, readPages } from './syntax/page-tree.ts';
import type { Page } from './syntax/page-tree.ts';
import { writeNumber, writeObject } from './syntax/write-object.ts';
import { signatureMarks } from './verify/byte-range.ts';

/** A short text in Times-Roman, for the number and the date that an official letter leaves blank. */
export interface TextStamp {
  /** From 1. */
  readonly page: number;
  /** Start of the baseline in PDF points of user space, origin bottom left. */
  readonly x: number;
  readonly y: number;
  /** Printable ASCII. */
  readonly text: string;
  /** Points; 13 by default, the size of "Số:" in a letter. */
  readonly size?: number;
}

const DEFAULT_SIZE = 13;

/**
 * Adds text and stamps to pages as one incremental update. Both are upright on the shown page and drawn with the graphics state of
 * an empty page, whatever the page's own content leaves behind.
 * @param password opens an encrypted file; without it one is refused
 * @throws PdfError PDF_*, STAMP_ALREADY_SIGNED, STAMP_TEXT_UNSUPPORTED, PDF_NO_SUCH_PAGE
 */
export function stampText(
  bytes: Uint8Array,
  stamps: readonly TextStamp[],
  boxes: readonly BoxStamp[] = [],
  password?: string,
): Uint8Array {
  const document = openPdf(bytes, new Budget(), password);
  if (signatureMarks(bytes).length > 0) throw new PdfError('STAMP_ALREADY_SIGNED');
  const pages = readPages(document);
  const update = new IncrementalUpdate(document);
  const font = update.add(
    dict({
      Type: name('Font'),
      Subtype: name('Type1'),
      BaseFont: name('Times-Roman'),
      Encoding: name('WinAnsiEncoding'),
    }),
  );
  const boxFont = boxes.length === 0 ? null : addStampFont(update);
  for (const number of new Set([...stamps, ...boxes].map((stamp) => stamp.page))) {
    const onPage = (stamp: { readonly page: number }): boolean => stamp.page === number;
    stampPage(document, update, pageAt(pages, number), {
      stamps: stamps.filter(onPage),
      boxes: boxes.filter(onPage),
      font,
      boxFont,
    });
  }
  return plainBytes(update.finish().bytes);
}

interface PageStamps {
  readonly stamps: readonly TextStamp[];
  readonly boxes: readonly BoxStamp[];
  readonly font: PdfObject;
  readonly boxFont: PdfObject | null;
}

function stampPage(
  document: PdfDocument,
  update: IncrementalUpdate,
  page: Page,
  { stamps, boxes, font, boxFont }: PageStamps,
): void {
  const resources = document.resolve(page.inherited.get('Resources'));
  const base = isDict(resources) ? resources : dict({});
  const fonts = document.getDict(base, 'Font') ?? dict({});
  const fontName = freeName(fonts, 'VtStamp');
  const boxFontName = freeName(fonts, 'VtUrgency');
  const [a, b, c, d] = uprightMatrix(readPageView(document, page));
  const lines = stamps.map(({ x, y, text, size }) => {
    const matrix = [a, b, c, d, x, y].map(writeNumber).join(' ');
    return `BT /${fontName} ${writeNumber(size ?? DEFAULT_SIZE)} Tf 0 g ${matrix} Tm ${literal(text)} Tj ET`;
  });
  for (const box of boxes) {
    const matrix = [a, b, c, d, box.x, box.y].map(writeNumber).join(' ');
    lines.push(`q ${matrix} cm\n${boxOperators(box, boxFontName)}\nQ`);
  }
  const stream = (text: string): PdfObject => ({ kind: 'stream', dict: dict({}), raw: Buffer.from(text, 'latin1') });
  const stored = page.dict.entries.get('Contents');
  const contents = document.resolve(stored);
  const old = isArray(contents) ? contents : isRef(stored) && contents !== null ? [stored] : [];
  // The old content between q and Q: its last transformation must not move the stamp.
  const before = update.add(stream('q\n'));
  const after = update.add(stream(`\nQ q\n${lines.join('\n')}\nQ\n`));
  update.set(
    page.reference,
    withEntries(page.dict, {
      Contents: [before, ...old, after],
      Resources: withEntries(base, {
        Font: withEntries(fonts, { [fontName]: font, ...(boxFont === null ? {} : { [boxFontName]: boxFont }) }),
      }),
    }),
  );
}

function freeName(fonts: PdfDict, base: string): string {
  for (let number = 1; ; number += 1) if (!fonts.entries.has(`${base}${number}`)) return `${base}${number}`;
}

function literal(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new PdfError('STAMP_TEXT_UNSUPPORTED', { text });
  return writeObject({ kind: 'string', bytes: Buffer.from(text, 'latin1'), hex: false }).toString('latin1');
}
