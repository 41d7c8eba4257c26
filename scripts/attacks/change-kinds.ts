import type { SeededRandom } from '#scripts/faults/random.ts';
import { dict, isArray, isDict, isRef, isStream, name, ref } from '#pdf/syntax/objects.ts';
import type { PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import type { Page } from '#pdf/syntax/page-tree.ts';
import { textString, writeObject } from '#pdf/syntax/write-object.ts';
import { metadataOf } from './clean-file.ts';
import { kindsOf } from './kind.ts';
import type { Kind } from './kind.ts';
import { layouts } from './pdf-writer.ts';
import type { SignedFile, SignedWanted } from './signed-file.ts';
import { changedEntries, Update } from './update.ts';

/** What later revisions change in the document itself: pages, catalog, tree, notes, resources. */

type Change = (update: Update, random: SeededRandom, file: SignedFile) => void;

/** One more revision, in any way that a reader follows. */
export function later(change: Change): Kind['make'] {
  return (file, random) => {
    const update = new Update(file.bytes);
    change(update, random, file);
    return update.finish(random.pick(layouts));
  };
}

export const stream = (text: string, entries: Readonly<Record<string, PdfObject>> = {}): PdfObject => ({
  kind: 'stream',
  dict: dict(entries),
  raw: Buffer.from(text, 'latin1'),
});

export const formXObject = (text: string): PdfObject =>
  stream(text, { Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 300, 300] });

const evil = 'BT /F1 20 Tf 72 640 Td (9.999.999) Tj ET 1 0 0 rg 72 600 100 20 re f';

function anyPage(update: Update, random: SeededRandom): Page {
  return random.pick(update.pages);
}

function firstPage(update: Update): Page {
  const [page] = update.pages;
  if (!page) throw new Error('no page');
  return page;
}

function contentsOf(page: Page): PdfRef {
  const contents = page.dict.entries.get('Contents');
  const first = isArray(contents) ? contents[0] : contents;
  if (!isRef(first)) throw new Error('no contents');
  return first;
}

/** Every node of the page tree, the root first. */
function nodesOf(update: Update): PdfRef[] {
  const nodes = new Map(update.pages.flatMap(({ path }) => path.map((node) => [node.num, node])));
  return [...nodes.values()];
}

/** Objects that match, by number. */
function find(update: Update, matches: (value: PdfObject) => boolean): PdfRef[] {
  const found: PdfRef[] = [];
  for (const [num, entry] of update.document.entries) {
    if (entry.type === 'free') continue;
    const reference = ref(num, entry.type === 'used' ? entry.gen : 0);
    if (matches(update.document.resolve(reference))) found.push(reference);
  }
  return found;
}

const isNote =
  (kind: string) =>
  (value: PdfObject): boolean => {
    const subtype = isDict(value) ? value.entries.get('Subtype') : undefined;
    return typeof subtype === 'object' && subtype !== null && 'name' in subtype && subtype.name === kind;
  };

function one(found: readonly PdfRef[], random: SeededRandom): PdfRef {
  if (found.length === 0) throw new Error('nothing of that kind in the file');
  return random.pick(found);
}

/** Values of every type that a key may be given by mistake or on purpose. */
function oddValue(random: SeededRandom, update: Update): PdfObject {
  return random.pick<PdfObject>([
    null,
    ref(99_999),
    ref(1, 7),
    7,
    -1,
    true,
    name('X'),
    textString('x'),
    [],
    [null],
    dict({}),
    ref(update.root.num),
  ]);
}

