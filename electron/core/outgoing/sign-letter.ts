import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import type { SignatureRole } from '#shared/domain/signature-role.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { signWith } from '../certificates/certificate-key.ts';
import type { CertificateRecord } from '../certificates/certificate-store.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers, Transact } from '../dispatch/handlers.ts';
import { load, stateAfter, type Target } from '../documents/document-record.ts';
import type { FaultPointName } from '../ports/system.ts';
import { noKeys, readLetter, requireDecided } from './last-look.ts';
import { stepTo } from './step-to.ts';
import { mainFile, withMainFile } from './main-file.ts';

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
 * Each is one incremental update; our own verifier must find every signature intact before it is kept.
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
    const unsigned = await ctx.files.read(mainFile(record).fileId);
    const signed = await ctx.pdf.sign(unsigned, {
      role: rule.role,
      chain: certificate.chain,
      sign: (data) => signWith(ctx, certificate, input.password, data),
      at: ctx.clock.now(),
      image: certificate.imageFileId === null ? null : await ctx.files.read(certificate.imageFileId),
      place: record.placement.signature,
    });
    const verification = ctx.pdf.verify(signed, ctx.clock.now());
    if (verification.integrity !== 'VALID') {
      throw new CodedError('SIGN_RESULT_INVALID', { verdict: verification.integrity });
    }
    const attachments = withMainFile(record, await ctx.files.write(signed));
    ctx.fault(rule.fault);
    const { subject, issuer, serial } = certificate;
    const named = { subject, issuer, serial };
    return transact((tx) => stepTo(tx, input, rule.step, rule.action, named, { attachments, verification }));
  };

  return {
    'outgoing.sign': (input, _caller, transact) => apply(bySigner, input, transact),
    'outgoing.seal': (input, _caller, transact) => apply(bySeal, input, transact),
  };
}

function findCertificate(ctx: CoreContext, id: string, role: SignatureRole): CertificateRecord {
  const certificate = ctx.registers.certificates.find(id);
  if (certificate === null || certificate.role !== role) throw new CodedError('NOT_FOUND', { id });
  return certificate;
}
