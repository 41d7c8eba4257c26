import { beforeAll, describe, expect, it } from 'vitest';
import type { FindingCode, VerificationReport } from '#shared/domain/verification.ts';
import { children, contextTag, der, derOid, readDer, TAG } from '#pdf/crypto/der.ts';
import { OID } from '#pdf/crypto/oids.ts';
import { dict, isRef, name, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfObject } from '#pdf/syntax/objects.ts';
import { textString } from '#pdf/syntax/write-object.ts';
import { signPdf } from '#pdf/sign-pdf.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import {
  credential,
  letter,
  letterAnchor,
  sealAsAgency,
  signAsPerson,
  signatureImage,
  testPki,
  trust,
} from '#tests/support/signing-fixtures.ts';
import {
  addAnnotation,
  contentStream,
  firstSignature,
  page,
  patch,
  rangeOf,
  rebuildSignedData,
  replaceCms,
  revise,
  rootRef,
  setCatalog,
} from './attacks.ts';

const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));
const join = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

function verify(bytes: Uint8Array): VerificationReport {
  return verifyPdf(bytes, { trust: trust(), now: new Date() });
}

function codes(report: VerificationReport): Set<FindingCode> {
  return new Set(
    [...report.findings, ...report.signatures.flatMap((signature) => signature.findings)].map((f) => f.code),
  );
}

let signed: Uint8Array;
/** Signed with unused certificates in the CMS, so that there is room for a larger one. */
let roomy: Uint8Array;
beforeAll(async () => {
  ({ bytes: signed } = await signAsPerson(letter(), { appearance: { image: signatureImage(), anchor: letterAnchor } }));
  const person = credential('person');
  const unused = (['agency', 'agency2', 'person2'] as const).map((id) => testPki().certificate(id));
  const chain = [...person.chain, ...unused];
  ({ bytes: roomy } = await signAsPerson(letter(), {
    credential: { chain, signData: (data) => person.signData(data) },
  }));
});

it('the untouched file is valid, with room in the CMS too', () => {
  expect(verify(signed)).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
  expect(verify(roomy)).toMatchObject({ verdict: 'VALID' });
  expect(verify(replaceCms(roomy, (cms) => cms))).toMatchObject({ verdict: 'VALID' });
});

