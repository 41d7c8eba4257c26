import { PdfError } from '../pdf-error.ts';
import { Budget } from '../syntax/budget.ts';
import { openPdf } from '../syntax/document.ts';
import { IncrementalUpdate, plainBytes } from '../syntax/incremental-update.ts';
import { pageAt, readPages } from '../syntax/page-tree.ts';
import { addSignatureField } from './add-field.ts';
import { readPageView } from './geometry.ts';
import { openSignature, timestampDictionary } from './signature-object.ts';
import { uniqueFieldName } from './unique-field-name.ts';

export interface OpenTimestamp {
  readonly fieldName: string;
  /** What the token is to be over. */
  readonly parts: readonly Uint8Array[];
  /** The whole file with the token in its place. @throws PdfError TSA_ANSWER_BROKEN when it is longer than its room */
  close(token: Uint8Array): Uint8Array;
}

/**
 * A document time stamp without picture as one incremental update (ETSI EN 319 142-1, 5.4.3), waiting for its token.
 * @param room for the token, in octets
 * @param password opens an encrypted file
 */
export function openDocumentTimestamp(bytes: Uint8Array, room: number, password?: string): OpenTimestamp {
  const document = openPdf(bytes, new Budget(), password);
  const update = new IncrementalUpdate(document);
  const signature = update.allocate();
  update.setRaw(signature, timestampDictionary(room));
  const page = pageAt(readPages(document), 1);
  const fieldName = uniqueFieldName(document, 'DauThoiGian');
  const nothing = { rect: [0, 0, 0, 0], appearance: undefined, settlesForm: false } as const;
  addSignatureField(document, update, page, { ...nothing, fieldName, signature, view: readPageView(document, page) });
  const finished = update.finish();
  const open = openSignature(finished.bytes, finished.offsets.get(signature.num) ?? 0, room);
  return {
    fieldName,
    parts: open.parts,
    close: (token) => {
      if (token.length > room) throw new PdfError('TSA_ANSWER_BROKEN', { hint: 'longer than its room' });
      open.close(token);
      return plainBytes(finished.bytes);
    },
  };
}
