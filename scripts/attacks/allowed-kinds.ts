import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SeededRandom } from '#scripts/faults/random.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { dict, isRef, name, ref } from '#pdf/syntax/objects.ts';
import type { PdfObject } from '#pdf/syntax/objects.ts';
import { textString } from '#pdf/syntax/write-object.ts';
import { readFields } from '#pdf/verify/signature-fields.ts';
import { sealAsAgency, sealImage, signAsPerson, signatureImage } from '#tests/support/signing-fixtures.ts';
import { stream } from './change-kinds.ts';
import { makeCleanFile, metadataOf } from './clean-file.ts';
import { kindsOf } from './kind.ts';
import type { Kind } from './kind.ts';
import { certificateOf, makeToken } from './make-cms.ts';
import { addStore, archive, goodLayout, smallPicture } from './signed-file.ts';
import type { Scenario, SignedFile } from './signed-file.ts';
import { signForeign } from './sign-foreign.ts';
import type { ForeignSignature } from './sign-foreign.ts';
import { changedEntries, Update } from './update.ts';

/** What good programs do after a signature: it must stay green. */

const closed: readonly Scenario[] = ['certified1', 'lockLevel1'];
const comments = ['', '', '%iText-7.2.5\n', '%iText-Core-8.0.3\r\n', '%PDF-XChange 9\n%ExifTool 12.4\n', '%\n'];

/** One more revision in the way of the program that began. */
function properly(change: (update: Update, random: SeededRandom, file: SignedFile) => void): Kind['make'] {
  return (file, random) => {
    const update = new Update(file.bytes);
    change(update, random, file);
    const layout = goodLayout(random, file.layout);
    return update.finish(layout, { beforeEnd: random.pick(comments) });
  };
}

/** A second signature, as some program of the world makes it. */
function anySignature(random: SeededRandom, file: SignedFile): ForeignSignature {
  const isVisible = random.chance(0.5);
  const left = random.between(40, 400);
  const shown = isVisible ? { rect: [left, 30, left + random.between(60, 150), 80], picture: smallPicture } : {};
  const field = random.pick<Record<string, PdfObject>>([
    {},
    {},
    { MK: dict({}) },
    { TU: textString('Ky') },
    { DA: textString('/Helv 0 Tf') },
    { Border: [0, 0, 0] },
    { Q: 0 },
    { NM: textString('a') },
  ]);
  const form = random.pick<Record<string, PdfObject>>([{}, {}, {}, { SigFlags: 3 }]);
  return {
    subFilter: random.pick(['ETSI.CAdES.detached', 'ETSI.CAdES.detached', 'adbe.pkcs7.detached']),
    cms: {
      signer: random.pick(['person', 'person2', 'agency', 'agency2', 'person-ec', 'person-ec384']),
      digest: random.pick(['sha256', 'sha384', 'sha512']),
      withSigningTime: random.chance(0.3),
      ...(random.chance(0.3)
        ? { unsigned: (value: Uint8Array) => [[OID.signatureTimeStamp, makeToken([value])] as const] }
        : {}),
    },
    layout: goodLayout(random, file.layout),
    tweaks: { beforeEnd: random.pick(comments) },
    page: random.between(1, 3),
    kid: random.chance(0.25),
    first: random.chance(0.2),
    direct: false,
    dictionary: random.pick([
      '',
      "/M(D:20261101120000+07'00')/Reason(Dong y)",
      '/Name(Nguoi ky)/Location(Ha Noi)/ContactInfo(x)',
      '/Prop_Build<</App<</Name/Foo>>>>',
    ]),
    field,
    form,
    ...shown,
  };
}