const page = kindsOf(
  { group: 'page content and resources', expects: 'broken' },
  {
    'content stream in place': later((update, random) => update.set(contentsOf(anyPage(update, random)), stream(evil))),
    'content exchanged': later((update, random) => {
      update.change(anyPage(update, random).reference, { Contents: update.add(stream(evil)) });
    }),
    'content added': later((update, random) => {
      const { reference, dict: entries } = anyPage(update, random);
      const old = entries.entries.get('Contents') ?? null;
      const added = update.add(stream(evil));
      update.change(reference, {
        Contents: random.pick([
          [...(isArray(old) ? old : [old]), added],
          [added, ...(isArray(old) ? old : [old])],
        ]),
      });
    }),
    'content freed': later((update, random) => update.free(contentsOf(anyPage(update, random)))),
    'content of other parameters': later((update, random) => {
      update.change(
        contentsOf(anyPage(update, random)),
        random.pick([
          { Filter: name('ASCIIHexDecode') },
          { F: textString('a') },
          { DecodeParms: dict({ Predictor: 12 }) },
        ]),
      );
    }),
    'page key of another kind': later((update, random) => {
      const key = random.pick([
        'Contents',
        'MediaBox',
        'CropBox',
        'Rotate',
        'UserUnit',
        'Resources',
        'Group',
        'Kids',
        'Type',
        'Trans',
        'AA',
        'Thumb',
        'ArtBox',
        'BleedBox',
        'TrimBox',
        'VP',
        'PZ',
        'Hid',
        'Dur',
      ]);
      update.change(anyPage(update, random).reference, { [key]: oddValue(random, update) });
    }),
    'box or turn': later((update, random) => {
      const changes: Record<string, PdfObject>[] = [
        { CropBox: [0, 400, 595, 842] },
        { MediaBox: [0, 0, 300, random.between(300, 500)] },
        { Rotate: 180 },
        { UserUnit: 2 },
      ];
      update.change(anyPage(update, random).reference, random.pick(changes));
    }),
    'font exchanged': later((update, random) => {
      const font = one(find(update, isFont), random);
      update.change(
        font,
        random.pick<Record<string, PdfObject>>([
          { BaseFont: name('Symbol') },
          { Encoding: dict({ Differences: [48, name('nine')] }) },
          { Subtype: name('TrueType') },
          { ToUnicode: update.add(stream('1 beginbfchar <31> <0039> endbfchar')) },
        ]),
      );
    }),
    'resources exchanged': later((update, random) => {
      update.change(anyPage(update, random).reference, {
        Resources: random.pick<PdfObject>([dict({}), null, dict({ Font: dict({}) }), ref(99_999)]),
      });
    }),
    glyph: {
      wanted: { has: ['type3'] },
      make: later((update, random) => {
        const font = update.document.resolve(one(find(update, isType3), random));
        const glyphs = isDict(font) ? update.document.getDict(font, 'CharProcs') : undefined;
        const glyph = glyphs?.entries.get('a');
        const unicode = isDict(font) ? font.entries.get('ToUnicode') : undefined;
        const target = random.chance(0.5) ? glyph : unicode;
        if (!isRef(target)) throw new Error('no glyph');
        update.set(target, stream('500 0 d0 0 0 10 10 re f'));
      }),
    },
    picture: {
      wanted: { has: ['image'], lacks: ['notes', 'fields'], scenario: 'approval' },
      make: later((update, random) => {
        const target = one(
          find(
            update,
            (value) =>
              isStream(value) &&
              value.dict.entries.has('Subtype') &&
              (value.dict.entries.has('Width') || value.dict.entries.has('BBox')),
          ),
          random,
        );
        const old = update.document.resolve(target);
        if (!isStream(old)) throw new Error('no picture');
        const changes: PdfObject[] = [
          { ...old, raw: Buffer.from('\xff\x00\x00\xff', 'latin1') },
          { ...old, dict: changedEntries(old.dict, { Width: 1, BBox: [0, 0, 1, 1] }) },
          { ...old, dict: changedEntries(old.dict, { SMask: 7 }) },
          stream('0 0 9 9 re f'),
        ];
        update.set(target, random.pick(changes));
      }),
    },
    'optional content on an old picture': {
      wanted: { has: ['image'] },
      make: later((update, random) => {
        const target = one(
          find(update, (value) => isStream(value) && value.dict.entries.has('Subtype')),
          random,
        );
        const layer = update.add(dict({ Type: name('OCG'), Name: textString('x') }));
        update.change(target, { OC: layer });
        update.change(update.root, { OCProperties: dict({ OCGs: [layer], D: dict({ OFF: [layer] }) }) });
      }),
    },
  },
);

const isFont = (value: PdfObject): boolean => isDict(value) && value.entries.has('BaseFont');
const isType3 = (value: PdfObject): boolean => isDict(value) && value.entries.has('CharProcs');

