import type { SeededRandom } from '#scripts/faults/random.ts';
import { dict, isRef, name, ref } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import { textString } from '#pdf/syntax/write-object.ts';
import { readFields, signedFields } from '#pdf/verify/signature-fields.ts';
import type { FormField } from '#pdf/verify/signature-fields.ts';
import { formXObject, later, stream } from './change-kinds.ts';
import { kindsOf } from './kind.ts';
import type { Kind } from './kind.ts';
import { layouts } from './pdf-writer.ts';
import { smallPicture } from './signed-file.ts';
import type { Scenario } from './signed-file.ts';
import { signForeign } from './sign-foreign.ts';
import type { ForeignSignature } from './sign-foreign.ts';
import { changedEntries, Update } from './update.ts';

/** What later revisions do to forms, to signature fields and to the pictures of signatures. */

const evil = '1 1 1 rg 0 0 300 300 re f BT /F1 20 Tf 5 5 Td (9.999.999) Tj ET';
const closed: readonly Scenario[] = ['certified1', 'lockLevel1'];

function fieldNamed(update: Update, fieldName: string): FormField {
  const field = readFields(update.document).find((each) => each.name === fieldName);
  if (!field) throw new Error(`no field ${fieldName}`);
  return field;
}

function victimOf(update: Update): FormField {
  const [field] = signedFields(readFields(update.document), update.document);
  if (!field) throw new Error('no signature');
  return field;
}

/** The widget of a field, itself or its kid. */
function widgetOf(update: Update, { reference, dict: entries }: FormField): PdfRef {
  const [kid] = update.document.getArray(entries, 'Kids');
  return isRef(kid) ? kid : reference;
}

function addToPage(update: Update, widget: PdfObject, number = 0): void {
  const page = update.pages[number] ?? update.pages[0];
  if (!page) throw new Error('no page');
  update.changeNotes(page, (old) => [...old, widget]);
}

function addToForm(update: Update, field: PdfObject, first = false): void {
  update.changeForm((form) => {
    const old = update.document.getArray(form, 'Fields');
    return changedEntries(form, { Fields: first ? [field, ...old] : [...old, field] });
  });
}

const plainField = (entries: Readonly<Record<string, PdfObject>>): PdfDict =>
  dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: textString('Moi'),
    Rect: [70, 600, 400, 690],
    ...entries,
  });

const script = dict({ S: name('JavaScript'), JS: textString('app.alert(1)') });

/** Entries that make an unsigned signature field visible, or let it act. */
function oddEntries(update: Update, random: SeededRandom): Record<string, PdfObject> {
  const picture = dict({ N: update.add(formXObject(evil)) });
  return random.pick<Record<string, PdfObject>>([
    { AP: picture },
    { MK: dict({ BG: [1, 1, 1] }) },
    { MK: dict({ BC: [1, 0, 0] }) },
    { MK: dict({ CA: textString('9.999.999') }) },
    { MK: dict({ I: update.add(formXObject(evil)) }) },
    { BS: dict({ W: random.between(1, 30) }) },
    { Border: [0, 0, 20] },
    { AA: dict({ [random.pick(['PO', 'PV', 'E', 'K', 'F', 'C', 'Fo'])]: script }) },
    { A: script },
    { V: textString('da ky') },
    { V: dict({ Type: name('Sig') }) },
    { V: ref(99_999) },
    { FT: name('Tx'), V: textString('9.999.999'), DA: textString('/F1 20 Tf') },
    { FT: name('Btn'), MK: dict({ CA: textString('x') }) },
    { Subtype: name('Stamp'), AP: picture },
    { Subtype: name('FreeText'), Contents: textString('9') },
    { RC: textString('<b>x</b>') },
    { Contents: textString('9.999.999') },
    { OC: dict({}) },
    { Popup: update.add(dict({ Type: name('Annot'), Subtype: name('Popup'), Open: true })) },
    { Foo: 1 },
    { DV: textString('x') },
    { AF: [] },
  ]);
}

