import { PdfError } from './pdf-error.ts';
import { readPageView, uprightMatrix } from './sign/geometry.ts';
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
 * Adds text to pages as one incremental update. Text is upright on the shown page and drawn with the graphics state of
 * an empty page, whatever the page's own content leaves behind.
 * @throws PdfError PDF_*, STAMP_ALREADY_SIGNED, STAMP_TEXT_UNSUPPORTED, PDF_NO_SUCH_PAGE
 */
export function stampText(bytes: Uint8Array, stamps: readonly TextStamp[]): Uint8Array {
  const document = openPdf(bytes);
  if (document.encrypted) throw new PdfError('PDF_ENCRYPTED');
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
  for (const number of new Set(stamps.map((stamp) => stamp.page))) {
    const group = stamps.filter((stamp) => stamp.page === number);
    stampPage(document, update, pageAt(pages, number), group, font);
  }
  return plainBytes(update.finish().bytes);
}

function stampPage(
  document: PdfDocument,
  update: IncrementalUpdate,
  page: Page,
  stamps: readonly TextStamp[],
  font: PdfObject,
): void {
  const resources = document.resolve(page.inherited.get('Resources'));
  const base = isDict(resources) ? resources : dict({});
  const fonts = document.getDict(base, 'Font') ?? dict({});
  const fontName = freeName(fonts);
  const [a, b, c, d] = uprightMatrix(readPageView(document, page));
  const lines = stamps.map(({ x, y, text, size }) => {
    const matrix = [a, b, c, d, x, y].map(writeNumber).join(' ');
    return `BT /${fontName} ${writeNumber(size ?? DEFAULT_SIZE)} Tf 0 g ${matrix} Tm ${literal(text)} Tj ET`;
  });
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
      Resources: withEntries(base, { Font: withEntries(fonts, { [fontName]: font }) }),
    }),
  );
}

function freeName(fonts: PdfDict): string {
  for (let number = 1; ; number += 1) if (!fonts.entries.has(`VtStamp${number}`)) return `VtStamp${number}`;
}

function literal(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw new PdfError('STAMP_TEXT_UNSUPPORTED', { text });
  return writeObject({ kind: 'string', bytes: Buffer.from(text, 'latin1'), hex: false }).toString('latin1');
}
