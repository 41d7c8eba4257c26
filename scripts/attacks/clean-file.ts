import { deflateSync } from 'node:zlib';
import type { SeededRandom } from '#scripts/faults/random.ts';
import { layouts, writeRevision } from './pdf-writer.ts';
import type { Layout, WrittenObject } from './pdf-writer.ts';

/** What a clean letter has; each is had by chance unless it is asked for. */
export const features = [
  'notes',
  'fields',
  'emptyField',
  'bookmarks',
  'tagged',
  'nested',
  'turned',
  'image',
  'type3',
  'metadata',
  'information',
  'names',
  'sharedList',
  'manyPages',
  'indirect',
] as const;
export type Feature = (typeof features)[number];

export interface CleanFile {
  readonly bytes: Uint8Array;
  readonly has: ReadonlySet<Feature>;
  readonly layout: Layout;
}

/** What is asked of a clean file: features it has or lacks, and its layout. */
export interface Wanted {
  readonly has?: readonly Feature[];
  readonly lacks?: readonly Feature[];
  readonly layout?: Layout;
  /** More entries of the first page, the catalog and the form, as text. */
  readonly page?: string;
  readonly catalog?: string;
  readonly form?: string;
  /** Bodies of more objects; `@0` stands for the number of the first, here and in the entries above. */
  readonly extra?: readonly string[];
}

/** A letter of the structure that a seed asks for, written as good programs write. */
export function makeCleanFile(random: SeededRandom, wanted: Wanted = {}): CleanFile {
  const has = new Set<Feature>(
    features.filter((feature) => random.chance(0.4) || wanted.has?.includes(feature) === true),
  );
  for (const feature of wanted.lacks ?? []) has.delete(feature);
  const layout = wanted.layout ?? random.pick(layouts);
  const letter = new LetterBuilder(random, has, wanted);
  letter.build();
  const { objects, trailer } = letter;
  const start = Buffer.from(`%PDF-${random.pick(['1.5', '1.7', '2.0'])}\n%\xe2\xe3\xcf\xd3\n`, 'latin1');
  const zero: WrittenObject = { num: 0, gen: 65_535, body: null, packable: false };
  const size = objects.length + 1;
  const beforeEnd =
    layout === 'table' && random.chance(0.2) ? random.pick(['%iText-7.2.5\n', '%PDF-XChange 9\r\n']) : '';
  const body = writeRevision(start.length, [zero, ...objects], trailer, layout, size, { beforeEnd });
  return { bytes: new Uint8Array(Buffer.concat([start, body])), has, layout };
}

const words = ['cong', 'van', 'so', 'tien', 'ngay', 'thang', 'nam', 'quyet', 'dinh', 'kinh', 'phi', 'du', 'an'];

class LetterBuilder {
  readonly objects: WrittenObject[] = [];
  readonly trailer: [string, string][] = [];
  readonly #random: SeededRandom;
  readonly #has: ReadonlySet<Feature>;
  readonly #wanted: Wanted;
  readonly #catalog: string[] = ['/Type /Catalog'];
  readonly #notes = new Map<number, string[]>();
  readonly #fields: string[] = [];
  #extra: readonly number[] = [];

  constructor(random: SeededRandom, has: ReadonlySet<Feature>, wanted: Wanted) {
    this.#random = random;
    this.#has = has;
    this.#wanted = wanted;
  }

