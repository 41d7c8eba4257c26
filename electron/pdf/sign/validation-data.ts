import { sameBytes } from '../crypto/der.ts';
import { Budget } from '../syntax/budget.ts';
import { openPdf } from '../syntax/document.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { IncrementalUpdate, plainBytes } from '../syntax/incremental-update.ts';
import { dict, isDict, isRef, name, withEntries } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { broken } from '../pdf-error.ts';
import { storedBytes, storeKinds } from '../verify/security-store.ts';
import type { StoreKind } from '../verify/security-store.ts';

/** DER of what proves certificates good. */
export interface ValidationData {
  readonly certificates: readonly Uint8Array[];
  readonly lists: readonly Uint8Array[];
  readonly answers: readonly Uint8Array[];
}

/** Where the extensions of ETSI begin, and what says that they are used (ETSI EN 319 142-1, 5.6). */
const BASE_VERSION = '1.7';
const EXTENSION_LEVEL = 1;

/**
 * Adds validation data to the document security store as one incremental update (ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1,
 * 5.4.2): what is kept already stays, nothing is kept twice. The catalog says that it uses the extension, unless the file is
 * of PDF 2.0, where the store is part of the language.
 * @param password opens an encrypted file
 */
export function addValidationData(bytes: Uint8Array, data: readonly ValidationData[], password?: string): Uint8Array {
  const document = openPdf(bytes, new Budget(), password);
  const update = new IncrementalUpdate(document);
  const root = document.trailer.entries.get('Root');
  if (!isRef(root)) throw broken('catalog');
  const fresh: Readonly<Record<StoreKind, readonly Uint8Array[]>> = {
    Certs: data.flatMap(({ certificates }) => certificates),
    CRLs: data.flatMap(({ lists }) => lists),
    OCSPs: data.flatMap(({ answers }) => answers),
  };
  const stored = document.catalog.entries.get('DSS');
  const store = document.resolve(stored);
  const kept = isDict(store) ? store : dict({ Type: name('DSS') });
  const added = storeKinds.flatMap((kind): [string, PdfObject][] => {
    const streams = addStreams(update, storedBytes(document, kind), fresh[kind]);
    return streams.length === 0 ? [] : [[kind, [...document.getArray(kept, kind), ...streams]]];
  });
  const changed = withEntries(kept, Object.fromEntries(added));
  const inPlace = isRef(stored) && isDict(store);
  if (inPlace) update.set(stored, changed);
  const extended = sayExtension(document);
  if (!inPlace || extended !== document.catalog) {
    update.set(root, inPlace ? extended : withEntries(extended, { DSS: update.add(changed) }));
  }
  return plainBytes(update.finish().bytes);
}

function addStreams(update: IncrementalUpdate, kept: readonly Uint8Array[], fresh: readonly Uint8Array[]): PdfRef[] {
  const known = [...kept];
  return fresh.flatMap((der) => {
    if (known.some((one) => sameBytes(one, der))) return [];
    known.push(der);
    return update.add({ kind: 'stream', dict: dict({}), raw: der });
  });
}

/** The catalog with /Extensions, and with the version that they extend where the file calls itself older (ISO 32000-2, 7.12). */
function sayExtension(document: PdfDocument): PdfDict {
  const { catalog, version } = document;
  const extensions = document.getDict(catalog, 'Extensions');
  if (version >= '2.0' || extensions?.entries.has('ESIC') === true) return catalog;
  const esic = dict({ BaseVersion: name(BASE_VERSION), ExtensionLevel: EXTENSION_LEVEL });
  return withEntries(catalog, {
    Extensions: withEntries(extensions ?? dict({}), { ESIC: esic }),
    ...(version < BASE_VERSION ? { Version: name(BASE_VERSION) } : {}),
  });
}
