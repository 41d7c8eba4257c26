import { readCertificate } from '../crypto/certificate.ts';
import type { Certificate } from '../crypto/certificate.ts';
import { readRevocationList } from '../crypto/crl.ts';
import type { RevocationList } from '../crypto/crl.ts';
import { ifReadable } from '../crypto/der.ts';
import { readOcspAnswer } from '../crypto/ocsp.ts';
import type { OcspAnswer } from '../crypto/ocsp.ts';
import { decodeStream } from '../syntax/decode-stream.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isStream } from '../syntax/objects.ts';

/** Certificates, lists and answers of the document security store (ISO 32000-2, 12.8.4.3); unreadable ones are left out. */
export interface SecurityStore {
  readonly certificates: readonly Certificate[];
  readonly lists: readonly RevocationList[];
  readonly answers: readonly OcspAnswer[];
}

/** Of each kind: every one may cost a check of a signature. */
const MAX_STORED = 1_000;

export const storeKinds = ['Certs', 'CRLs', 'OCSPs'] as const;
export type StoreKind = (typeof storeKinds)[number];

export function readSecurityStore(document: PdfDocument): SecurityStore {
  return {
    certificates: storedBytes(document, 'Certs').flatMap((der) => ifReadable(readCertificate, der)),
    lists: storedBytes(document, 'CRLs').flatMap((der) => ifReadable(readRevocationList, der)),
    answers: storedBytes(document, 'OCSPs').flatMap((der) => ifReadable(readOcspAnswer, der)),
  };
}

/** What the store keeps of one kind, as stored; entries that are no streams are left out. */
export function storedBytes(document: PdfDocument, kind: StoreKind): Uint8Array[] {
  const store = document.getDict(document.catalog, 'DSS');
  return (store ? document.getArray(store, kind) : [])
    .slice(0, MAX_STORED)
    .map((item) => document.resolve(item))
    .filter(isStream)
    .map((stream) => decodeStream(stream, document.budget, (item) => document.resolve(item)));
}
