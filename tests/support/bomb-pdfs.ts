import { deflateSync } from 'node:zlib';

const page = (resources: string) => [
  '<</Type /Catalog /Pages 2 0 R>>',
  '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<${resources}>>>>`,
];
const font = '/Font <</F1 5 0 R>>';
const times = '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman>>';

/** `part` again and again, compressed twice: two kilobytes hold hundreds of megabytes. */
function packed(dictionary: string, part: string, megabytes: number): string {
  const once = deflateSync(Buffer.alloc(megabytes * 1024 * 1024, part, 'latin1'), { level: 9 });
  const data = deflateSync(once, { level: 9 }).toString('latin1');
  return `<<${dictionary} /Filter [/FlateDecode /FlateDecode] /Length ${data.length}>>\nstream\n${data}\nendstream`;
}

const plain = (dictionary: string, text: string): string =>
  `<<${dictionary} /Length ${text.length}>>\nstream\n${text}\nendstream`;

/** Objects 1, 2, … as a file that every reader opens. */
function file(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n';
  let rows = '0000000000 65535 f \n';
  objects.forEach((body, at) => {
    rows += `${String(text.length).padStart(10, '0')} 00000 n \n`;
    text += `${at + 1} 0 obj\n${body}\nendobj\n`;
  });
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n${rows}trailer\n<</Size ${size} /Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

const formsInForms = (): string[] => {
  const depth = 26;
  const form = (resources: string, content: string) =>
    plain(`/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources <<${resources}>>`, content);
  return [
    ...page(`${font} /XObject <</X 6 0 R>>`),
    plain('', '/X Do'),
    times,
    ...Array.from({ length: depth }, (_, at) => form(`/XObject <</X ${7 + at} 0 R>>`, '/X Do /X Do /X Do /X Do')),
    form(font, 'BT /F1 1 Tf (a) Tj ET'),
  ];
};

const wideFont = [
  ...page(font),
  plain('', 'BT /F1 12 Tf <00010002> Tj ET'),
  '<</Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R]>>',
  '<</Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /W [0 2000000000 500] /FontDescriptor 7 0 R>>',
  '<</Type /FontDescriptor /FontName /A /Flags 4>>',
];

const typeThree = [
  ...page(font),
  plain('', 'BT /F1 12 Tf (a) Tj ET'),
  '<</Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /Encoding <</Differences [97 /a]>> /CharProcs <</a 6 0 R>>>>',
  packed('', '0 0 1 1 re f ', 200),
];

const sampledFunction = [
  ...page(`${font} /ColorSpace <</C [/Separation /A /DeviceRGB 6 0 R]>>`),
  plain('', '/C cs 0.5 scn BT /F1 1 Tf (a) Tj ET'),
  times,
  plain('/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1] /Size [100000000] /BitsPerSample 8', 'aaa'),
];

/** Files of a few kilobytes that cost a reader of pages minutes, or gigabytes. */
export const bombPdfs: Readonly<Record<string, () => Uint8Array>> = {
  'a page of two hundred megabytes': () => file([...page(font), packed('', 'q ', 200), times]),
  'a string without end': () => file([...page(font), packed('', '(', 100), times]),
  'forms within forms': () => file(formsInForms()),
  'a glyph of two hundred megabytes': () => file(typeThree),
  'a font with two thousand million widths': () => file(wideFont),
  'a function of a hundred million samples': () => file(sampledFunction),
};