  #reserve(): number {
    this.objects.push({ num: this.objects.length + 1, gen: 0, body: null, packable: false });
    return this.objects.length;
  }

  #fill(num: number, body: string | Buffer, packable = true): string {
    const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
    this.objects[num - 1] = { num, gen: 0, body: bytes, packable };
    return `${num} 0 R`;
  }

  #add(body: string): string {
    return this.#fill(this.#reserve(), body);
  }

  #stream(entries: string, text: string): string {
    const isPacked = this.#random.chance(0.5);
    const data = isPacked ? deflateSync(Buffer.from(text, 'latin1')) : Buffer.from(text, 'latin1');
    const length = this.#has.has('indirect') ? this.#add(String(data.length)) : String(data.length);
    const head = `<<${entries} ${isPacked ? '/Filter /FlateDecode' : ''} /Length ${length}>>\nstream\n`;
    const num = this.#reserve();
    return this.#fill(num, Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream')]), false);
  }

  /** Text from outside, with the numbers of the objects that it names. */
  #named(text = ''): string {
    return text.replaceAll(/@(\d+)/g, (_, index: string) => String(this.#extra[Number(index)] ?? 0));
  }

  #note(page: number, reference: string): void {
    this.#notes.set(page, [...(this.#notes.get(page) ?? []), reference]);
  }

  build(): void {
    const has = this.#has;
    const count = has.has('manyPages') ? this.#random.between(3, 12) : this.#random.between(1, 2);
    const root = this.#reserve();
    const tree = this.#reserve();
    const pages = Array.from({ length: count }, () => this.#reserve());
    this.#extra = (this.#wanted.extra ?? []).map(() => this.#reserve());
    this.#wanted.extra?.forEach((body, index) =>
      this.#fill(this.#extra[index] ?? 0, this.#named(body), !body.includes('stream\n')),
    );
    const resources = this.#resources();
    if (has.has('notes')) this.#addNotes(pages);
    if (has.has('fields') || has.has('emptyField')) this.#addForm(pages);
    if (has.has('bookmarks')) this.#addBookmarks(pages);
    if (has.has('names')) this.#addNames(pages);
    if (has.has('tagged')) this.#addTags(pages);
    if (has.has('metadata')) this.#catalog.push(`/Metadata ${this.#metadata()}`);
    if (has.has('information')) {
      this.trailer.push([
        'Info',
        this.#add('<</Title (Quyet dinh) /Author (Van phong) /Producer (Kiem thu) /ModDate (D:20260101000000Z)>>'),
      ]);
    }
    this.#addPages(tree, pages, resources);
    this.#fill(root, `<<${this.#catalog.join(' ')} /Pages ${tree} 0 R ${this.#named(this.#wanted.catalog)}>>`);
    this.trailer.unshift(['Root', `${root} 0 R`]);
    if (this.#random.chance(0.7))
      this.trailer.push(['ID', '[<0123456789ABCDEF0123456789ABCDEF><0123456789ABCDEF0123456789ABCDEF>]']);
  }

  #resources(): string {
    const fonts = [
      `/F1 ${this.#add('<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding>>')}`,
    ];
    if (this.#has.has('type3')) fonts.push(`/F3 ${this.#type3()}`);
    const image = this.#has.has('image')
      ? `/XObject <</Im1 ${this.#stream('/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8', '\x00\xff\xff\x00')} /Fm1 ${this.#stream('/Type /XObject /Subtype /Form /BBox [0 0 99 99]', '0 0 20 20 re f')}>>`
      : '';
    const body = `<</Font <<${fonts.join(' ')}>> ${image} /ExtGState <</G1 <</Type /ExtGState /ca 0.5>>>>>>`;
    return this.#has.has('indirect') ? this.#add(body) : body;
  }

  #type3(): string {
    const glyph = this.#stream('', '500 0 d0 0 0 400 700 re f');
    const unicode = this.#stream('', '1 beginbfchar <41> <0041> endbfchar');
    const shape = '/FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 65 /LastChar 65 /Widths [500]';
    return this.#add(
      `<</Type /Font /Subtype /Type3 ${shape} /CharProcs <</a ${glyph}>> /Encoding <</Type /Encoding /Differences [65 /a]>> /ToUnicode ${unicode} /Resources <<>>>>`,
    );
  }

  #sentence(): string {
    return Array.from({ length: this.#random.between(2, 6) }, () => this.#random.pick(words)).join(' ');
  }

  #content(): string {
    const random = this.#random;
    const lines = Array.from({ length: random.between(3, 8) }, (_, line) => {
      const text = `${this.#sentence()} ${random.between(1, 9)}.000.000`;
      return `BT /F1 12 Tf 72 ${760 - line * 20} Td (${text}) Tj ET`;
    });
    if (this.#has.has('type3')) lines.push('BT /F3 20 Tf 72 500 Td (AAA) Tj ET');
    if (this.#has.has('image')) lines.push('q 50 0 0 50 300 450 cm /Im1 Do Q', 'q /G1 gs 1 0 0 1 400 450 cm /Fm1 Do Q');
    return lines.join('\n');
  }

  #addPages(tree: number, pages: readonly number[], resources: string): void {
    const isNested = this.#has.has('nested');
    const rotate = this.#has.has('turned') ? '/Rotate 90' : '';
    const inherits = isNested ? `/Resources ${resources} /MediaBox [0 0 595 842] ${rotate}` : '';
    const half = Math.ceil(pages.length / 2);
    const groups = isNested && pages.length > 1 ? [pages.slice(0, half), pages.slice(half)] : [pages];
    const nodes = groups.map((kids) => {
      const node = groups.length > 1 ? this.#reserve() : tree;
      const parent = groups.length > 1 ? `/Parent ${tree} 0 R` : '';
      const list = kids.map((num) => `${num} 0 R`).join(' ');
      this.#fill(node, `<</Type /Pages /Kids [${list}] /Count ${kids.length} ${parent} ${inherits}>>`);
      for (const page of kids)
        this.#addPage(
          page,
          node,
          isNested ? '' : `/Resources ${resources} /MediaBox [0 0 595 842] ${rotate}`,
          page === pages[0],
        );
      return node;
    });
    if (groups.length > 1) {
      const list = nodes.map((num) => `${num} 0 R`).join(' ');
      this.#fill(tree, `<</Type /Pages /Kids [${list}] /Count ${pages.length}>>`);
    }
  }

  #addPage(num: number, parent: number, own: string, isFirst: boolean): void {
    const content = this.#stream('', this.#content());
    const contents = this.#random.chance(0.3) ? `[${content} ${this.#stream('', '0 g')}]` : content;
    const list = this.#notes.get(num);
    const array = list ? `[${list.join(' ')}]` : '';
    const notes = list ? `/Annots ${this.#has.has('sharedList') ? this.#add(array) : array}` : '';
    const tags = this.#has.has('tagged') && isFirst ? '/StructParents 0' : '';
    const more = isFirst ? this.#named(this.#wanted.page) : '';
    this.#fill(num, `<</Type /Page /Parent ${parent} 0 R /Contents ${contents} ${own} ${notes} ${tags} ${more}>>`);
  }

  #addNotes(pages: readonly number[]): void {
    const [page = 0] = pages;
    const picture = (): string =>
      this.#stream('/Type /XObject /Subtype /Form /BBox [0 0 99 30]', '1 0 0 rg 0 0 99 30 re f');
    for (const [kind, at] of [
      ['Stamp', 300],
      ['FreeText', 320],
    ] as const) {
      this.#note(
        page,
        this.#add(
          `<</Type /Annot /Subtype /${kind} /Rect [300 ${at} 399 ${at + 30}] /Contents (${this.#sentence()}) /DA (/F1 9 Tf) /F 4 /P ${page} 0 R /AP <</N ${picture()}>>>>`,
        ),
      );
    }
    const popup = this.#reserve();
    const text = this.#reserve();
    this.#fill(
      text,
      `<</Type /Annot /Subtype /Text /Rect [500 700 520 720] /Contents (y kien) /F 28 /Popup ${popup} 0 R>>`,
    );
    this.#fill(popup, `<</Type /Annot /Subtype /Popup /Rect [400 600 520 700] /Parent ${text} 0 R /F 28>>`);
    this.#note(page, `${text} 0 R`);
    this.#note(page, `${popup} 0 R`);
    this.#note(
      page,
      this.#add(
        `<</Type /Annot /Subtype /Link /Rect [72 60 200 80] /Border [0 0 0] /A <</S /URI /URI (https://example.invalid/a)>>>>`,
      ),
    );
  }

  #addForm(pages: readonly number[]): void {
    const [page = 0] = pages;
    const box = (text: string): string =>
      this.#stream('/Type /XObject /Subtype /Form /BBox [0 0 150 20]', `BT 0 0 0 rg 2 5 Td (${text}) Tj ET`);
    if (this.#has.has('fields')) {
      const plain = this.#add(
        `<</Type /Annot /Subtype /Widget /FT /Tx /T (ten) /V (mot) /DA (/F1 9 Tf) /Rect [72 200 222 220] /F 4 /P ${page} 0 R /AP <</N ${box('mot')}>>>>`,
      );
      const group = this.#reserve();
      const kid = this.#add(
        `<</Type /Annot /Subtype /Widget /Rect [72 170 222 190] /F 4 /P ${page} 0 R /Parent ${group} 0 R /AP <</N ${box('hai')}>>>>`,
      );
      this.#fill(group, `<</FT /Tx /T (tien) /V (hai) /DA (/F1 9 Tf) /Kids [${kid}]>>`);
      const tick = this.#add(
        `<</Type /Annot /Subtype /Widget /FT /Btn /T (chon) /V /Off /AS /Off /Rect [72 140 92 160] /F 4 /P ${page} 0 R /AP <</N <</Off ${box('')} /Yes ${box('x')}>>>>>>`,
      );
      for (const widget of [plain, kid, tick]) this.#note(page, widget);
      this.#fields.push(plain, `${group} 0 R`, tick);
    }
    if (this.#has.has('emptyField')) {
      const empty = this.#add(
        `<</Type /Annot /Subtype /Widget /FT /Sig /T (oKy) /Rect [320 150 470 220] /F 4 /P ${page} 0 R>>`,
      );
      this.#note(page, empty);
      this.#fields.push(empty);
    }
    const form = `<</Fields [${this.#fields.join(' ')}] /DA (/F1 9 Tf) /DR <</Font <</F1 <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>> ${this.#named(this.#wanted.form)}>>`;
    this.#catalog.push(`/AcroForm ${this.#has.has('indirect') ? this.#add(form) : form}`);
  }

  #addBookmarks(pages: readonly number[]): void {
    const count = this.#random.chance(0.02) ? 3_000 : this.#random.between(1, 5);
    const root = this.#reserve();
    const items = Array.from({ length: count }, () => this.#reserve());
    items.forEach((num, i) => {
      const links = [i > 0 ? `/Prev ${num - 1} 0 R` : '', i < count - 1 ? `/Next ${num + 1} 0 R` : ''].join(' ');
      this.#fill(
        num,
        `<</Title (Muc ${i}) /Parent ${root} 0 R /Dest [${pages[i % pages.length] ?? 0} 0 R /Fit] ${links}>>`,
      );
    });
    this.#fill(root, `<</Type /Outlines /First ${items[0] ?? 0} 0 R /Last ${items.at(-1) ?? 0} 0 R /Count ${count}>>`);
    this.#catalog.push(`/Outlines ${root} 0 R /PageMode /UseOutlines`);
  }

  #addNames(pages: readonly number[]): void {
    const [page = 0] = pages;
    const data = this.#stream('/Type /EmbeddedFile', 'du lieu dinh kem');
    const file = this.#add(`<</Type /Filespec /F (a.txt) /UF (a.txt) /EF <</F ${data}>>>>`);
    const tree = `<</Dests <</Names [(dau) [${page} 0 R /Fit]]>> /EmbeddedFiles <</Names [(a.txt) ${file}]>>>>`;
    this.#catalog.push(
      `/Names ${this.#add(tree)} /PageLabels <</Nums [0 <</S /D>>]>> /ViewerPreferences <</DisplayDocTitle true>> /Lang (vi)`,
    );
  }

  #addTags(pages: readonly number[]): void {
    const [page = 0] = pages;
    const root = this.#reserve();
    const top = this.#reserve();
    const paragraph = this.#add(`<</Type /StructElem /S /P /P ${top} 0 R /Pg ${page} 0 R /K 0>>`);
    this.#fill(top, `<</Type /StructElem /S /Document /P ${root} 0 R /K [${paragraph}]>>`);
    const parents = this.#add(`<</Nums [0 [${paragraph}]]>>`);
    this.#fill(root, `<</Type /StructTreeRoot /K ${top} 0 R /ParentTree ${parents} /ParentTreeNextKey 1>>`);
    this.#catalog.push(`/MarkInfo <</Marked true>> /StructTreeRoot ${root} 0 R`);
  }

  #metadata(): string {
    return this.#stream('/Type /Metadata /Subtype /XML', metadataOf('Quyet dinh', '2026-01-01'));
  }
}

/** XMP as good programs write it (ISO 16684-1). */
export function metadataOf(title: string, date: string): string {
  return `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title><xmp:ModifyDate>${date}</xmp:ModifyDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}