describe('signature structure', () => {
  const attacks: Record<string, () => Uint8Array> = {
    'ByteRange missing': () => patch(signed, '/ByteRange', '/ByteRangX'),
    'ByteRange null': () => patch(signed, rangeOf(signed).text, 'null'.padEnd(rangeOf(signed).text.length)),
    'ByteRange negative': () => patch(signed, '/ByteRange [0 ', '/ByteRange [-1'),
    'ByteRange too large': () =>
      patch(signed, rangeOf(signed).text, '[0 9 99 9999999999]'.padEnd(rangeOf(signed).text.length)),
    'ByteRange of two': () => patch(signed, rangeOf(signed).text, '[0 99]'.padEnd(rangeOf(signed).text.length)),
    'ByteRange not from 0': () => patch(signed, '/ByteRange [0 ', '/ByteRange [1 '),
    'Contents missing': () => patch(signed, '/Contents <', '/ContentX <'),
    'Contents zeros': () => replaceCms(signed, () => new Uint8Array(1)),
    'Contents truncated': () => replaceCms(signed, (cms) => cms.subarray(0, cms.length - 9)),
    'SubFilter missing': () => patch(signed, '/SubFilter', '/SubFiltex'),
    'bytes behind the CMS': () => replaceCms(roomy, (cms) => join(cms, ascii('hidden'))),
    'key of another certificate': () => replaceCms(roomy, (cms) => patch(cms, 'B\u{c3}\u{b9}i', 'Xyz ').slice()),
  };

  it.for(Object.entries(attacks))('%s is invalid', ([, make]) => {
    const report = verify(make());
    expect(report.integrity).toBe('INVALID');
    expect(report.verdict).toBe('INVALID');
  });

  it('the part after the gap moved away, foreign bytes between (wrapping)', () => {
    const { before, after, text } = rangeOf(signed);
    const insert = ascii(`\n900 0 obj\n<</Foreign true>>\nendobj\n`);
    const moved = after + insert.length;
    const range = `[0 ${before} ${moved} ${signed.length - after}]`.padEnd(text.length);
    const attacked = join(patch(signed, text, range).subarray(0, after), insert, signed.subarray(after));
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  it('two signers', () => {
    const attacked = replaceCms(roomy, (cms) =>
      rebuildSignedData(cms, (fields) => {
        const signers = fields.at(-1);
        if (!signers) throw new Error('no signers');
        const [signer] = children(readDer(signers));
        if (!signer) throw new Error('no signer');
        return [...withoutCertificates(fields).slice(0, -1), der(TAG.set, signer.whole, signer.whole)];
      }),
    );
    expect(codes(verify(attacked))).toContain('CMS_MALFORMED');
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  it('content inside a detached CMS', () => {
    const attacked = replaceCms(roomy, (cms) =>
      rebuildSignedData(cms, ([version, digests, , ...rest]) => {
        const content = der(contextTag(0), der(TAG.octetString, ascii('other')));
        const encapsulated = der(TAG.sequence, derOid(OID.data), content);
        return withoutCertificates([version ?? ascii(''), digests ?? ascii(''), encapsulated, ...rest]);
      }),
    );
    expect(codes(verify(attacked))).toContain('CMS_MALFORMED');
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  it('no certificate of the signer', () => {
    const attacked = replaceCms(roomy, (cms) => rebuildSignedData(cms, (fields) => withoutCertificates(fields, 0)));
    expect(codes(verify(attacked))).toContain('SIGNER_CERT_MISSING');
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  /** Keeps only the first `keep` certificates whose bytes name the person. */
  function withoutCertificates(fields: readonly Uint8Array[], keep = 1): Uint8Array[] {
    return fields.map((field) => {
      if (field[0] !== contextTag(0)) return field;
      const own = children(readDer(field)).filter(({ whole }) => Buffer.from(whole).includes('Bùi Hồng Quý'));
      return der(contextTag(0), ...own.slice(0, keep).map(({ whole }) => whole));
    });
  }
});

describe('changes to signed bytes', () => {
  it.for([20, 5_000, 60_000])('byte %i flipped', (at) => {
    const attacked = signed.slice();
    attacked[at] = (attacked[at] ?? 0) ^ 1;
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  it.for([1, 10, 1_000, 10_000])('%i bytes cut off', (count) => {
    expect(verify(signed.subarray(0, signed.length - count)).verdict).not.toBe('VALID');
  });
});

describe('bytes after the last revision', () => {
  it.for([
    ['comment', '% hello\n'],
    ['object without cross-reference', '\n1 0 obj\n<</Type/Page>>\nendobj\n'],
    ['object and trailer', '\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n'],
    ['zero bytes and something', '\0\0\0\0%'],
    ['spaces, an object, spaces', '   1 0 obj<<>>endobj   '],
    ['form feeds', '\f\f'],
  ] as const)('%s', ([, text]) => {
    const report = verify(join(signed, ascii(text)));
    expect(report.integrity).toBe('INVALID');
    expect(report.signatures[0]?.verdict).toBe('INVALID');
  });

  it('a second startxref to the old table', () => {
    const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(Buffer.from(signed).toString('latin1'))?.[1] ?? '';
    expect(verify(join(signed, ascii(`\nstartxref\n${start}\n%%EOF\n`))).integrity).toBe('INVALID');
  });

  it.for([' ', '\0', '\0'.repeat(512), '  \r\n\0 '])('padding %j is said, no more', (text) => {
    const report = verify(join(signed, ascii(text)));
    expect(codes(report)).toEqual(new Set(['TRAILING_PADDING']));
    expect(report).toMatchObject({ verdict: 'WARN', integrity: 'WARN' });
  });

  it('line ends alone do no harm', () => {
    expect(verify(join(signed, ascii('\r\n\n')))).toMatchObject({ verdict: 'VALID' });
  });
});

describe('incremental saving after the signature', () => {
  const attacks: Record<string, readonly [FindingCode, () => Uint8Array]> = {
    'page content replaced': [
      'PAGE_CONTENT_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const target = page(document, 1);
          const contents = update.add(contentStream('BT ET'));
          update.set(target.reference, withEntries(target.dict, { Contents: contents }));
        }),
    ],
    'content stream overwritten in place': [
      'PAGE_CONTENT_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const contents = page(document, 1).dict.entries.get('Contents');
          if (!isRef(contents)) throw new Error('no content reference');
          update.set(contents, contentStream('BT ET'));
        }),
    ],
    'font replaced': [
      'PAGE_CONTENT_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const target = page(document, 1);
          update.set(target.reference, withEntries(target.dict, { Resources: dict({ Font: dict({}) }) }));
        }),
    ],
    'crop box changed': [
      'PAGE_CONTENT_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const target = page(document, 2);
          update.set(target.reference, withEntries(target.dict, { CropBox: [0, 400, 595, 842] }));
        }),
    ],
    'page added': [
      'PAGES_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const target = page(document, 1);
          const parent = target.dict.entries.get('Parent');
          const tree = document.getDict(target.dict, 'Parent');
          if (!tree || !isRef(parent)) throw new Error('no page tree');
          const added = update.add(withEntries(target.dict, { Annots: [] }));
          const kids = [...document.getArray(tree, 'Kids'), added];
          update.set(parent, withEntries(tree, { Kids: kids, Count: kids.length }));
        }),
    ],
    'pages swapped': ['PAGES_CHANGED', () => changeKids(signed, (kids) => kids.toReversed())],
    'page removed': ['PAGES_CHANGED', () => changeKids(signed, (kids) => kids.slice(0, 1))],
    'open action added': [
      'DOCUMENT_CHANGED',
      () => setCatalog(signed, { OpenAction: dict({ S: name('JavaScript') }) }),
    ],
    'optional content added': ['DOCUMENT_CHANGED', () => setCatalog(signed, { OCProperties: dict({ OCGs: [] }) })],
    'text field added': [
      'FIELD_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const form = document.getDict(document.catalog, 'AcroForm');
          if (!form) throw new Error('no form');
          const field = update.add(dict({ FT: name('Tx'), T: textString('x'), V: textString('y') }));
          const fields = [...document.getArray(form, 'Fields'), field];
          update.set(
            rootRef(document),
            withEntries(document.catalog, { AcroForm: withEntries(form, { Fields: fields }) }),
          );
        }),
    ],
    'signature picture replaced': [
      'SIGNATURE_APPEARANCE_CHANGED',
      () =>
        revise(signed, (update, document) => {
          const { field, fieldDict } = firstSignature(document);
          const picture = update.add(contentStream('0 0 100 100 re f'));
          update.set(field, withEntries(fieldDict, { AP: dict({ N: picture }) }));
        }),
    ],
    'signature dictionary respelled': [
      'SIGNATURE_STRUCTURE',
      () =>
        revise(signed, (update, document) => {
          const { value, dict: dictionary } = firstSignature(document);
          update.set(value, withEntries(dictionary, { Reason: textString('Đồng ý') }));
        }),
    ],
    'form removed: the signature hides': ['SIGNATURE_REMOVED', () => setCatalog(signed, { AcroForm: null })],
  };

  it.for(Object.entries(attacks))('%s', ([, [code, make]]) => {
    const report = verify(make());
    expect(codes(report)).toContain(code);
    expect(report.integrity).toBe('INVALID');
    expect(report.verdict).toBe('INVALID');
  });

  it('a note added is shown as not part of what was signed', () => {
    const report = verify(addAnnotation(signed, 'FreeText'));
    expect(report.verdict).toBe('WARN');
    expect(report.signatures[0]?.findings).toMatchObject([{ code: 'ANNOTATION_CHANGED', params: { page: 1 } }]);
  });

  it('a later signature whose picture covers the page', async () => {
    const rect = { page: 1, x: 0, y: 100, width: 595, height: 700 };
    const { bytes } = await signAsPerson(signed, { appearance: { image: signatureImage(), rect } });
    expect(codes(verify(bytes))).toContain('SIGNATURE_COVERS_PAGE');
    expect(verify(bytes).verdict).toBe('WARN');
  });

  it('a second field that shows the same signature', () => {
    const attacked = revise(signed, (update, document) => {
      const { value, fieldDict } = firstSignature(document);
      const form = document.getDict(document.catalog, 'AcroForm');
      if (!form) throw new Error('no form');
      const copy = update.add(withEntries(fieldDict, { T: textString('Copy'), V: value }));
      const fields = [...document.getArray(form, 'Fields'), copy];
      update.set(rootRef(document), withEntries(document.catalog, { AcroForm: withEntries(form, { Fields: fields }) }));
    });
    expect(codes(verify(attacked))).toContain('SIGNATURE_SHARED');
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  it('a second picture hung onto the signed field', () => {
    const attacked = revise(signed, (update, document) => {
      const { field, fieldDict } = firstSignature(document);
      const target = page(document, 1);
      const picture = update.add(contentStream('0 0 80 40 re f'));
      const widget = update.add(
        dict({
          Type: name('Annot'),
          Subtype: name('Widget'),
          Parent: field,
          Rect: [50, 700, 130, 740],
          AP: dict({ N: picture }),
        }),
      );
      update.set(field, withEntries(fieldDict, { Kids: [widget] }));
      update.set(target.reference, withEntries(target.dict, { Annots: [widget] }));
    });
    expect(codes(verify(attacked))).toContain('FIELD_CHANGED');
    expect(verify(attacked).integrity).toBe('INVALID');
  });

  it('validation data added later is welcome', () => {
    const extended = revise(signed, (update, document) => {
      const crl = update.add({ kind: 'stream', dict: dict({}), raw: testPki().crl('issuing') });
      const store = update.add(dict({ CRLs: [crl] }));
      update.set(rootRef(document), withEntries(document.catalog, { DSS: store }));
    });
    const report = verifyPdf(extended, { trust: { ...trust(), crls: [testPki().crl('root')] }, now: new Date() });
    expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
  });

  it('the revision before the attack is still what was signed', () => {
    expect(verify(addAnnotation(signed, 'Stamp')).signatures[0]?.revisionEnd).toBe(signed.length);
  });
});