const tree = kindsOf(
  { group: 'page tree', expects: 'broken' },
  {
    'page added': later((update, random) => {
      const model = anyPage(update, random);
      const parent = model.path.at(-1);
      if (!parent) throw new Error('no parent');
      const node = update.dictionary(parent);
      const added = update.add(
        changedEntries(model.dict, { Contents: update.add(stream(evil)), Annots: undefined, Parent: parent }),
      );
      const kids = [...update.document.getArray(node, 'Kids')];
      kids.splice(random.between(0, kids.length), 0, added);
      update.change(parent, { Kids: kids, Count: random.chance(0.7) ? kids.length : random.between(0, 99) });
    }),
    'pages removed, doubled or in another order': {
      wanted: { has: ['manyPages'], lacks: ['nested'] },
      make: later((update, random) => {
        const [root] = nodesOf(update);
        if (!root) throw new Error('no tree');
        const kids = update.document.getArray(update.dictionary(root), 'Kids');
        const changed = random.pick([
          kids.slice(1),
          kids.slice(0, -1),
          kids.toReversed(),
          [...kids, ...kids.slice(0, 1)],
          [...kids.slice(1), ...kids.slice(0, 1)],
          kids.map((kid, i) => (i === 1 ? (kids[0] ?? null) : kid)),
        ]);
        update.change(root, { Kids: changed, Count: changed.length });
      }),
    },
    count: later((update, random) => {
      const node = random.pick(nodesOf(update));
      const count = update.dictionary(node).entries.get('Count');
      const counts = [0, 1_000, -1, null, 1.5].filter((value) => value !== count);
      update.change(node, { Count: random.pick<PdfObject>(counts) });
    }),
    'a node’s entries': later((update, random) => {
      const node = random.pick(nodesOf(update));
      const changes: Record<string, PdfObject>[] = [
        { Resources: dict({}) },
        { MediaBox: [0, 0, 99, 99] },
        { Rotate: 270 },
        { CropBox: [0, 0, 200, 200] },
        { Parent: ref(99_999) },
        { Type: name('Page') },
        { Kids: null },
      ];
      update.change(node, random.pick(changes));
    }),
    'a page’s parent': later((update, random) => {
      const { reference } = anyPage(update, random);
      const foreign = update.add(dict({ Type: name('Pages'), Kids: [reference], Count: 1, Rotate: 90 }));
      update.change(reference, {
        Parent: random.pick<PdfObject | undefined>([foreign, null, undefined, ref(99_999), update.root]),
      });
    }),
    'another root of the tree': later((update, random) => {
      const [root] = nodesOf(update);
      if (!root) throw new Error('no tree');
      const copy = update.add(update.dictionary(root));
      update.change(update.root, { Pages: random.pick<PdfObject>([copy, update.dictionary(root), ref(99_999), null]) });
    }),
    'an older page than a parent': later((update, random) => {
      // A page reached under another number, with the same content and another picture of it.
      const target = anyPage(update, random);
      const parent = target.path.at(-1);
      if (!parent) throw new Error('no parent');
      const copy = update.add(changedEntries(target.dict, { Rotate: 180 }));
      const kids = update.document.getArray(update.dictionary(parent), 'Kids');
      update.change(parent, { Kids: kids.map((kid) => (isRef(kid) && kid.num === target.reference.num ? copy : kid)) });
    }),
  },
);