const more = kindsOf(
  { group: 'further signatures', expects: 'green', wanted: { not: closed } },
  {
    'by a foreign program': (file, random) => signForeign(file.bytes, anySignature(random, file)),
    several: (file, random) => {
      let bytes = file.bytes;
      const count = random.between(2, 6);
      for (let i = 0; i < count; i += 1)
        bytes = signForeign(bytes, { ...anySignature(random, file), rect: [30 + i * 85, 30, 100 + i * 85, 70] });
      return bytes;
    },
    'by our own signer': {
      wanted: { lacks: [] },
      make: async (file, random) => {
        const appearance = { image: random.pick([signatureImage(), sealImage()]) };
        const role = random.chance(0.5) ? signAsPerson : sealAsAgency;
        return (await role(file.bytes, { appearance, reason: random.pick(['Dong y', 'Đã duyệt']) })).bytes;
      },
    },
    'in a field that stands direct': (file, random) =>
      signForeign(file.bytes, { ...anySignature(random, file), kid: false, direct: true }),
    'into the empty field': {
      wanted: { has: ['emptyField'], not: [...closed, 'locksAll', 'locksSome'] },
      make: (file, random) => {
        const into = readFields(new Update(file.bytes).document).find((field) => field.name === 'oKy')?.reference;
        if (!into) throw new Error('no empty field');
        return signForeign(file.bytes, { ...anySignature(random, file), into, field: {} });
      },
    },
    'below a container of fields': (file, random) =>
      signForeign(file.bytes, {
        ...anySignature(random, file),
        kid: false,
        also: (update, widget) => {
          const parent = update.add(dict({ T: textString('Nhom'), Kids: [widget] }));
          update.change(widget, { Parent: parent });
          update.changeForm((form) =>
            changedEntries(form, {
              Fields: [
                ...update.document.getArray(
                  update.document.getDict(update.document.catalog, 'AcroForm') ?? dict({}),
                  'Fields',
                ),
                parent,
              ],
            }),
          );
        },
      }),
    'of a program that adds fonts and defaults': {
      wanted: { lacks: ['fields'] },
      make: (file, random) => {
        const font = dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('Helvetica') });
        const form = random.pick<Record<string, PdfObject>>([
          { DR: dict({ Font: dict({ Helv: font }) }) },
          { DA: textString('/Helv 0 Tf 0 g') },
          { NeedAppearances: false },
        ]);
        return signForeign(file.bytes, { ...anySignature(random, file), form });
      },
    },
    'that tags its widget': {
      wanted: { has: ['tagged'] },
      make: (file, random) =>
        signForeign(file.bytes, {
          ...anySignature(random, file),
          kid: false,
          field: { StructParent: 1 },
          also: (update, widget) => {
            const tree = update.document.catalog.entries.get('StructTreeRoot');
            if (!isRef(tree)) throw new Error('no tags');
            const root = update.dictionary(tree);
            const top = root.entries.get('K');
            const parents = root.entries.get('ParentTree');
            if (!isRef(top) || !isRef(parents)) throw new Error('no elements');
            const page = update.dictionary(widget).entries.get('P') ?? null;
            const item = dict({ Type: name('OBJR'), Obj: widget, Pg: page });
            const element = update.add(dict({ Type: name('StructElem'), S: name('Form'), P: top, K: item, Pg: page }));
            update.change(top, { K: [...update.document.getArray(update.dictionary(top), 'K'), element] });
            update.change(parents, {
              Nums: [...update.document.getArray(update.dictionary(parents), 'Nums'), 1, element],
            });
            update.change(tree, { ParentTreeNextKey: 2 });
          },
        }),
    },
    'of whom validation data and a time stamp follow': (file, random) =>
      archive(signForeign(file.bytes, anySignature(random, file)), goodLayout(random, file.layout)),
    'that brings metadata of its date': {
      wanted: { has: ['metadata'] },
      make: (file, random) =>
        signForeign(file.bytes, {
          ...anySignature(random, file),
          also: (update) =>
            update.change(update.root, {
              Metadata: update.add(
                stream(metadataOf('Quyet dinh', '2026-11-11'), { Type: name('Metadata'), Subtype: name('XML') }),
              ),
            }),
        }),
    },
  },
);