const unsigned = kindsOf(
  { group: 'signature fields without signature', expects: 'broken' },
  {
    'new and seen, or acting': later((update, random) => {
      const field = update.add(plainField(oddEntries(update, random)));
      addToPage(update, field);
      addToForm(update, field, random.chance(0.3));
    }),
    'new, by kids of its own': later((update, random) => {
      const parent = update.allocate();
      const kid = update.add(
        dict({
          Type: name('Annot'),
          Subtype: name('Widget'),
          Parent: parent,
          Rect: [70, 600, 400, 690],
          ...oddEntries(update, random),
        }),
      );
      update.set(parent, dict({ FT: name('Sig'), T: textString('Moi'), Kids: [kid] }));
      addToPage(update, kid);
      addToForm(update, parent);
    }),
    'new, below a field that is not above it': {
      wanted: { has: ['fields'] },
      make: later((update, random) => {
        const other = fieldNamed(update, random.pick(['ten', 'tien'])).reference;
        const parent = update.allocate();
        const kid = update.add(
          dict({ Type: name('Annot'), Subtype: name('Widget'), Parent: other, Rect: [70, 600, 200, 620] }),
        );
        update.set(parent, dict({ FT: name('Sig'), T: textString('Moi'), Kids: [kid] }));
        addToPage(update, kid);
        addToForm(update, parent);
      }),
    },
    'old and changed': {
      wanted: { has: ['emptyField'] },
      make: later((update, random) => {
        const { reference } = fieldNamed(update, 'oKy');
        const changes: Record<string, PdfObject>[] = [
          oddEntries(update, random),
          { Rect: [0, 0, 500, 500] },
          { F: 2 },
          { T: textString('khac') },
          { TU: textString('khac') },
          { Lock: dict({ Action: name('All') }) },
          { Kids: [update.add(plainField({}))] },
          { P: update.root },
          { Parent: update.root },
        ];
        update.change(reference, random.pick(changes));
      }),
    },
    'old and signed beyond its rights': {
      wanted: { has: ['emptyField'], not: closed },
      make: ({ bytes }, random) => {
        const into = fieldNamed(new Update(bytes), 'oKy').reference;
        const field = random.pick<Record<string, PdfObject>>([
          { Rect: [0, 0, 500, 500] },
          { A: script },
          { AA: dict({ PO: script }) },
          { T: textString('khac') },
          { OC: dict({}) },
          { Contents: textString('x') },
          { Subtype: name('Stamp') },
        ]);
        return signForeign(bytes, { into, field, cms: { signer: 'person2' }, layout: random.pick(layouts) });
      },
    },
    'old and locked, yet signed': {
      wanted: { has: ['emptyField'] },
      make: ({ bytes, scenario }, random) => {
        if (!['locksAll', 'locksSome', 'certified1', 'lockLevel1'].includes(scenario)) throw new Error('not locked');
        const update = new Update(bytes);
        const into = fieldNamed(update, 'oKy').reference;
        return signForeign(bytes, {
          into,
          rect: [320, 150, 470, 220],
          picture: smallPicture,
          layout: random.pick(layouts),
          cms: { signer: 'person2' },
        });
      },
    },
    'new and empty where nothing may change': {
      wanted: { scenario: 'certified1' },
      make: later((update) => {
        const field = update.add(plainField({}));
        addToPage(update, field);
        addToForm(update, field);
      }),
    },
    'added with a broken signature': {
      wanted: { not: closed },
      make: ({ bytes }, random) =>
        signForeign(bytes, {
          rect: [70, 600, 400, 690],
          picture: evil,
          layout: random.pick(layouts),
          cms: random.pick([{ otherDigest: true }, { spoilt: true }, { signers: 2 }, { enclosed: [] }]),
        }),
    },
  },
);

const permitted = kindsOf(
  { group: 'signatures where nothing may change', expects: 'broken' },
  {
    'another signature': {
      wanted: { scenario: 'certified1' },
      make: ({ bytes }, random) => signForeign(bytes, { ...someSignature(random), layout: random.pick(layouts) }),
    },
    'another signature under a lock': {
      wanted: { scenario: 'lockLevel1' },
      make: ({ bytes }, random) => signForeign(bytes, { ...someSignature(random), layout: random.pick(layouts) }),
    },
    'a visible time stamp': {
      wanted: { scenario: 'certified1' },
      make: ({ bytes }, random) =>
        signForeign(bytes, {
          subFilter: 'ETSI.RFC3161',
          type: 'DocTimeStamp',
          rect: [70, 600, 200, 650],
          picture: smallPicture,
          layout: random.pick(layouts),
        }),
    },
    'a signature that calls itself a time stamp': {
      wanted: { scenario: 'certified1' },
      make: ({ bytes }, random) =>
        signForeign(bytes, {
          type: 'DocTimeStamp',
          layout: random.pick(layouts),
          ...(random.chance(0.5) ? { rect: [70, 600, 200, 650], picture: smallPicture } : {}),
        }),
    },
  },
);

