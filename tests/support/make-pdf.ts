import { deflateSync } from 'node:zlib';

export interface SmallPdf {
  /** Extra entries of the page dictionary. */
  readonly page?: string;
  /** Extra entries of the page's resources. */
  readonly resources?: string;
  readonly mediaBox?: string;
  /** References in the page tree; the page itself is 3 0 R. */
  readonly kids?: readonly string[];
  readonly content?: string;
  /** Bodies of objects from number 10 on. */
  readonly extra?: readonly string[];
  readonly catalog?: string;
  /** Puts the content font behind a cross-reference stream that only newer readers look at (hybrid file). */
  readonly hybrid?: boolean;
}

/** A one-page PDF written by hand, so that tests do not depend on the writer they test. */
export function makePdf(options: SmallPdf = {}): Uint8Array {
  const content = options.content ?? 'BT /F1 12 Tf 72 720 Td (So: 12) Tj ET';
  const kids = options.kids ?? ['3 0 R'];
  const objects = new Map<number, string>([
    [1, `<</Type /Catalog /Pages 2 0 R ${options.catalog ?? ''}>>`],
    [2, `<</Type /Pages /Kids [${kids.join(' ')}] /Count ${kids.length}>>`],
    [
      3,
      `<</Type /Page /Parent 2 0 R /MediaBox ${options.mediaBox ?? '[0 0 595 842]'} /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>${options.resources ?? ''}>> ${options.page ?? ''}>>`,
    ],
    [4, `<</Length ${content.length}>>\nstream\n${content}\nendstream`],
    [5, '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>'],
  ]);
  options.extra?.forEach((body, index) => objects.set(10 + index, body));
  let file = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  const offsets = new Map<number, number>();
  for (const [num, body] of objects) {
    if (options.hybrid === true && num === 5) continue;
    offsets.set(num, file.length);
    file += `${num} 0 obj\n${body}\nendobj\n`;
  }
  const hidden = options.hybrid === true ? hide(file.length, objects.get(5) ?? '') : { text: '', entry: '' };
  file += hidden.text;
  const size = Math.max(...objects.keys()) + 3;
  const start = file.length;
  file += `xref\n0 ${size}\n0000000000 65535 f \n`;
  for (let num = 1; num < size; num += 1) {
    const offset = offsets.get(num);
    file += offset === undefined ? '0000000000 00000 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`;
  }
  file += `trailer\n<</Size ${size} /Root 1 0 R ${hidden.entry}>>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}

/** Object 5 inside object stream 8, found through cross-reference stream 9. */
function hide(offset: number, body: string): { text: string; entry: string } {
  const packed = deflateSync(Buffer.from(`5 0 ${body}`, 'latin1')).toString('latin1');
  const stream = `8 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length}>>\nstream\n${packed}\nendstream\nendobj\n`;
  const rows = Buffer.alloc(15);
  rows.set([2, 0, 0, 8, 0], 0);
  rows.set([1], 5);
  rows.writeUIntBE(offset, 6, 3);
  rows.set([1], 10);
  rows.writeUIntBE(offset + stream.length, 11, 3);
  const table = `9 0 obj\n<</Type /XRef /Size 10 /W [1 3 1] /Index [5 1 8 2] /Root 1 0 R /Length 15>>\nstream\n${rows.toString('latin1')}\nendstream\nendobj\n`;
  return { text: stream + table, entry: `/XRefStm ${offset + stream.length}` };
}