const catalog = kindsOf(
  { group: 'catalog, names, bookmarks', expects: 'broken' },
  {
    'key added': later((update, random) => {
      const script = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') });
      const keys: Record<string, PdfObject>[] = [
        { OpenAction: script },
        { AA: dict({ WC: script }) },
        { Names: dict({ JavaScript: dict({ Names: [textString('x'), script] }) }) },
        { OCProperties: dict({ OCGs: [], D: dict({}) }) },
        { Collection: dict({ View: name('T') }) },
        { Outlines: update.add(dict({ Type: name('Outlines'), Count: 0 })) },
        { PageLabels: dict({ Nums: [0, dict({ P: textString('X') })] }) },
        { Perms: dict({ DocMDP: update.root }) },
        { NeedsRendering: true },
        { Lang: textString('xx') },
        { OutputIntents: [dict({ S: name('GTS_PDFA1') })] },
        { ViewerPreferences: dict({ HideToolbar: true }) },
        { PageMode: name('FullScreen') },
        { URI: dict({ Base: textString('http://x') }) },
        { AF: [update.add(dict({ Type: name('Filespec'), F: textString('x') }))] },
        { Threads: [] },
        { Dests: dict({ x: [0, name('Fit')] }) },
        { MarkInfo: dict({ Suspects: true }) },
        { Kids: [] },
        { Legal: dict({}) },
      ];
      update.change(update.root, random.pick(keys));
    }),
    'key removed or of another kind': {
      wanted: { has: ['bookmarks', 'names', 'tagged'] },
      make: later((update, random) => {
        const key = random.pick([
          'Outlines',
          'Names',
          'PageLabels',
          'ViewerPreferences',
          'Lang',
          'MarkInfo',
          'StructTreeRoot',
          'PageMode',
        ]);
        update.change(update.root, {
          [key]: random.pick<PdfObject | undefined>([undefined, null, ref(99_999), 7, name('X'), dict({ A: 1 })]),
        });
      }),
    },
    bookmark: {
      wanted: { has: ['bookmarks'] },
      make: later((update, random) => {
        const target = one(
          find(update, (value) => isDict(value) && value.entries.has('Dest')),
          random,
        );
        const action = dict({ S: name('URI'), URI: textString('http://x') });
        update.change(
          target,
          random.pick<Record<string, PdfObject>>([
            { Title: textString('Khac') },
            { Dest: [0, name('Fit')] },
            { A: action },
            { Next: target },
            { C: [1, 0, 0] },
            { First: target },
          ]),
        );
      }),
    },
    'attached file': {
      wanted: { has: ['names'] },
      make: later((update, random) => {
        const files = find(
          update,
          (value) =>
            isStream(value) &&
            value.dict.entries.get('Type') !== undefined &&
            writeObject(value.dict.entries.get('Type') ?? null).toString() === '/EmbeddedFile',
        );
        update.set(one(files, random), stream('du lieu khac', { Type: name('EmbeddedFile') }));
      }),
    },
    'name or destination': {
      wanted: { has: ['names'] },
      make: later((update, random) => {
        const target = one(
          find(update, (value) => isDict(value) && value.entries.has('EmbeddedFiles')),
          random,
        );
        update.change(
          target,
          random.pick<Record<string, PdfObject>>([
            { Dests: dict({ Names: [] }) },
            { JavaScript: dict({ Names: [textString('a'), dict({ S: name('JavaScript') })] }) },
            { EmbeddedFiles: null },
            { Templates: dict({}) },
          ]),
        );
      }),
    },
    'permissions taken away': {
      wanted: { scenario: 'certified2' },
      make: later((update, random) =>
        update.change(update.root, {
          Perms: random.pick<PdfObject | undefined>([undefined, null, dict({}), ref(99_999)]),
        }),
      ),
    },
    'structure tree': {
      wanted: { has: ['tagged'] },
      make: later((update, random) => {
        const elements = find(update, (value) => isDict(value) && value.entries.has('P') && value.entries.has('S'));
        const target = one(elements, random);
        update.change(
          target,
          random.pick<Record<string, PdfObject>>([
            { ActualText: textString('9') },
            { Alt: textString('9') },
            { S: name('H1') },
            { K: [] },
            { E: textString('x') },
            { A: dict({ O: name('Layout') }) },
          ]),
        );
      }),
    },
    'version of a wrong kind': later((update, random) =>
      update.change(update.root, {
        Version: random.pick<PdfObject>([null, 7, textString('1.7'), name('x'), [1], ref(99_999), name('9.9')]),
      }),
    ),
    'security store of a wrong kind': later((update, random) =>
      update.change(update.root, { DSS: random.pick<PdfObject>([null, 7, name('X'), [], ref(99_999)]) }),
    ),
    'security store taken away': {
      wanted: { scenario: 'archived' },
      make: later((update, random) =>
        update.change(update.root, {
          DSS: random.pick<PdfObject | undefined>([undefined, null, dict({}), ref(99_999), dict({ Certs: 7 })]),
        }),
      ),
    },
    'extensions of a wrong kind': later((update, random) =>
      update.change(update.root, { Extensions: random.pick<PdfObject>([7, name('X'), [1]]) }),
    ),
    'form taken away or of a wrong kind': {
      wanted: { not: ['certified1', 'certified2', 'certified3'] },
      make: later((update, random) =>
        update.change(update.root, {
          AcroForm: random.pick<PdfObject | undefined>([
            undefined,
            null,
            7,
            dict({}),
            ref(99_999),
            [],
            dict({ Fields: [] }),
          ]),
        }),
      ),
    },
  },
);

