export interface TextLine {
  readonly text: string;
  readonly x: number;
  /** PDF points from the bottom of an A4 page. */
  readonly y: number;
  readonly size?: number;
  /** Points between the letters (Tc). */
  readonly spacing?: number;
}

/** First code of a one-byte font that stands for no ASCII letter. */
const FIRST_CODE = 128;

/** A one-page PDF with any Vietnamese text: each letter outside ASCII gets a code whose glyph name is its code point. */
export function makeTextPdf(lines: readonly TextLine[]): Uint8Array {
  const letters = [...new Set(lines.flatMap(({ text }) => Array.from(text.normalize('NFC'))))].filter(
    (letter) => letter > '~',
  );
  if (letters.length > 127) throw new Error('too many different letters for one font');
  const codeOf = new Map(letters.map((letter, at) => [letter, FIRST_CODE + at]));
  const hex = (text: string) =>
    Array.from(text.normalize('NFC'))
      .map((letter) => (codeOf.get(letter) ?? letter.charCodeAt(0)).toString(16).padStart(2, '0'))
      .join('');
  const glyphs = letters.map(
    (letter) => `/uni${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const content = lines
    .map(
      ({ text, x, y, size = 13, spacing = 0 }) =>
        `BT /F1 ${size} Tf ${spacing} Tc 1 0 0 1 ${x} ${y} Tm <${hex(text)}> Tj ET`,
    )
    .join('\n');
  const widths = Array.from({ length: FIRST_CODE + letters.length - 32 }, () => 500).join(' ');
  const objects = [
    '<</Type /Catalog /Pages 2 0 R>>',
    '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>>>>>>',
    `<</Length ${content.length}>>\nstream\n${content}\nendstream`,
    `<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /FirstChar 32 /LastChar ${FIRST_CODE + letters.length - 1} /Widths [${widths}] /Encoding <</Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [${FIRST_CODE} ${glyphs.join(' ')}]>>>>`,
  ];
  let file = '%PDF-1.7\n';
  const offsets = objects.map((body, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<</Size ${objects.length + 1} /Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(file, 'latin1'));
}
