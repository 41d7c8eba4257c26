import { createHash, randomUUID } from 'node:crypto';
import { makeExchangeKey, openExchangeKey } from '#exchange/rules/exchange-key.ts';
import { makeReceipt } from '#exchange/rules/receipt.ts';
import type { FetchLike } from '#network/send-request.ts';
import type { Receipt } from '#core/ports/exchange.ts';
import { readContentDigest } from '#shared/wire/messages.ts';
import { readUploadMetadata } from '#shared/wire/uploads.ts';

/** What happens to a request: all well, it never arrives, its answer is lost, silence, a busy proxy, a lost upload. */
export const lineFaults = ['none', 'cut-before', 'cut-after', 'silence', 'busy', 'upload-lost'] as const;
export type LineFault = (typeof lineFaults)[number];

/** Who signs the receipts. */
export const uploadExchangeIdentity = {
  exchangeId: randomUUID(),
  key: await openExchangeKey(await makeExchangeKey()),
};

export interface UploadExchange {
  readonly fetch: FetchLike;
  /** Bytes of messages that were accepted, in order; a repeated commit adds none. */
  readonly accepted: { readonly id: string; readonly bytes: Buffer }[];
  /** Method of each request, and the length of its body. */
  readonly requests: { readonly method: string; readonly bytes: number }[];
  uploads(): ReadonlyMap<string, Buffer>;
}

/**
 * The uploading half of an exchange in memory, behind a line.
 * @param fault what happens to the next request
 * @param onSilence called when a request hangs, to let time pass
 */
export function createUploadExchange(
  fault: (request: { readonly method: string; readonly body: Buffer }) => LineFault,
  onSilence: () => void = () => undefined,
): UploadExchange {
  const uploads = new Map<string, Buffer>();
  const accepted: { id: string; bytes: Buffer }[] = [];
  const receipts = new Map<string, Receipt>();
  const requests: { method: string; bytes: number }[] = [];
  const hashOf = (bytes: Uint8Array, form: 'hex' | 'base64') => createHash('sha256').update(bytes).digest(form);
  const error = (status: number, code: string) =>
    new Response(JSON.stringify({ code, message: '', params: {} }), { status });
  const receiptOf = async (id: string, bytes: Buffer): Promise<Response> => {
    const sha256 = hashOf(bytes, 'hex');
    const known = receipts.get(id);
    if (!known) accepted.push({ id, bytes });
    const message = { id, senderCode: 'A', epoch: randomUUID(), sha256, organIds: ['B'] };
    const receipt = known ?? (await makeReceipt(uploadExchangeIdentity, message, new Date(), new Map([['B', 1]])));
    receipts.set(id, receipt);
    return new Response(JSON.stringify(receipt), { status: 201 });
  };

  const answer = async (method: string, path: string, headers: Headers, body: Buffer): Promise<Response> => {
    const [, , subject = '', name = '', action] = path.split('/');
    if (subject === 'messages' && action === undefined) return receiptOf(name, body);
    if (subject === 'messages') {
      const known = receipts.get(name);
      if (known) return new Response(JSON.stringify(known));
      const { sha256, size } = JSON.parse(body.toString()) as { sha256: string; size: number };
      const upload = uploads.get(`${sha256}-${size}`);
      if (!upload) return error(404, 'NOT_FOUND');
      if (upload.length < size) return error(409, 'UPLOAD_INCOMPLETE');
      uploads.delete(`${sha256}-${size}`);
      return hashOf(upload, 'hex') === sha256 ? receiptOf(name, upload) : error(422, 'DIGEST_MISMATCH');
    }
    if (method === 'POST') {
      const id = `${readUploadMetadata(headers.get('upload-metadata') ?? '')}-${headers.get('upload-length')}`;
      const upload = uploads.get(id) ?? Buffer.alloc(0);
      uploads.set(id, upload);
      return progress(201, upload.length, { location: `https://elsewhere.invalid/v1/uploads/${id}` });
    }
    const upload = uploads.get(name);
    if (!upload) return error(404, 'NOT_FOUND');
    if (Number(headers.get('upload-offset')) !== upload.length) return error(409, 'UPLOAD_OFFSET_MISMATCH');
    if (hashOf(body, 'base64') !== readContentDigest(headers.get('content-digest') ?? '')) {
      return error(422, 'DIGEST_MISMATCH');
    }
    uploads.set(name, Buffer.concat([upload, body]));
    return progress(204, upload.length + body.length, {});
  };

  return {
    accepted,
    requests,
    uploads: () => uploads,
    fetch: async (url, { method = 'GET', headers, body, signal }) => {
      const sent = bodyOf(body);
      requests.push({ method, bytes: sent.length });
      const happens = fault({ method, body: sent });
      if (happens === 'cut-before') throw new TypeError('fetch failed');
      if (happens === 'busy') return new Response('busy', { status: 503 });
      if (happens === 'silence') {
        const ended = new Promise<never>((_resolve, reject) =>
          signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')), { once: true }),
        );
        onSilence();
        return ended;
      }
      if (happens === 'upload-lost') uploads.clear();
      const response = await answer(method, new URL(url).pathname, new Headers(headers), sent);
      if (happens === 'cut-after') throw new TypeError('fetch failed');
      return response;
    },
  };
}

function progress(status: number, offset: number, more: Readonly<Record<string, string>>): Response {
  const headers = { 'upload-offset': String(offset), 'upload-expires': new Date(0).toUTCString(), ...more };
  return new Response(null, { status, headers });
}

function bodyOf(body: BodyInit | null | undefined): Buffer {
  if (typeof body === 'string') return Buffer.from(body);
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
}
