import { MAX_MESSAGE_BYTES } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { isExpired, type UnfinishedUpload, uploadsThatGiveWay } from '../rules/upload-limits.ts';
import type { UploadFiles, UploadKey } from '../storage/upload-files.ts';

/**
 * Begins an agency's upload of a content, or finds the one begun before with all that it has.
 * @throws ExchangeError MESSAGE_TOO_LARGE, UPLOAD_LIMIT
 */
export async function openUpload(
  uploads: UploadFiles,
  key: UploadKey,
  now: Date,
): Promise<{ readonly upload: UnfinishedUpload; readonly isNew: boolean }> {
  if (key.size > MAX_MESSAGE_BYTES) throw new ExchangeError('MESSAGE_TOO_LARGE', { limit: MAX_MESSAGE_BYTES });
  const { agencyCode } = key;
  return uploads.inTurn({ agencyCode }, async () => {
    const known = await uploads.find(key);
    if (known && !isExpired(known, now.getTime())) return { upload: known, isNew: false };
    if (known) await uploads.remove(key);
    const leaving = uploadsThatGiveWay(await uploads.list(agencyCode), key.size, now.getTime());
    for (const { sha256, size } of leaving) await uploads.remove({ agencyCode, sha256, size });
    await uploads.begin(key);
    return { upload: await findUpload(uploads, key, now), isNew: true };
  });
}

/** @throws ExchangeError NOT_FOUND when the agency has no such upload, or no longer */
export async function findUpload(uploads: UploadFiles, key: UploadKey, now: Date): Promise<UnfinishedUpload> {
  const upload = await uploads.find(key);
  if (!upload || isExpired(upload, now.getTime())) throw new ExchangeError('NOT_FOUND');
  return upload;
}

/** Removes what nobody went on with. */
export async function removeExpiredUploads(uploads: UploadFiles, now: Date): Promise<void> {
  for (const agencyCode of await uploads.agencies()) {
    for (const upload of await uploads.list(agencyCode)) {
      if (isExpired(upload, now.getTime()))
        await uploads.remove({ agencyCode, sha256: upload.sha256, size: upload.size });
    }
  }
}