const doubted = kindsOf(
  { group: 'metadata and information', expects: 'doubted' },
  {
    'title of the window': {
      wanted: { has: ['information'] },
      make: later((update, random) => {
        const info = update.document.trailer.entries.get('Info');
        if (!isRef(info)) throw new Error('no information');
        update.change(
          info,
          random.pick<Record<string, PdfObject | undefined>>([
            { Title: textString('Khac') },
            { Author: textString('Khac') },
            { Subject: textString('Khac') },
            { Title: null },
            { Title: undefined },
            { Keywords: textString('x') },
          ]),
        );
      }),
    },
    'title in the metadata': {
      wanted: { has: ['metadata'] },
      make: later((update, random) => {
        const added = update.add(
          stream(metadataOf(`Khac ${random.between(1, 99)}`, '2026-02-02'), {
            Type: name('Metadata'),
            Subtype: name('XML'),
          }),
        );
        update.change(update.root, { Metadata: added });
      }),
    },
    'title only in new metadata': {
      wanted: { lacks: ['metadata'] },
      make: later((update) => {
        const added = update.add(
          stream(metadataOf('Khac', '2026-02-02'), { Type: name('Metadata'), Subtype: name('XML') }),
        );
        update.change(update.root, { Metadata: added });
      }),
    },
  },
);

/** A stamp with a picture of its own on the first page. */
function addStamp(update: Update): void {
  const note = update.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Stamp'),
      Rect: [72, 600, 400, 700],
      AP: dict({ N: update.add(formXObject(evil)) }),
    }),
  );
  update.changeNotes(firstPage(update), (old) => [...old, note]);
}

/** Changes to notes that are at least said where they are permitted. */
const noted: SignedWanted = { has: ['notes'] };
const notes = kindsOf(
  { group: 'notes', expects: 'doubted', wanted: noted },
  {
    added: later((update, random) => {
      const target = anyPage(update, random);
      const kind = random.pick([
        'FreeText',
        'Stamp',
        'Square',
        'Ink',
        'Text',
        'Link',
        'Highlight',
        'Watermark',
        'FileAttachment',
        'Redact',
        'Popup',
        'Screen',
        '3D',
        'RichMedia',
        'Widget',
        'Foo',
      ]);
      const look = random.chance(0.7) ? { AP: dict({ N: update.add(formXObject(evil)) }) } : {};
      const note = dict({
        Type: name('Annot'),
        Subtype: name(kind),
        Rect: [72, 600, 400, 700],
        Contents: textString('x'),
        ...look,
      });
      const added = random.chance(0.2) ? note : update.add(note);
      update.changeNotes(target, (old) =>
        random.pick([
          [...old, added],
          [added, ...old],
        ]),
      );
    }),
    'added where there were none': {
      wanted: { lacks: ['notes', 'fields', 'emptyField'] },
      make: later((update) => {
        addStamp(update);
      }),
    },
    'removed, doubled, in another order or of another generation': later((update, random) => {
      update.changeNotes(firstPage(update), (old) => {
        const [first = null, second = null, ...rest] = old;
        const orders: PdfObject[][] = [
          [second, first, ...rest],
          [second, ...rest],
          [...old, first],
          [first, null, second, ...rest],
          [first, ...rest, second],
          [isRef(first) ? ref(first.num, 1) : null, second, ...rest],
          [[...old]],
          [...old, null],
          [],
        ];
        return random.pick(orders);
      });
    }),
    'list of another kind': later((update, random) =>
      update.change(firstPage(update).reference, { Annots: oddValue(random, update) }),
    ),
    changed: later((update, random) => {
      const target = one(find(update, isNote(random.pick(['Stamp', 'FreeText']))), random);
      const changes: Record<string, PdfObject | undefined>[] = [
        { Rect: [0, 0, 400, 400] },
        { AP: dict({ N: update.add(formXObject(evil)) }) },
        { F: 2 },
        { AP: undefined },
        { Contents: textString('khac') },
        { OC: dict({}) },
        { Parent: update.root },
        { AS: name('x') },
        { C: [1, 1, 1] },
        { Subtype: name('Square') },
        { F: null },
        { Kids: [target] },
      ];
      update.change(target, random.pick(changes));
    }),
    'picture in place': later((update, random) => {
      const note = update.document.resolve(one(find(update, isNote('Stamp')), random));
      const look = isDict(note) ? update.document.getDict(note, 'AP')?.entries.get('N') : undefined;
      if (!isRef(look)) throw new Error('no picture');
      update.set(look, formXObject(evil));
    }),
    'text beside a note': later((update, random) =>
      update.change(
        one(find(update, isNote('Text')), random),
        random.pick<Record<string, PdfObject | undefined>>([
          { Contents: textString('khac') },
          { Popup: undefined },
          { Popup: ref(99_999) },
        ]),
      ),
    ),
    'link to elsewhere': later((update, random) =>
      update.change(one(find(update, isNote('Link')), random), {
        A: dict({ S: name('URI'), URI: textString('http://x') }),
      }),
    ),
    freed: later((update, random) =>
      update.free(one(find(update, isNote(random.pick(['Stamp', 'Link', 'Popup']))), random)),
    ),
  },
);

