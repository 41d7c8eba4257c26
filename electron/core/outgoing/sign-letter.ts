import { copyTypeOf } from '#shared/domain/document-types.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import type { SignatureRole } from '#shared/domain/signature-role.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { signWith } from '../certificates/certificate-key.ts';
import type { CertificateRecord } from '../certificates/certificate-store.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers, Transact } from '../dispatch/handlers.ts';
import { load, stateAfter, type AttachmentRecord, type Target } from '../documents/document-record.ts';
import type { FaultPointName } from '../ports/system.ts';
import { noKeys, readLetter, requireDecided } from './last-look.ts';
import { stepTo } from './step-to.ts';
import type { OutgoingRecord } from './outgoing-store.ts';
import { mainFile, withMainFile } from './main-file.ts';
import { sealAttachments } from './seal-attachments.ts';

type SignCommands = Pick<CoreHandlers, 'outgoing.sign' | 'outgoing.seal'>;

interface Rule {
  readonly role: SignatureRole;
  readonly step: 'sign' | 'seal';
  readonly action: 'signed' | 'sealed';
  readonly fault: FaultPointName;
}

const bySigner: Rule = { role: 'person', step: 'sign', action: 'signed', fault: 'after-sign-before-commit' };
const bySeal: Rule = { role: 'seal', step: 'seal', action: 'sealed', fault: 'after-seal-before-commit' };

/**
 * The person with authority signs first, then the records office seals what that person signed (NĐ 30/2020 Điều 32).
 * Each is one incremental update; our own verifier must find every signature intact before it is kept. What goes with the
 * letter is signed by the agency together with the seal.
 */
export function signCommands(ctx: CoreContext): SignCommands {
  const apply = async (
    rule: Rule,
    input: Target & { certificateId: string; password: string },
    transact: Transact<'outgoing.sign' | 'outgoing.seal'>,
  ) => {
    const record = load(ctx.registers.outgoing, input);
    stateAfter(outgoingMachine, record, rule.step);
    const certificate = findCertificate(ctx, input.certificateId, rule.role);
    const letter = await readLetter(ctx, record);
    requireDecided(
      ctx,
      letter,
      rule.step === 'sign' ? { ...noKeys, person: certificate } : { ...noKeys, seal: certificate },
    );
    const at = ctx.clock.now();
    const unsigned = await ctx.files.read(mainFile(record).fileId);
    const signed = await ctx.pdf.sign(unsigned, {
      role: rule.role,
      chain: certificate.chain,
      sign: (data) => signWith(ctx, certificate, input.password, data),
      at,
      image: certificate.imageFileId === null ? null : await ctx.files.read(certificate.imageFileId),
      place: record.placement.signature,
      ...(rule.role === 'seal' ? sealInWords(record, at) : {}),
    });
    const verification = ctx.pdf.verify(signed, at);
    if (verification.integrity !== 'VALID') {
      throw new CodedError('SIGN_RESULT_INVALID', { verdict: verification.integrity });
    }
    const files =
      rule.role === 'seal'
        ? await sealAttachments(ctx, letter.record, certificate, input.password, at)
        : letter.record.attachments;
    const attachments = withMainFile({ attachments: files }, await ctx.files.write(signed));
    ctx.fault(rule.fault);
    const { subject, issuer, serial } = certificate;
    const named = { subject, issuer, serial };
    const changes = { attachments, verification };
    return transact((tx) =>
      rule.action === 'signed'
        ? stepTo(tx, input, rule.step, rule.action, named, changes)
        : stepTo(tx, input, rule.step, rule.action, { ...named, attachments: countSigned(attachments) }, changes),
    );
  };

  return {
    'outgoing.sign': (input, _caller, transact) => apply(bySigner, input, transact),
    'outgoing.seal': (input, _caller, transact) => apply(bySeal, input, transact),
  };
}

/** The seal of a copy is not shown as an image: kind of copy, agency and time stand there (NĐ 30/2020 Phụ lục I, phần II.I). */
function sealInWords({ fields }: OutgoingRecord, at: Date): { readonly cornerText?: string } {
  const copy = copyTypeOf(fields.documentType);
  if (copy === null) return {};
  return {
    cornerText: `${copy.name.toLocaleUpperCase('vi')}; ${fields.agencyName}; ${vietnamTimestamp(at.getTime())}`,
  };
}

const countSigned = (attachments: readonly AttachmentRecord[]): number =>
  attachments.filter(({ signing }) => signing?.unsigned != null).length;

function findCertificate(ctx: CoreContext, id: string, role: SignatureRole): CertificateRecord {
  const certificate = ctx.registers.certificates.find(id);
  if (certificate === null || certificate.role !== role) throw new CodedError('NOT_FOUND', { id });
  return certificate;
}
