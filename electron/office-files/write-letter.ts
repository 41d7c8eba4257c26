import { plainText } from '#shared/domain/plain-text.ts';
import { type LetterPage, printedList } from '#shared/domain/reminder-letter.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';

type Docx = typeof import('docx');

/** In twentieths of a point: A4, and the margins that Nghị định 30/2020, Phụ lục I allows (20, 20, 30, 20 mm). */
const MM = 1440 / 25.4;
const PAPER = { width: Math.round(210 * MM), height: Math.round(297 * MM) };
const MARGINS = {
  top: Math.round(20 * MM),
  bottom: Math.round(20 * MM),
  left: Math.round(30 * MM),
  right: Math.round(20 * MM),
  header: Math.round(10 * MM),
};
const TEXT_WIDTH = PAPER.width - MARGINS.left - MARGINS.right;
/** Ô 2 is narrower than ô 1: the motto has to stay on a line. */
const LEFT_WIDTH = Math.round(TEXT_WIDTH * 0.43);
/** Lùi đầu dòng 1,27 cm; spaces of 6 points between paragraphs. */
const INDENT = Math.round(12.7 * MM);
const GAP = 120;

interface Look {
  /** In points. */
  readonly size: number;
  readonly bold?: boolean;
  readonly italics?: boolean;
}

/** The letter in the parts, type and sizes of Nghị định 30/2020, Phụ lục I, to be edited in a word processor. */
export async function writeLetter(page: LetterPage): Promise<Uint8Array> {
  // A megabyte of library, loaded when somebody wants a letter.
  const docx = await import('docx');
  const { Document, Header, Packer, PageNumber, Paragraph, TextRun, AlignmentType } = docx;
  const numbers = new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], size: 26 })],
      }),
    ],
  });
  const document = new Document({
    creator: plainText(page.agency),
    title: plainText(`V/v ${page.subject}`),
    styles: { default: { document: { run: { font: 'Times New Roman', size: 28, language: { value: 'vi-VN' } } } } },
    sections: [
      {
        properties: { titlePage: true, page: { size: PAPER, margin: MARGINS } },
        // Số trang: not on the first page.
        headers: { default: numbers, first: new Header({ children: [] }) },
        children: [head(docx, page), ...address(docx, page), ...body(docx, page), foot(docx, page)],
      },
    ],
  });
  return new Uint8Array(await Packer.toArrayBuffer(document));
}

function head(docx: Docx, page: LetterPage) {
  const { place, month, year } = page;
  const day = `${place === '' ? '' : `${place}, `}ngày      tháng ${month} năm ${year}`;
  const left = [
    ...(page.parentAgency === '' ? [] : [centred(docx, upperCase(page.parentAgency), { size: 13 })]),
    centred(docx, upperCase(page.agency), { size: 13, bold: true }),
    rule(docx, 600),
    centred(docx, `Số:           /${page.notation}`, { size: 13 }),
    centred(docx, `V/v ${page.subject}`, { size: 12 }),
  ];
  const right = [
    centred(docx, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 12, bold: true }),
    centred(docx, 'Độc lập - Tự do - Hạnh phúc', { size: 13, bold: true }),
    rule(docx, 1200),
    centred(docx, day, { size: 13, italics: true }),
  ];
  return columns(docx, left, right);
}

function address(docx: Docx, { addressees }: LetterPage) {
  const { Paragraph, AlignmentType } = docx;
  if (addressees.length === 1) {
    const only = `Kính gửi: ${addressees[0] ?? ''}`;
    return [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { before: 240, after: 240 },
        children: [run(docx, only)],
      }),
    ];
  }
  const indent = { left: Math.round(TEXT_WIDTH * 0.22) };
  return [
    new Paragraph({ indent, spacing: { before: 240 }, children: [run(docx, 'Kính gửi:')] }),
    ...printedList(addressees).map(
      (line, place) =>
        new Paragraph({
          indent: { left: indent.left + 400 },
          spacing: { after: place === addressees.length - 1 ? 240 : 0 },
          children: [run(docx, line)],
        }),
    ),
  ];
}

function body(docx: Docx, { paragraphs }: LetterPage) {
  const { Paragraph, AlignmentType } = docx;
  return paragraphs.map(
    (text) =>
      new Paragraph({
        alignment: AlignmentType.BOTH,
        indent: { firstLine: INDENT },
        spacing: { after: GAP },
        children: [run(docx, text)],
      }),
  );
}

function foot(docx: Docx, { recipientLines, authority, signerTitle, signerName }: LetterPage) {
  const { Paragraph } = docx;
  const left = [
    new Paragraph({ children: [run(docx, 'Nơi nhận:', { size: 12, bold: true, italics: true })] }),
    ...printedList(recipientLines).map((line) => new Paragraph({ children: [run(docx, line, { size: 11 })] })),
  ];
  const right = [
    ...(authority === '' ? [] : [centred(docx, upperCase(authority), { size: 14, bold: true })]),
    centred(docx, upperCase(signerTitle), { size: 14, bold: true }),
    ...[0, 1, 2, 3].map(() => centred(docx, '', { size: 14 })),
    centred(docx, signerName, { size: 14, bold: true }),
  ];
  return columns(docx, left, right);
}

/** Two columns without lines; neither is torn apart between pages. */
function columns(docx: Docx, left: InstanceType<Docx['Paragraph']>[], right: InstanceType<Docx['Paragraph']>[]) {
  const { Table, TableBorders, TableCell, TableLayoutType, TableRow, WidthType } = docx;
  const cell = (children: InstanceType<Docx['Paragraph']>[], size: number) =>
    new TableCell({ children, width: { size, type: WidthType.DXA } });
  return new Table({
    borders: TableBorders.NONE,
    layout: TableLayoutType.FIXED,
    columnWidths: [LEFT_WIDTH, TEXT_WIDTH - LEFT_WIDTH],
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    rows: [new TableRow({ cantSplit: true, children: [cell(left, LEFT_WIDTH), cell(right, TEXT_WIDTH - LEFT_WIDTH)] })],
  });
}

function centred(docx: Docx, text: string, look: Look) {
  const { Paragraph, AlignmentType } = docx;
  return new Paragraph({ alignment: AlignmentType.CENTER, children: [run(docx, text, look)] });
}

/** The line under agency and motto: as a border, so that it keeps its length whatever the font. */
function rule(docx: Docx, indent: number) {
  const { Paragraph, BorderStyle } = docx;
  return new Paragraph({
    indent: { left: indent, right: indent },
    spacing: { after: 60, line: 60, lineRule: docx.LineRuleType.EXACT },
    border: { top: { style: BorderStyle.SINGLE, size: 6, space: 1, color: 'auto' } },
    children: [],
  });
}

function run(docx: Docx, text: string, { size, bold = false, italics = false }: Look = { size: 14 }) {
  return new docx.TextRun({ text: plainText(text), size: size * 2, bold, italics });
}