describe('certified documents (DocMDP)', () => {
  /** A letter whose catalog says that it was certified at `level`. */
  const certified = (level: number): Uint8Array =>
    revise(letter(), (update, document) => {
      const parameters = dict({ Type: name('TransformParams'), P: level, V: name('1.2') });
      const reference = dict({ TransformMethod: name('DocMDP'), TransformParams: parameters });
      const signature = update.add(dict({ Type: name('Sig'), Reference: [reference] }));
      const permissions = dict({ DocMDP: signature });
      update.set(rootRef(document), withEntries(document.catalog, { Perms: permissions }));
    });

  it('level 1 is not signed, and the key is never asked', async () => {
    const key = credential('person');
    let asked = 0;
    const counting = {
      chain: key.chain,
      signData: (data: Uint8Array) => {
        asked += 1;
        return key.signData(data);
      },
    };
    await expect(signAsPerson(certified(1), { credential: counting })).rejects.toMatchObject({
      code: 'SIGN_DOCMDP_FORBIDS',
    });
    expect(asked).toBe(0);
  });

  it('level 2 allows signatures but no notes', async () => {
    const { bytes } = await signAsPerson(certified(2));
    expect(verify((await sealAsAgency(bytes)).bytes)).toMatchObject({ verdict: 'VALID' });
    const report = verify(addAnnotation(bytes, 'Stamp'));
    expect(codes(report)).toContain('CHANGE_NOT_PERMITTED');
    expect(report.integrity).toBe('INVALID');
  });

  it('level 3 allows notes and lists them', async () => {
    const { bytes } = await signAsPerson(certified(3));
    const report = verify(addAnnotation(bytes, 'Stamp'));
    expect(codes(report)).toEqual(new Set(['ANNOTATION_CHANGED']));
    expect(report.verdict).toBe('WARN');
  });

  it('permissions removed later', async () => {
    const { bytes } = await signAsPerson(certified(2));
    const report = verify(setCatalog(bytes, { Perms: null }));
    expect(codes(report)).toContain('DOCUMENT_CHANGED');
    expect(report.integrity).toBe('INVALID');
  });
});