const forbiddenNotes = kindsOf(
  { group: 'notes', expects: 'broken', wanted: noted },
  {
    'added where only forms are permitted': {
      wanted: { scenario: 'certified2' },
      make: later((update) => {
        addStamp(update);
      }),
    },
    'changed where nothing is permitted': {
      wanted: { scenario: 'certified1' },
      make: later((update, random) =>
        update.change(one(find(update, isNote('Stamp')), random), { AP: dict({ N: update.add(formXObject(evil)) }) }),
      ),
    },
  },
);

const saidNotes = kindsOf(
  { group: 'notes', expects: 'said', wanted: { ...noted, scenario: 'certified3' } },
  {
    'added where notes are permitted': later((update) => {
      const note = update.add(
        dict({ Type: name('Annot'), Subtype: name('Text'), Rect: [72, 600, 90, 620], Contents: textString('y kien') }),
      );
      update.changeNotes(firstPage(update), (old) => [...old, note]);
    }),
  },
);

const bare = { lacks: ['notes', 'fields', 'emptyField'], scenario: 'approval' } as const;

/** The object that a letter was given to hang on a link. */
function marked(update: Update): PdfRef {
  const [found] = find(update, (value) => isDict(value) && value.entries.has('VtMark'));
  if (!found) throw new Error('nothing is marked');
  return found;
}

/** Links that a letter was signed with, to objects that nothing else reaches. */
const links = kindsOf(
  { group: 'what hangs on links alone', expects: 'doubted', wanted: bare },
  {
    'parent of a popup': {
      wanted: {
        page: '/Annots [@0 0 R]',
        extra: [
          '<</Type /Annot /Subtype /Popup /Rect [300 300 400 400] /Open true /Parent @1 0 R>>',
          '<</Type /Annot /Subtype /Text /Contents (cu) /Rect [0 0 9 9] /VtMark 1>>',
        ],
      },
      make: later((update) => update.change(marked(update), { Contents: textString('moi') })),
    },
    'field of a widget that no form lists': {
      wanted: {
        page: '/Annots [@0 0 R]',
        extra: [
          '<</Type /Annot /Subtype /Widget /Rect [300 300 400 320] /Parent @1 0 R>>',
          '<</FT /Tx /T (an) /V (cu) /DA (/F1 9 Tf) /Kids [@0 0 R] /VtMark 1>>',
        ],
      },
      make: later((update) => update.change(marked(update), { V: textString('moi') })),
    },
    'parent of a field that is not above it': {
      wanted: {
        page: '/Annots [@0 0 R]',
        catalog: '/AcroForm <</Fields [@0 0 R]>>',
        extra: [
          '<</Type /Annot /Subtype /Widget /Rect [300 300 400 320] /T (ten) /Parent @1 0 R>>',
          '<</FT /Tx /V (cu) /DA (/F1 9 Tf) /VtMark 1>>',
        ],
      },
      make: later((update) => update.change(marked(update), { V: textString('moi') })),
    },
    'page that a note says it is on': {
      wanted: {
        page: '/Annots [@0 0 R]',
        extra: [
          '<</Type /Annot /Subtype /Stamp /Rect [300 300 400 320] /P @1 0 R>>',
          '<</Type /Page /MediaBox [0 0 99 99] /VtMark 1>>',
        ],
      },
      make: later((update) => update.change(marked(update), { Rotate: 90 })),
    },
    'parent of a page that is not above it': {
      wanted: {
        extra: ['<</Type /Pages /Rotate 0 /VtMark 1>>'],
        lacks: [...bare.lacks, 'turned', 'nested'],
        page: '/Parent @0 0 R',
      },
      make: later((update) => update.change(marked(update), { Rotate: 90 })),
    },
    'a kid that no field has': {
      wanted: {
        page: '/Annots [@0 0 R]',
        extra: ['<</Type /Annot /Subtype /Stamp /Rect [300 300 400 320] /Kids [@1 0 R]>>', '<</V (cu) /VtMark 1>>'],
      },
      make: later((update) => update.change(marked(update), { V: textString('moi') })),
    },
  },
);

export const changeKinds: readonly Kind[] = [
  ...page,
  ...tree,
  ...catalog,
  ...doubted,
  ...notes,
  ...forbiddenNotes,
  ...saidNotes,
  ...links,
];
