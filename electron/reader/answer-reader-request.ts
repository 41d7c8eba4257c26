import type { SignableAs } from '#core/ports/foreign-reader.ts';
import { proposeFields } from '#core/reading/propose-fields.ts';
import type { SpoolingStore } from '#files/content-store.ts';
import { extractRevision } from '#pdf/extract-revision.ts';
import { makeSignable } from '#pdf/make-signable.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { type TrustStore, verifyPdf } from '#pdf/verify-pdf.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { readMailFile } from './read-mail-file.ts';
import { readEnvelopeFile, readMessageFile } from './read-message-file.ts';
import type { ReaderReply, ReaderRequest, ReaderValues } from './reader-protocol.ts';

export interface ReaderSources {
  readonly store: SpoolingStore;
  /** Asked anew at each check. */
  readonly trust: () => TrustStore;
}

/** Answers one request of core; never rejects. */
export async function answerReaderRequest(sources: ReaderSources, request: ReaderRequest): Promise<ReaderReply> {
  const { id } = request;
  try {
    return { id, ok: true, value: await answer(sources, request) };
  } catch (error) {
    if (isCodedError(error)) return { id, ok: false, code: error.code, params: error.params, detail: '' };
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, ok: false, code: null, params: {}, detail };
  }
}

async function answer(
  { store, trust }: ReaderSources,
  request: ReaderRequest,
): Promise<ReaderValues[ReaderRequest['what']]> {
  switch (request.what) {
    case 'message':
      return readMessageFile(store, request.fileId);
    case 'envelope':
      return readEnvelopeFile(store, request.fileId);
    case 'mail':
      return readMailFile(store, request.fileId);
    case 'verify':
      return verifyPdf(await store.read(request.fileId), { trust: trust(), now: new Date(request.at) });
    case 'page':
      return proposeFields(await readPdfText(await store.read(request.fileId)));
    case 'signable':
      return signable(store, request.fileId, request.as);
    case 'revision':
      return store.write(extractRevision(await store.read(request.fileId), request.index));
  }
}

async function signable(store: SpoolingStore, fileId: string, as: SignableAs): Promise<ReaderValues['signable']> {
  const { pageCount, mended } = await makeSignable(await store.read(fileId), as);
  return { pageCount, mended: mended && { ...(await store.write(mended.bytes)), mends: mended.mends } };
}
