import type { PDFDocument, PDFFont, PDFPage } from 'pdf-lib';

type PdfLib = typeof import('pdf-lib');

/** Points of a millimetre. */
export const MM = 72 / 25.4;

export const faces = ['regular', 'bold', 'italic'] as const;
export type Face = (typeof faces)[number];

/** A TrueType file for each face, with the letters of Vietnamese. */
export type PrintFonts = Readonly<Record<Face, Uint8Array>>;

/** What PDF viewers show of the file, and the instant that stands in it. */
export interface PaperFacts {
  readonly title: string;
  readonly madeAt: Date;
}

/** Letters of one face: their widths, and their codes in the file. */
interface Letters {
  readonly font: PDFFont;
  /** For a size of 1. */
  readonly widthOf: (character: string) => number;
  readonly codeOf: (character: string) => string;
}

export interface Paper {
  readonly widthOf: (face: Face, size: number) => (character: string) => number;
  readonly textWidth: (text: string, face: Face, size: number) => number;
  /** A page in points; what is drawn on it is one stream of operators. */
  readonly page: (width: number, height: number) => Sheet;
  readonly save: () => Promise<Uint8Array>;
}

/** One page. Places are in points from the upper left corner; texts stand on their baseline. */
export interface Sheet {
  readonly text: (text: string, x: number, y: number, face: Face, size: number) => void;
  readonly line: (x1: number, y1: number, x2: number, y2: number, thickness?: number) => void;
  readonly box: (x: number, y: number, width: number, height: number, thickness?: number) => void;
  /** Puts what was drawn into the file; nothing is drawn afterwards. */
  readonly done: () => void;
}

/** Subset fonts bear a tag (ISO 32000-1, 9.6.4); one that is always the same keeps the bytes the same. */
const TAGS: Readonly<Record<Face, string>> = { regular: 'VTAAAA', bold: 'VTAAAB', italic: 'VTAAAC' };

/** A file without pages. The same calls with the same facts give the same bytes. */
export async function openPaper(fonts: PrintFonts, { title, madeAt }: PaperFacts): Promise<Paper> {
  // A megabyte of libraries, loaded when somebody wants a print.
  const pdf = await import('pdf-lib');
  const document = await pdf.PDFDocument.create({ updateMetadata: false });
  document.registerFontkit(await subsettingFontkit());
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setLanguage('vi-VN');
  document.setCreator('Văn Thư');
  document.setProducer('Văn Thư');
  document.setCreationDate(madeAt);
  document.setModificationDate(madeAt);
  const regular = await embed(document, fonts, 'regular');
  const bold = await embed(document, fonts, 'bold');
  const italic = await embed(document, fonts, 'italic');
  const letters: Readonly<Record<Face, Letters>> = { regular, bold, italic };
  return {
    widthOf: (face, size) => (character) => letters[face].widthOf(character) * size,
    textWidth: (text, face, size) =>
      Array.from(text).reduce((sum, character) => sum + letters[face].widthOf(character), 0) * size,
    page: (width, height) => openSheet(pdf, document.addPage([width, height]), letters),
    save: () => document.save({ addDefaultPage: false }),
  };
}

/** pdf-lib knows the interface that fontkit had before version 2: a subset came as a stream of events. */
async function subsettingFontkit(): Promise<Parameters<PDFDocument['registerFontkit']>[0]> {
  const { create } = await import('fontkit');
  const open = (data: Uint8Array): unknown => {
    const font = create(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    if (!('createSubset' in font)) throw new Error('a collection of fonts is no font');
    return new Proxy(font, {
      get: (target, name) => {
        if (name === 'createSubset') return () => withStream(target.createSubset());
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });
  };
  return { create: open } as Parameters<PDFDocument['registerFontkit']>[0];
}

function withStream<Subset extends { encode(): Uint8Array }>(subset: Subset): Subset {
  const encodeStream = () => {
    const stream = {
      on: (event: 'data' | 'end' | 'error', hear: (bytes?: Uint8Array) => void) => {
        if (event === 'data') hear(subset.encode());
        if (event === 'end') hear();
        return stream;
      },
    };
    return stream;
  };
  return Object.assign(subset, { encodeStream });
}

async function embed(document: PDFDocument, fonts: PrintFonts, face: Face): Promise<Letters> {
  const font = await document.embedFont(fonts[face], { subset: true, customName: `${TAGS[face]}+Tinos-${face}` });
  const widths = new Map<string, number>();
  const codes = new Map<string, string>();
  return {
    font,
    // Letter by letter: a book has a hundred different ones and a million of them.
    widthOf: (character) => remember(widths, character, () => font.widthOfTextAtSize(character, 1)),
    codeOf: (character) => remember(codes, character, () => font.encodeText(character).asString()),
  };
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

const KEYS: Readonly<Record<Face, string>> = { regular: 'R', bold: 'B', italic: 'I' };

function openSheet(pdf: PdfLib, page: PDFPage, letters: Readonly<Record<Face, Letters>>): Sheet {
  const { height } = page.getSize();
  const operators: string[] = [];
  for (const face of faces) page.node.setFontDictionary(pdf.PDFName.of(KEYS[face]), letters[face].font.ref);
  return {
    text: (text, x, y, face, size) => {
      if (text === '') return;
      const codes = Array.from(text, letters[face].codeOf).join('');
      operators.push(`BT /${KEYS[face]} ${size} Tf ${fixed(x)} ${fixed(height - y)} Td <${codes}> Tj ET`);
    },
    line: (x1, y1, x2, y2, thickness = 0.5) => {
      operators.push(`${thickness} w ${fixed(x1)} ${fixed(height - y1)} m ${fixed(x2)} ${fixed(height - y2)} l S`);
    },
    box: (x, y, width, tall, thickness = 0.5) => {
      operators.push(`${thickness} w ${fixed(x)} ${fixed(height - y - tall)} ${fixed(width)} ${fixed(tall)} re S`);
    },
    done: () => {
      const { context } = page.doc;
      page.node.set(pdf.PDFName.of('Contents'), context.register(context.flateStream(operators.join('\n'))));
    },
  };
}

const fixed = (value: number): string => String(Math.round(value * 100) / 100);
