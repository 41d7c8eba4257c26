import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { signWith } from '../certificates/certificate-key.ts';
import type { CertificateRecord } from '../certificates/certificate-store.ts';
import type { CoreContext } from '../core-context.ts';
import type { AttachmentRecord } from '../documents/document-record.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/**
 * The letter's files with the agency's signature on each PDF that goes with it and can be signed: without image, with the
 * number and notation of the letter and the time (NĐ 30/2020 Phụ lục I, III.1d). One that has a signature by this
 * certificate stays as it is. The new files are stored, no row names them yet.
 * @throws CodedError SIGN_RESULT_INVALID, those of signing
 */
export async function sealAttachments(
  ctx: CoreContext,
  { attachments, codeText }: Pick<OutgoingRecord, 'attachments' | 'codeText'>,
  certificate: CertificateRecord,
  password: string,
  at: Date,
): Promise<readonly AttachmentRecord[]> {
  const cornerText = `${codeText}; ${vietnamTimestamp(at.getTime())}`;
  const done: AttachmentRecord[] = [];
  // One after the other: each may be large, and the key is asked for each.
  for (const attachment of attachments) {
    const { signing } = attachment;
    const bytes = signing?.obstacle === null ? await ctx.files.read(attachment.fileId) : null;
    if (signing === undefined || bytes === null || isSignedBy(ctx, bytes, certificate, at)) {
      done.push(attachment);
      continue;
    }
    const signed = await ctx.pdf.sign(bytes, {
      role: 'attachment',
      chain: certificate.chain,
      sign: (data) => signWith(ctx, certificate, password, data),
      at,
      image: null,
      place: null,
      cornerText,
    });
    const { integrity } = ctx.pdf.verify(signed, at);
    if (integrity !== 'VALID') throw new CodedError('SIGN_RESULT_INVALID', { verdict: integrity });
    const { fileId, size } = attachment;
    done.push({
      ...attachment,
      ...(await ctx.files.write(signed)),
      signing: { ...signing, unsigned: { fileId, size } },
    });
    ctx.fault('after-attachment-seal-before-commit');
  }
  return done;
}

function isSignedBy(
  { pdf }: Pick<CoreContext, 'pdf'>,
  bytes: Uint8Array,
  { issuer, serial }: CertificateRecord,
  at: Date,
): boolean {
  return pdf
    .verify(bytes, at)
    .signatures.some((one) => one.integrity === 'VALID' && one.serial === serial && one.issuer === issuer);
}

/** As it was before the agency signed it. */
export function withoutSeal(attachment: AttachmentRecord): AttachmentRecord {
  const { signing } = attachment;
  if (signing === undefined || signing.unsigned === null) return attachment;
  return { ...attachment, ...signing.unsigned, signing: { ...signing, unsigned: null } };
}
