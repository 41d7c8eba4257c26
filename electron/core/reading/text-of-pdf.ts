import type { PdfText } from '../ports/pdf-text.ts';
import { rowsOf } from './lines.ts';

/** Plain text of what was read, one row of the page a line, for searching. */
export function textOfPdf(text: PdfText): string {
  return text.pages
    .map((page) =>
      rowsOf(page)
        .map((row) => row.text)
        .join('\n'),
    )
    .join('\n\n');
}
