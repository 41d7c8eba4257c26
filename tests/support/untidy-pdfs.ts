import type { Mend } from '#shared/domain/mend.ts';
import { makePdf, type SmallPdf } from './make-pdf.ts';

/** A draft that cannot be signed as it is, and what is mended in it. */
export interface UntidyPdf {
  readonly what: string;
  readonly bytes: Uint8Array;
  readonly mends: readonly Mend[];
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** A small file with its text changed after its table was written, as bad writers leave it. */
function changed(from: string | RegExp, to: string, options: SmallPdf = {}): Uint8Array {
  const text = latin1(makePdf(options));
  const other = text.replace(from, to);
  if (other === text) throw new Error(`nothing like ${String(from)} in the file`);
  return bytesOf(other);
}

const stream = (dictionary: string, data: string): string =>
  `<<${dictionary} /Length ${data.length}>>\nstream\n${data}\nendstream`;
const box = stream('/Subtype /Form /BBox [0 0 99 20]', 'BT /F1 9 Tf (1.000) Tj ET');
const structure: readonly (readonly [string, Uint8Array])[] = [
  ['bytes before the header', bytesOf(`\n\n\n${latin1(makePdf())}`)],
  ['a byte order mark before the header', bytesOf(`\xef\xbb\xbf${latin1(makePdf())}`)],
  ['a web page after the end', bytesOf(`${latin1(makePdf())}<html>startxref</html>`)],
  ['a length that is too long', changed(/\/Length \d+/, '/Length 99')],
  ['a length that is too short', changed(/\/Length \d+/, '/Length 7 ')],
  ['a length that leads nowhere', changed(/\/Length \d+/, '/Length 77 0 R')],
  ['a space after stream', changed('stream\nBT', 'stream \nBT')],
  ['a carriage return alone after stream', changed('stream\nBT', 'stream\rBT')],
  ['objects without their ends', bytesOf(latin1(makePdf()).replaceAll('endobj\n', ''))],
  ['a sign in a name without its digits', changed('/F1 5 0 R', '/F1 5 0 R /A#G 5 0 R')],
  ['a table that begins elsewhere', changed(/startxref\n\d+/, 'startxref\n7')],
  [
    'no table',
    bytesOf(
      latin1(makePdf())
        .replace(/xref\n0[^]*?trailer/, 'trailer')
        .replace(/startxref[^]*$/, ''),
    ),
  ],
  ['an end that was cut off', changed(/startxref[^]*$/, '')],
  ['offsets that lead nowhere', changed('%PDF-1.7\n', '%PDF-1.7\n%\n')],
  ['rows of nineteen bytes', bytesOf(latin1(makePdf()).replaceAll(/ ([nf]) \n/g, ' $1\n'))],
  ['a size that is too small', changed(/\/Size \d+/, '/Size 3')],
  ['the first revision as one before', changed(/\/Root 1 0 R/, '/Root 1 0 R /Prev 0')],
  ['a key named twice', changed('/Type /Page /Parent', '/Type /Page /Rotate 0 /Rotate 0 /Parent')],
  ['another generation than listed', makePdf({ catalog: '/Marked 4 1 R' })],
  ['an unreadable object that nothing needs', changed('(unused)', '(unused ', { extra: ['(unused)'] })],
  ['object 0 in use', changed('0000000000 65535 f ', '0000000015 00000 n ')],
  ['a trailer far from the end', bytesOf(`${latin1(makePdf())}${'\n'.repeat(3000)}`)],
];

/** A file for each kind of slip that bad writers make, and for each content that recipients would be warned of. */
export const untidyPdfs: readonly UntidyPdf[] = [
  ...structure.map(([what, bytes]) => ({ what, bytes, mends: ['structure'] as const })),
  {
    what: 'a script at opening',
    mends: ['scripts'],
    bytes: makePdf({ catalog: '/OpenAction <</S /JavaScript /JS (1)>>' }),
  },
  {
    what: 'named scripts',
    mends: ['scripts'],
    bytes: makePdf({
      catalog: '/Names <</JavaScript <</Names [(a) 10 0 R]>>>>',
      extra: ['<</S /JavaScript /JS (1)>>'],
    }),
  },
  {
    what: 'a script of the page and one after a link',
    mends: ['scripts'],
    bytes: makePdf({
      page: '/AA <</O 10 0 R>> /Annots [<</Subtype /Link /Rect [0 0 9 9] /A <</S /URI /URI (x) /Next [10 0 R]>>>>]',
      extra: ['<</S /JavaScript /JS (1)>>'],
    }),
  },
  {
    what: 'an XFA form behind the pages',
    mends: ['xfa'],
    bytes: makePdf({ catalog: '/AcroForm <</Fields [] /XFA (x)>>' }),
  },
  {
    what: 'a field that is to be drawn anew',
    mends: ['values'],
    bytes: makePdf({
      page: '/Annots [10 0 R]',
      catalog: '/AcroForm <</Fields [10 0 R] /NeedAppearances true>>',
      extra: [
        '<</Type /Annot /Subtype /Widget /FT /Tx /T (tien) /F 4 /Rect [0 0 99 20] /V (1.000) /AP <</N 11 0 R>>>>',
        box,
      ],
    }),
  },
  {
    what: 'layers that are all shown',
    mends: ['layers'],
    bytes: makePdf({
      catalog: '/OCProperties <</OCGs [10 0 R] /D <</BaseState /ON /ON [10 0 R] /Order [10 0 R]>>>>',
      content: '/OC /L BDC BT /F1 12 Tf 72 720 Td (So: 12) Tj ET EMC',
      extra: ['<</Type /OCG /Name (lop)>>'],
    }),
  },
  { what: 'a page that is listed twice', mends: ['pages'], bytes: makePdf({ kids: ['3 0 R', '3 0 R'] }) },
  {
    what: 'two pages with one list of notes',
    mends: ['pages'],
    bytes: makePdf({
      page: '/Annots 11 0 R',
      kids: ['3 0 R', '10 0 R'],
      extra: [
        '<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Annots 11 0 R>>',
        '[12 0 R]',
        '<</Type /Annot /Subtype /Text /Rect [9 9 30 30]>>',
      ],
    }),
  },
];