describe('signing after an attack', () => {
  it('a broken signature is not sealed over', async () => {
    const attacked = setCatalog(signed, { OpenAction: dict({ S: name('JavaScript') }) });
    await expect(sealAsAgency(attacked)).rejects.toMatchObject({ code: 'SIGN_INVALID_EXISTING' });
    await expect(signAsPerson(attacked)).rejects.toMatchObject({ code: 'SIGN_INVALID_EXISTING' });
  });

  it('a signature with notes added is not sealed', async () => {
    await expect(sealAsAgency(addAnnotation(signed, 'Stamp'))).rejects.toMatchObject({
      code: 'SIGN_NOT_PERSON_SIGNED',
    });
  });

  it('an answer of another key never leaves', async () => {
    const key = credential('person2');
    const mixed = { chain: credential('person').chain, signData: (data: Uint8Array) => key.signData(data) };
    const request = {
      role: 'person',
      credential: mixed,
      signingTime: new Date(),
      appearance: { image: null },
    } as const;
    await expect(signPdf(letter(), request)).rejects.toMatchObject({ code: 'SIGN_KEY_MISMATCH' });
  });
});

function changeKids(bytes: Uint8Array, change: (kids: readonly PdfObject[]) => readonly PdfObject[]): Uint8Array {
  return revise(bytes, (update, document) => {
    const pages = document.catalog.entries.get('Pages');
    const tree = document.getDict(document.catalog, 'Pages');
    if (!tree || !isRef(pages)) throw new Error('no page tree');
    const kids = change(document.getArray(tree, 'Kids'));
    update.set(pages, withEntries(tree, { Kids: kids, Count: kids.length }));
  });
}