function someSignature(random: SeededRandom): ForeignSignature {
  return {
    cms: { signer: random.pick(['person2', 'agency', 'person']) },
    ...(random.chance(0.5) ? { rect: [70, 600, 170, 650], picture: smallPicture } : {}),
    kid: random.chance(0.3),
  };
}

const signing = { not: closed } as const;

/** A second signature, good by itself, of which more is made than it needs. */
const abused = kindsOf(
  { group: 'what a later signature brings along', expects: 'doubted', wanted: signing },
  {
    'a picture over the page': ({ bytes }, random) => {
      const rect = [random.between(0, 50), random.between(0, 100), random.between(500, 595), random.between(600, 842)];
      return signForeign(bytes, {
        rect,
        picture: smallPicture,
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        kid: random.chance(0.3),
      });
    },
    'a place that readers see otherwise': ({ bytes }, random) => {
      const rects: PdfObject[] = [
        [0, 0, 595, 842, 0],
        [595, 842, 0, 0],
        [0, 0, '595', 842].map((item) => (typeof item === 'string' ? textString(item) : item)),
        [0, 0, 595],
        ref(99_999),
      ];
      return signForeign(bytes, {
        rect: [0, 0, 595, 842],
        picture: evil,
        field: { Rect: random.pick(rects) },
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
      });
    },
    'an old empty field that covers the page': {
      wanted: {
        page: '/Annots [@0 0 R]',
        catalog: '/AcroForm <</Fields [@0 0 R]>>',
        extra: ['<</Type /Annot /Subtype /Widget /FT /Sig /T (lon) /Rect [20 20 580 800]>>'],
        lacks: ['notes', 'fields', 'emptyField'],
      },
      make: ({ bytes }, random) => {
        const into = fieldNamed(new Update(bytes), 'lon').reference;
        return signForeign(bytes, {
          into,
          rect: [20, 20, 580, 800],
          picture: evil,
          layout: random.pick(layouts),
          cms: { signer: 'person2' },
        });
      },
    },
    'many widgets': ({ bytes }, random) => {
      const count = random.between(2, 8);
      return signForeign(bytes, {
        kid: true,
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        also: (update, widget) => {
          const parent = update.dictionary(widget).entries.get('Parent');
          if (!isRef(parent)) throw new Error('no parent');
          const kids = Array.from({ length: count }, (_, i) =>
            update.add(
              dict({
                Type: name('Annot'),
                Subtype: name('Widget'),
                Parent: parent,
                Rect: [0, i * 80, 400, i * 80 + 80],
                AP: dict({ N: update.add(formXObject(evil)) }),
              }),
            ),
          );
          update.change(parent, { Kids: [widget, ...kids] });
          for (const kid of kids) addToPage(update, kid);
        },
      });
    },
    'its widget on two pages': {
      wanted: { has: ['manyPages'] },
      make: ({ bytes }, random) =>
        signForeign(bytes, {
          rect: [70, 600, 170, 650],
          picture: smallPicture,
          layout: random.pick(layouts),
          cms: { signer: 'person2' },
          also: (update, widget) => addToPage(update, widget, 1),
        }),
    },
    'its widget twice on its page': ({ bytes }, random) =>
      signForeign(bytes, {
        rect: [70, 600, 170, 650],
        picture: smallPicture,
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        also: (update, widget) => addToPage(update, widget),
      }),
    'an action': ({ bytes }, random) =>
      signForeign(bytes, {
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        field: random.pick<Record<string, PdfObject>>([
          { A: script },
          { AA: dict({ PO: script }) },
          { Foo: 1 },
          { Contents: textString('x') },
          { OC: dict({}) },
        ]),
      }),
    'a text field beside it': ({ bytes }, random) =>
      signForeign(bytes, {
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        also: (update) => {
          const field = update.add(
            plainField({ FT: name('Tx'), V: textString('9'), AP: dict({ N: update.add(formXObject(evil)) }) }),
          );
          addToPage(update, field);
          addToForm(update, field);
        },
      }),
    'other content of the page beside it': ({ bytes }, random) =>
      signForeign(bytes, {
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        also: (update) => {
          const [page] = update.pages;
          if (page) update.change(page.reference, { Contents: update.add(stream(evil)) });
        },
      }),
    'a form that asks for other things': ({ bytes }, random) =>
      signForeign(bytes, {
        layout: random.pick(layouts),
        cms: { signer: 'person2' },
        form: random.pick<Record<string, PdfObject>>([
          { XFA: textString('<xdp/>') },
          { CO: [] },
          { Foo: 1 },
          { SigFlags: 0 },
          { SigFlags: textString('3') },
          { SigFlags: null },
        ]),
      }),
    'ground that hides text of the page': {
      make: ({ bytes }, random) =>
        signForeign(bytes, {
          rect: [72, 720, 272, 770],
          picture: '1 1 1 rg 0 0 200 50 re f',
          layout: random.pick(layouts),
          cms: { signer: 'person2' },
        }),
    },
  },
);

