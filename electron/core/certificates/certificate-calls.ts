import type { Certificate } from '#shared/contract/certificates.ts';
import { chooseHolder } from '#shared/domain/key-holder.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import { tryKey } from './certificate-key.ts';
import type { CertificateRecord } from './certificate-store.ts';

type CertificateCalls = Pick<
  CoreHandlers,
  'certificates.list' | 'certificates.add' | 'certificates.checkPassword' | 'certificates.remove'
>;

/** A signature or seal image larger than this is a photograph of something else. */
const MAX_IMAGE_BYTES = 2 * 1024 * 1024;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];

/** The keys that this office signs with: where each PKCS#12 file is and whose it is, never the key or its password. */
export function certificateCalls(ctx: CoreContext): CertificateCalls {
  return {
    'certificates.list': () => ({ certificates: ctx.registers.certificates.list().map(visible) }),
    'certificates.add': async (input, _caller, transact) => {
      const file = await ctx.shell.resolveToken(input.token);
      if (file === null) throw new CodedError('FILE_TOKEN_EXPIRED');
      const holders = plainTexts(await ctx.signer.inspect({ kind: 'file', path: file.path }, input.password, null));
      const identity = chooseHolder(holders, input.role);
      if (identity === null) {
        throw new CodedError('P12_SEVERAL_HOLDERS', { names: holders.map(({ subject }) => subject).join(', ') });
      }
      const imageFileId = input.imageToken === null ? null : await importImage(ctx, input.imageToken);
      const record: CertificateRecord = {
        ...identity,
        id: ctx.ids.next(),
        role: input.role,
        path: file.path,
        fileName: file.name,
        imageFileId,
      };
      return transact(({ stores }) => {
        stores.certificates.insert(record);
        return visible(record);
      });
    },
    'certificates.checkPassword': async (input, _caller, transact) => {
      const certificate = find(ctx.registers.certificates, input.id);
      // What the password cannot help is said before it is tried: a token locks itself after a few.
      ctx.pdf.checkSigner(certificate.chain, ctx.clock.now());
      await tryKey(ctx, certificate, input.password);
      return transact(() => ({ id: certificate.id }));
    },
    'certificates.remove': (input, _caller, transact) =>
      transact(({ stores }) => {
        if (!stores.certificates.remove(input.id)) throw new CodedError('NOT_FOUND', { id: input.id });
        return { id: input.id };
      }),
  };
}

async function importImage(ctx: CoreContext, token: string): Promise<string> {
  const file = await ctx.shell.resolveToken(token);
  if (file === null) throw new CodedError('FILE_TOKEN_EXPIRED');
  if (file.size > MAX_IMAGE_BYTES) throw new CodedError('IMAGE_NOT_PNG', { file: file.name });
  const { fileId } = await ctx.files.importFile(file.path, MAX_IMAGE_BYTES);
  const bytes = await ctx.files.read(fileId);
  try {
    if (!PNG_SIGNATURE.every((byte, at) => bytes[at] === byte))
      throw new CodedError('IMAGE_NOT_PNG', { file: file.name });
    // What cannot be drawn would be found when the letter has its number.
    ctx.pdf.checkImage(bytes);
  } catch (error) {
    if (!ctx.registers.files.isReferenced(fileId)) await ctx.files.discard(fileId);
    throw error;
  }
  return fileId;
}

function visible(record: CertificateRecord): Certificate {
  const { id, role, subject, organisation, issuer, serial, notBefore, notAfter, fileName, imageFileId } = record;
  return {
    id,
    role,
    subject,
    organisation,
    issuer,
    serial,
    notBefore,
    notAfter,
    fileName,
    hasImage: imageFileId !== null,
  };
}
