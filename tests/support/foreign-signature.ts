import { execFileSync } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { children, der, readDer, TAG } from '#pdf/crypto/der.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { IncrementalUpdate } from '#pdf/syntax/incremental-update.ts';
import { dict, isDict, isRef, name, ref, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import { readPages } from '#pdf/syntax/page-tree.ts';
import { textString, writeObject } from '#pdf/syntax/write-object.ts';
import { testPki } from './signing-fixtures.ts';

/** Signatures, certificates and lists as other programs make them, with openssl's help. */

const ROOM = 12_000;
const RANGE = '[0 ********** ********** **********]';

export let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-foreign-'));
});
afterAll(() => {
  rmSync(dir, { recursive: true });
});

export interface ForeignFile {
  readonly type?: 'Sig' | 'DocTimeStamp';
  /** More entries of the signature dictionary, as PDF text. */
  readonly dictionary?: string;
  /** More entries of the new field, or entries to replace its usual ones. */
  readonly field?: Record<string, PdfObject>;
  /** Number of the empty field that is signed instead of a new one. */
  readonly into?: number;
  /** The signature dictionary stands in the field itself (ISO 32000-2, 12.7.5.5 allows both). */
  readonly direct?: boolean;
  /** More entries of the form. */
  readonly form?: Record<string, PdfObject>;
  /** The new field stands first in the form, as some programs list it. */
  readonly first?: boolean;
  /** What else the same update writes. */
  readonly also?: (update: IncrementalUpdate, document: PdfDocument, field: PdfRef) => void;
}

/** Signs the way other programs do: the CMS comes from `makeCms`, the dictionary from here. */
export function signForeign(
  input: Uint8Array,
  subFilter: string,
  makeCms: (content: string) => Buffer,
  {
    type = 'Sig',
    dictionary = '',
    field: entries = {},
    into,
    direct,
    form: formEntries = {},
    first,
    also,
  }: ForeignFile = {},
): Uint8Array {
  const document = openPdf(input);
  const update = new IncrementalUpdate(document);
  const signature = update.allocate();
  const zeros = '0'.repeat(ROOM * 2);
  const head = `/Type/${type}/Filter/Adobe.PPKLite/SubFilter/${subFilter}`;
  const body = Buffer.from(`<<${head}/ByteRange ${RANGE}/Contents<${zeros}>${dictionary}>>`);
  if (direct !== true) update.setRaw(signature, body);
  const [page] = readPages(document);
  const root = document.trailer.entries.get('Root');
  if (!page || !isRef(root)) throw new Error('no page');
  if (into === undefined) {
    const usual = { Type: name('Annot'), Subtype: name('Widget'), FT: name('Sig'), Rect: [0, 0, 0, 0] };
    const own = { T: textString(`Foreign${input.length}`), V: signature, P: page.reference };
    const whole = dict({ ...usual, ...own, ...entries });
    const field = direct === true ? signature : update.add(whole);
    const reference = `/V ${signature.num} 0 R`;
    if (direct === true)
      update.setRaw(field, Buffer.from(String(writeObject(whole)).replace(reference, `/V ${body.toString()}`)));
    update.set(page.reference, withEntries(page.dict, { Annots: [...document.getArray(page.dict, 'Annots'), field] }));
    const form = document.getDict(document.catalog, 'AcroForm');
    const old = form ? document.getArray(form, 'Fields') : [];
    const fields = first === true ? [field, ...old] : [...old, field];
    const changed = withEntries(form ?? dict({}), { Fields: fields, SigFlags: 3, ...formEntries });
    update.set(root, withEntries(document.catalog, { AcroForm: changed }));
    also?.(update, document, field);
  } else {
    const empty = document.resolve(ref(into));
    if (!isDict(empty)) throw new Error('no field');
    update.set(ref(into), withEntries(empty, { V: signature, ...entries }));
    also?.(update, document, ref(into));
  }
  const { bytes, offsets } = update.finish();
  const start = offsets.get(signature.num) ?? 0;
  const before = bytes.indexOf('/Contents<', start) + '/Contents'.length;
  const after = before + ROOM * 2 + 2;
  const range = `[0 ${before} ${after} ${bytes.length - after}]`.padEnd(RANGE.length);
  bytes.write(range, bytes.indexOf(RANGE, start), 'latin1');
  const content = join(dir, 'content');
  writeFileSync(content, Buffer.concat([bytes.subarray(0, before), bytes.subarray(after)]));
  bytes.write(makeCms(content).toString('hex'), before + 1, 'latin1');
  return new Uint8Array(bytes);
}