const victims = kindsOf(
  { group: 'the signature that is there', expects: 'broken' },
  {
    'its field changed': later((update, random) => {
      const widget = widgetOf(update, victimOf(update));
      const changes: Record<string, PdfObject | undefined>[] = [
        { Rect: [0, 0, 400, 400] },
        { AP: dict({ N: update.add(formXObject(evil)) }) },
        { F: 2 },
        { MK: dict({ BG: [1, 1, 1] }) },
        { AA: dict({ PO: script }) },
        { TU: textString('x') },
        { AP: undefined, Border: [0, 0, 9] },
        { P: update.root },
        { Kids: [widget] },
        { AS: name('x') },
      ];
      update.change(widget, random.pick(changes));
    }),
    'its picture in place': {
      wanted: { scenario: 'visible' },
      make: later((update) => {
        const picture = update.document.getDict(victimOf(update).dict, 'AP')?.entries.get('N');
        if (!isRef(picture)) throw new Error('no picture');
        update.set(picture, formXObject(evil));
      }),
    },
    'its name or value': later((update, random) => {
      const { reference } = victimOf(update);
      update.change(
        reference,
        random.pick<Record<string, PdfObject | undefined>>([
          { T: textString('khac') },
          { V: undefined },
          { V: null },
          { V: dict({}) },
          { V: ref(99_999) },
          { FT: name('Tx') },
        ]),
      );
    }),
    'its dictionary': {
      wanted: { not: ['direct'] },
      make: later((update, random) => {
        const { value } = victimOf(update);
        if (!isRef(value)) throw new Error('stands directly');
        update.change(
          value,
          random.pick<Record<string, PdfObject | undefined>>([
            { Reason: textString('dong y') },
            { Name: textString('x') },
            { M: textString("D:20200101000000+07'00'") },
            { Location: textString('x') },
            { Contents: undefined },
            { ByteRange: [0, 1, 2, 3] },
            { SubFilter: name('adbe.pkcs7.detached') },
          ]),
        );
      }),
    },
    'shown a second time': later((update, random) => {
      const victim = victimOf(update);
      const { value } = victim;
      if (!isRef(value)) throw new Error('stands directly');
      const copy = update.add(plainField({ V: value, AP: dict({ N: update.add(formXObject(evil)) }) }));
      addToPage(update, copy);
      addToForm(update, copy, random.chance(0.4));
    }),
    'taken away': later((update, random) => {
      const { reference } = victimOf(update);
      update.changeForm((form) => {
        const kept = update.document
          .getArray(form, 'Fields')
          .filter((item) => !isRef(item) || item.num !== reference.num);
        return changedEntries(form, { Fields: kept });
      });
      if (random.chance(0.5)) update.change(update.pages[0]?.reference ?? update.root, { Annots: [] });
    }),
    'taken away, another on top': {
      make: ({ bytes }, random) => {
        const update = new Update(bytes);
        const { reference, value } = victimOf(update);
        update.changeForm((form) =>
          changedEntries(form, {
            Fields: update.document
              .getArray(form, 'Fields')
              .filter((item) => !isRef(item) || item.num !== reference.num),
          }),
        );
        if (isRef(value) && random.chance(0.6))
          update.change(
            update.root,
            random.pick([
              { Perms: dict({ UR3: value }) },
              { Perms: dict({ DocMDP: value }) },
              { PieceInfo: dict({ X: value }) },
            ]),
          );
        return signForeign(update.finish(random.pick(layouts)), {
          layout: random.pick(layouts),
          cms: { signer: 'person2' },
        });
      },
    },
    'on another page': {
      wanted: { has: ['manyPages'], scenario: 'visible' },
      make: later((update, random) => {
        const widget = widgetOf(update, victimOf(update));
        const target = random.between(0, update.pages.length - 1);
        addToPage(update, widget, target);
      }),
    },
    'below another parent': later((update, random) => {
      const { reference } = victimOf(update);
      const parent = update.add(
        dict({ T: textString('cha'), Kids: [reference], ...(random.chance(0.5) ? { FT: name('Sig') } : {}) }),
      );
      update.change(reference, { Parent: parent });
      update.changeForm((form) => changedEntries(form, { Fields: [parent] }));
    }),
  },
);

