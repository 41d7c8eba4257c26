import type { FastifyInstance } from 'fastify';
import { readContentDigest } from '#shared/wire/messages.ts';
import { addressOf } from '#shared/wire/route.ts';
import * as wire from '#shared/wire/uploads.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { expiryOf, type UnfinishedUpload } from '../rules/upload-limits.ts';
import { ChunkReceiver } from '../use-cases/append-to-upload.ts';
import { commitUpload } from '../use-cases/commit-upload.ts';
import { findUpload, openUpload } from '../use-cases/open-upload.ts';
import type { ExchangeServices } from './exchange-services.ts';
import { serveRoute } from './serve-route.ts';

/** Seconds after which an agency with too many unfinished uploads may ask again. */
const LIMIT_RETRY_AFTER = 60;
const PRECONDITION_FAILED = 412;

export async function uploadRoutes(app: FastifyInstance, services: ExchangeServices): Promise<void> {
  const { uploads, notifier } = services;
  const chunks = new ChunkReceiver(uploads);

  app.addContentTypeParser(wire.UPLOAD_CONTENT_TYPE, (_request, payload, done) => done(null, payload));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'tus-resumable': wire.TUS_VERSION, 'cache-control': 'no-store' });
    const version = request.headers['tus-resumable'];
    if (version === undefined || version === wire.TUS_VERSION) return;
    reply.header('tus-version', wire.TUS_VERSION);
    throw Object.assign(new Error('another version of tus'), { statusCode: PRECONDITION_FAILED });
  });

  serveRoute(app, wire.createUpload, async ({ headers, caller: { agencyCode }, reply }) => {
    const sha256 = wire.readUploadMetadata(headers['upload-metadata']);
    if (sha256 === undefined) throw new ExchangeError('REQUEST_INVALID', { field: 'upload-metadata' });
    const content = { sha256, size: headers['upload-length'] };
    try {
      const { upload, isNew } = await openUpload(uploads, { agencyCode, ...content }, new Date());
      reply.code(isNew ? 201 : 200);
      const location = addressOf(wire.findUpload, { params: { id: wire.uploadId(content) } });
      return { location, ...progressOf(upload) };
    } catch (error) {
      if (error instanceof ExchangeError && error.code === 'UPLOAD_LIMIT')
        reply.header('retry-after', LIMIT_RETRY_AFTER);
      throw error;
    }
  });

  serveRoute(app, wire.findUpload, async ({ params: { id }, caller: { agencyCode } }) => {
    const upload = await findUpload(uploads, keyOf(agencyCode, id), new Date());
    return { ...progressOf(upload), 'upload-length': upload.size };
  });

  serveRoute(app, wire.appendToUpload, async ({ params: { id }, headers, body, caller: { agencyCode }, reply }) => {
    const digest = readContentDigest(headers['content-digest']);
    if (digest === undefined) throw new ExchangeError('REQUEST_INVALID', { field: 'content-digest' });
    const chunk = { offset: headers['upload-offset'], digest, body };
    const upload = await chunks.append(keyOf(agencyCode, id), chunk, new Date());
    reply.code(204);
    return progressOf(upload);
  });

  serveRoute(app, wire.deleteUpload, async ({ params: { id }, caller: { agencyCode }, reply }) => {
    const key = keyOf(agencyCode, id);
    await findUpload(uploads, key, new Date());
    await uploads.inTurn(key, () => uploads.remove(key));
    reply.code(204);
    return {};
  });

  serveRoute(app, wire.commitUpload, async ({ params: { id }, body, caller: { agencyCode }, reply }) => {
    const { receipt, isNew, delivered } = await commitUpload(services, id, { agencyCode, ...body });
    notifier.delivered(delivered);
    reply.code(isNew ? 201 : 200);
    return receipt;
  });
}

function keyOf(agencyCode: string, id: string): { agencyCode: string } & wire.UploadContent {
  const content = wire.readUploadId(id);
  if (content === null) throw new ExchangeError('NOT_FOUND');
  return { agencyCode, ...content };
}

function progressOf({ offset, touchedAt }: UnfinishedUpload): { 'upload-offset': number; 'upload-expires': string } {
  return { 'upload-offset': offset, 'upload-expires': expiryOf(touchedAt).toUTCString() };
}