export function opensslCms(id: string, ...options: readonly string[]): (content: string) => Buffer {
  return (content) => {
    const at = (file: string): string => join(testPki().dir, file);
    const signer = ['-signer', at(`${id}.pem`), '-inkey', at(`${id}.key`), '-certfile', at('issuing.pem')];
    const out = join(dir, 'cms.der');
    const args = ['cms', '-sign', '-binary', '-in', content, '-outform', 'DER', '-out', out, ...signer, ...options];
    execFileSync('openssl', args);
    return readFileSync(out);
  };
}

/** A token over the digest of a file, from an authority under the test root. */
export function timestampToken(of: (content: string) => string, digest = 'sha256'): (content: string) => Buffer {
  return (content) => {
    const at = (file: string): string => join(testPki().dir, file);
    const tsa = (file: string): string => join(dir, file);
    writeFileSync(tsa('tsa.cnf'), tsaConfiguration);
    writeFileSync(tsa('serial'), '01\n');
    const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', tsa('tsa.key'), '-out', tsa('tsa.csr')];
    execFileSync('openssl', ['req', '-new', ...key, '-config', tsa('tsa.cnf'), '-subj', '/C=VN/CN=Test TSA'], {
      stdio: 'ignore',
    });
    const ca = ['-CA', at('issuing.pem'), '-CAkey', at('issuing.key'), '-set_serial', '4711', '-days', '30'];
    const extensions = ['-extfile', tsa('tsa.cnf'), '-extensions', 'tsa_cert'];
    execFileSync('openssl', ['x509', '-req', '-in', tsa('tsa.csr'), ...ca, ...extensions, '-out', tsa('tsa.pem')], {
      stdio: 'ignore',
    });
    execFileSync('openssl', [
      'ts',
      '-query',
      '-data',
      of(content),
      `-${digest}`,
      '-cert',
      '-no_nonce',
      '-out',
      tsa('query'),
    ]);
    const reply = [
      'ts',
      '-reply',
      '-queryfile',
      tsa('query'),
      '-config',
      tsa('tsa.cnf'),
      '-section',
      'tsa',
      '-token_out',
    ];
    execFileSync('openssl', [...reply, '-out', tsa('token')], { cwd: dir, stdio: 'ignore' });
    return readFileSync(tsa('token'));
  };
}

/**
 * Signs a certificate or revocation list anew after changing its inner fields.
 * @param change gets the fields of the signed part, as DER
 * @param algorithm DER of the algorithm identifier, to replace the one inside and outside
 */
export function resign(
  bytes: Uint8Array,
  change: (fields: Uint8Array[]) => Uint8Array[],
  { key, digest = 'sha256', algorithm }: { key: string; digest?: string; algorithm?: Uint8Array },
): Uint8Array {
  const [inner, outer] = children(readDer(bytes));
  if (!inner || !outer) throw new Error('not signed');
  const tbs = der(TAG.sequence, ...change(children(inner).map((field) => field.whole)));
  const value = sign(digest, tbs, readFileSync(join(testPki().dir, key)));
  return der(TAG.sequence, tbs, algorithm ?? outer.whole, der(0x03, Uint8Array.of(0), value));
}

const tsaConfiguration = `
[req]
distinguished_name = names
[names]
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, md5
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;