const form = kindsOf(
  { group: 'form', expects: 'broken', wanted: { has: ['fields'] } },
  {
    'text field added': later((update, random) => {
      const field = update.add(
        plainField({ FT: name(random.pick(['Tx', 'Ch', 'Btn'])), V: textString('9'), DA: textString('/F1 9 Tf') }),
      );
      if (random.chance(0.7)) addToPage(update, field);
      addToForm(update, field);
    }),
    'field removed or of another kind': later((update, random) => {
      const field = fieldNamed(update, random.pick(['ten', 'tien', 'chon']));
      update.change(
        field.reference,
        random.pick<Record<string, PdfObject | undefined>>([
          { T: textString('khac') },
          { FT: name('Sig') },
          { FT: null },
          { Rect: [0, 0, 500, 500] },
          { Ff: 4096 },
          { MaxLen: 1 },
          { AA: dict({ K: script }) },
          { A: script },
          { Parent: ref(99_999) },
          { Parent: null },
          { DV: textString('x') },
          { TU: textString('x') },
          { OC: dict({}) },
        ]),
      );
    }),
    'widget below another field': later((update, random) => {
      const parent = update.add(dict({ FT: name('Tx'), T: textString('tien'), V: textString('9') }));
      const [kid] = update.document.getArray(fieldNamed(update, 'tien').dict, 'Kids');
      if (!isRef(kid)) throw new Error('no widget');
      update.change(kid, { Parent: random.pick<PdfObject>([parent, ref(parent.num, 1), update.root, null]) });
    }),
    'kids of a field': later((update, random) => {
      const { reference, dict: entries } = fieldNamed(update, 'tien');
      const kids = update.document.getArray(entries, 'Kids');
      const other = fieldNamed(update, 'ten').reference;
      update.change(reference, {
        Kids: random.pick<PdfObject | undefined>([
          [],
          [other],
          [...kids, other],
          null,
          undefined,
          [...kids, ...kids],
          [...kids, update.add(plainField({ FT: name('Tx') }))],
        ]),
      });
    }),
    'field moved below a new one of its name': later((update) => {
      const { reference } = fieldNamed(update, 'ten');
      const parent = update.add(dict({ FT: name('Tx'), T: textString('ten'), V: textString('9'), Kids: [reference] }));
      update.change(reference, { Parent: parent, T: undefined });
      update.changeForm((entries) =>
        changedEntries(entries, {
          Fields: [
            parent,
            ...update.document.getArray(entries, 'Fields').filter((item) => !isRef(item) || item.num !== reference.num),
          ],
        }),
      );
    }),
    'resources of the form exchanged': later((update, random) => {
      const other = dict({
        Font: dict({ F1: dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Symbol') }) }),
      });
      update.changeForm((entries) =>
        changedEntries(entries, { DR: random.pick<PdfObject | undefined>([other, undefined, null, dict({})]) }),
      );
    }),
    'default appearance exchanged': later((update, random) => {
      update.changeForm((entries) =>
        changedEntries(entries, { DA: random.pick<PdfObject | undefined>([textString('/F1 99 Tf'), undefined, null]) }),
      );
    }),
    'locked field filled': {
      wanted: { scenario: 'locksSome' },
      make: later((update) => fill(update, 'ten', 'khac')),
    },
    'any field filled where all are locked': {
      wanted: { scenario: 'locksAll' },
      make: later((update, random) => fill(update, random.pick(['ten', 'tien']), 'khac')),
    },
    'field filled where nothing may change': {
      wanted: { scenario: 'certified1' },
      make: later((update, random) => fill(update, random.pick(['ten', 'tien']), 'khac')),
    },
  },
);

/** Sets a value and draws it, as a good program does. */
function fill(update: Update, fieldName: string, value: string): void {
  const field = fieldNamed(update, fieldName);
  update.change(field.reference, { V: textString(value) });
  const picture = dict({ N: update.add(formXObject(`BT 0 0 0 rg 2 5 Td (${value}) Tj ET`)) });
  update.change(widgetOf(update, field), { AP: picture });
}

const filled = kindsOf(
  { group: 'form', expects: 'said', wanted: { has: ['fields'] } },
  {
    'filled where that is permitted': {
      wanted: { not: ['certified1', 'lockLevel1', 'locksAll', 'locksSome'] },
      make: later((update, random) => fill(update, random.pick(['ten', 'tien']), `gia tri ${random.between(1, 99)}`)),
    },
    'filled where another field is locked': {
      wanted: { scenario: 'locksSome' },
      make: later((update) => fill(update, 'tien', 'khac')),
    },
    'drawing anew asked for': {
      wanted: { not: ['certified1', 'lockLevel1'] },
      make: later((update) => update.changeForm((entries) => changedEntries(entries, { NeedAppearances: true }))),
    },
  },
);

/** A letter that shows two faces although nothing is changed later. */
const shadows = kindsOf(
  { group: 'shadow at signing', expects: 'doubted', wanted: { not: ['ours', 'sealed'] } },
  {
    layers: {
      wanted: {
        catalog: '/OCProperties <</OCGs [@0 0 R] /D <</Order [@0 0 R]>>>>',
        extra: ['<</Type /OCG /Name (Lop)>>'],
      },
      make: ({ bytes }) => bytes,
    },
    'script at opening': {
      wanted: { catalog: '/OpenAction @0 0 R', extra: ['<</S /JavaScript /JS (app.alert(1))>>'] },
      make: ({ bytes }) => bytes,
    },
    'script by name': {
      wanted: {
        lacks: ['names'],
        catalog: '/Names <</JavaScript <</Names [(a) @0 0 R]>>>>',
        extra: ['<</S /JavaScript /JS (1)>>'],
      },
      make: ({ bytes }) => bytes,
    },
    XFA: { wanted: { has: ['fields'], form: '/XFA (<xdp/>)' }, make: ({ bytes }) => bytes },
    'external stream': {
      wanted: { extra: ['<</Length 0 /F (a.bin)>>\nstream\n\nendstream'] },
      make: ({ bytes }) => bytes,
    },
    'value that is not its picture': {
      wanted: {
        lacks: ['fields', 'emptyField', 'notes'],
        page: '/Annots [@0 0 R]',
        catalog: '/AcroForm <</Fields [@0 0 R] /NeedAppearances true /DA (/F1 9 Tf)>>',
        extra: [
          '<</Type /Annot /Subtype /Widget /FT /Tx /T (tien) /V (9.999.999) /Rect [300 300 400 320] /AP <</N @1 0 R>>>>',
          '<</Type /XObject /Subtype /Form /BBox [0 0 99 20] /Length 25>>\nstream\nBT 2 5 Td (1.000) Tj ET   \nendstream',
        ],
      },
      make: ({ bytes }) => bytes,
    },
    'key twice': {
      wanted: { extra: ['<</A 1 /A 2>>'] },
      make: ({ bytes }) => bytes,
    },
    'page tree that nothing leads to': {
      wanted: {
        extra: ['<</Type /Pages /Kids [@1 0 R] /Count 1>>', '<</Type /Page /Parent @0 0 R /MediaBox [0 0 595 842]>>'],
      },
      make: ({ bytes }) => bytes,
    },
    'later, from below a signature': {
      make: ({ bytes }, random) =>
        signForeign(bytes, {
          layout: random.pick(layouts),
          cms: { signer: 'person2' },
          also: (update) => update.change(update.root, { OpenAction: script }),
        }),
    },
  },
);

export const fieldKinds: readonly Kind[] = [
  ...unsigned,
  ...permitted,
  ...abused,
  ...victims,
  ...form,
  ...filled,
  ...shadows,
];