const data = kindsOf(
  { group: 'validation data and time stamps', expects: 'green' },
  {
    'validation data': properly((update) => addStore(update)),
    'validation data in more words': {
      // A program that finds a store adds to it.
      wanted: { not: ['archived'] },
      make: properly((update, random) => {
        const certificate = update.add(stream(Buffer.from(certificateOf('issuing').der).toString('latin1')));
        const record = dict({ Type: name('VRI'), Cert: [certificate], TU: textString('D:20261101000000Z') });
        update.change(update.root, {
          DSS: dict({
            Type: name('DSS'),
            Certs: [certificate],
            VRI: dict({ [`${random.between(10, 99)}ABCDEF`]: random.chance(0.5) ? record : update.add(record) }),
          }),
          Extensions: dict({
            ESIC: dict({ BaseVersion: name('1.7'), ExtensionLevel: 5 }),
            ADBE: dict({ BaseVersion: name('1.7'), ExtensionLevel: 8 }),
          }),
        });
      }),
    },
    'validation data that cannot be read': {
      // A program that finds a store adds to it.
      wanted: { not: ['archived'] },
      make: properly((update, random) => {
        const bad = random.pick<PdfObject>([
          stream('x'),
          stream('x', { Filter: name('ASCIIHexDecode') }),
          stream('x', { Filter: name('FlateDecode') }),
          ref(99_999),
          null,
        ]);
        update.change(update.root, {
          DSS: dict({ Certs: [bad], OCSPs: [random.pick<PdfObject>([update.add(stream('0')), null])], CRLs: [] }),
        });
      }),
    },
    'extensions and version': properly((update, random) => {
      update.change(
        update.root,
        random.pick<Record<string, PdfObject>>([
          { Version: name('2.0') },
          {
            Extensions: dict({
              ISO_: dict({ BaseVersion: name('2.0'), ExtensionLevel: 32_001, ExtensionRevision: textString(':2022') }),
            }),
          },
        ]),
      );
    }),
    'a document time stamp': (file, random) =>
      signForeign(file.bytes, {
        subFilter: 'ETSI.RFC3161',
        type: random.pick(['DocTimeStamp', 'DocTimeStamp', 'Sig']),
        layout: goodLayout(random, file.layout),
        name: 'Dau',
      }),
    'archived again and again': (file, random) => {
      let { bytes } = file;
      const count = random.between(1, 4);
      for (let i = 0; i < count; i += 1) bytes = archive(bytes, goodLayout(random, file.layout));
      return bytes;
    },
    'nothing at all': properly((update) => void update.add(dict({ Nothing: 1 }))),
    'what was there, written again': properly((update, random) => {
      const page = random.pick(update.pages);
      update.change(page.reference, {});
      if (random.chance(0.5)) update.change(update.root, {});
      const [node] = page.path;
      if (node) update.change(node, {});
    }),
    'dates of the file': {
      wanted: { has: ['information'] },
      make: properly((update) => {
        const info = update.document.trailer.entries.get('Info');
        if (isRef(info))
          update.change(info, {
            ModDate: textString('D:20261111000000Z'),
            Producer: textString('Khac'),
            CreationDate: textString('D:20250101000000Z'),
          });
      }),
    },
    'metadata of another date': {
      wanted: { has: ['metadata'] },
      make: properly((update) =>
        update.change(update.root, {
          Metadata: update.add(
            stream(metadataOf('Quyet dinh', '2026-12-12'), { Type: name('Metadata'), Subtype: name('XML') }),
          ),
        }),
      ),
    },
    'an empty field for a later signer': {
      wanted: { not: closed },
      make: properly((update, random) => {
        const page = random.pick(update.pages);
        const field = update.add(
          dict({
            Type: name('Annot'),
            Subtype: name('Widget'),
            FT: name('Sig'),
            T: textString('cho'),
            Rect: random.pick([
              [0, 0, 0, 0],
              [60, 60, 160, 100],
            ]),
            P: page.reference,
            F: 4,
          }),
        );
        update.changeNotes(page, (old) => [...old, field]);
        update.changeForm((form) =>
          changedEntries(form, { Fields: [...update.document.getArray(form, 'Fields'), field] }),
        );
      }),
    },
  },
);

/** A clean letter as qpdf writes it anew, then signed. */
function rewritten(options: readonly string[]): Kind['make'] {
  return async (_, random) => {
    const clean = makeCleanFile(random);
    const folder = mkdtempSync(join(tmpdir(), 'van-thu-attacks-'));
    try {
      writeFileSync(join(folder, 'in.pdf'), clean.bytes);
      execFileSync('qpdf', [...options, join(folder, 'in.pdf'), join(folder, 'out.pdf')]);
      const bytes = new Uint8Array(readFileSync(join(folder, 'out.pdf')));
      const layout = options.includes('--object-streams=generate') ? 'stream' : 'table';
      const first = random.chance(0.5) ? signForeign(bytes, { layout }) : (await signAsPerson(bytes)).bytes;
      return signForeign(first, { layout, cms: { signer: 'person2' }, rect: [40, 30, 140, 80], picture: smallPicture });
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

const producers = kindsOf(
  { group: 'rewritten before signing', expects: 'green', wanted: { scenario: 'approval', lacks: ['bookmarks'] } },
  {
    linearized: rewritten(['--linearize', '--object-streams=disable']),
    'linearized with streams': rewritten(['--linearize', '--object-streams=generate']),
    'object streams': rewritten(['--object-streams=generate']),
    'no object streams': rewritten(['--object-streams=disable']),
    qdf: rewritten(['--qdf', '--object-streams=disable']),
  },
);

export const allowedKinds: readonly Kind[] = [...more, ...data, ...producers];
