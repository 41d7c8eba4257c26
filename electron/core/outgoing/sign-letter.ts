import type { CallName, Handlers } from '#shared/contract/contract.ts';
import { CodedError } from '../coded-error.ts';
import { commit, THIS_OFFICE, type CoreContext } from '../core-context.ts';
import type { FaultPointName } from '../ports/system.ts';
import type { CertificateRecord } from '../ports/stores.ts';
import { advanced, loadOutgoing, moved, stateAfter, type Target } from './outgoing-record.ts';

type SignCommands = Pick<Handlers<'core'>, 'outgoing.sign' | 'outgoing.seal'>;

interface Rule {
  readonly name: Extract<CallName, 'outgoing.sign' | 'outgoing.seal'>;
  readonly role: 'person' | 'seal';
  readonly step: 'sign' | 'seal';
  readonly action: string;
  readonly fault: FaultPointName;
}

/**
 * The person with authority signs first, then the records office seals what that person signed (NĐ 30/2020 Điều 32).
 * Each is one incremental update; our own verifier must find every signature intact before it is kept.
 */
export function signCommands(ctx: CoreContext): SignCommands {
  const apply = (rule: Rule, input: Target & { commandId: string; certificateId: string; password: string }) =>
    ctx.lock.run(input.id, async () => {
      const record = loadOutgoing(ctx.registers, input);
      stateAfter(record, rule.step);
      const certificate = findCertificate(ctx, input.certificateId, rule.role);
      const unsigned = await ctx.files.read(record.fileId);
      const signed = await ctx.pdf.sign(unsigned, {
        role: rule.role,
        chain: certificate.chain,
        sign: (data) => ctx.signer.sign(certificate.path, input.password, data),
        at: ctx.clock.now(),
        image: certificate.imageFileId === null ? null : await ctx.files.read(certificate.imageFileId),
        place: record.placement.signature,
      });
      const verification = ctx.pdf.verify(signed, ctx.clock.now());
      if (verification.integrity !== 'VALID')
        throw new CodedError('SIGN_RESULT_INVALID', { verdict: verification.integrity });
      const { fileId, size } = await ctx.files.write(signed);
      ctx.fault(rule.fault);
      const result = commit(ctx, rule.name, input.commandId, (stores) => {
        const next = advanced(ctx, loadOutgoing(stores, input), rule.step, { fileId, fileSize: size, verification });
        stores.outgoing.update(next);
        stores.history.add(next.id, {
          at: next.changedAt,
          actor: THIS_OFFICE,
          action: rule.action,
          params: { subject: certificate.subject },
        });
        return moved(next);
      });
      ctx.emit('outgoing.changed', { ids: [input.id] });
      ctx.emit('office.changed', {});
      return result;
    });

  return {
    'outgoing.sign': (input) =>
      apply(
        { name: 'outgoing.sign', role: 'person', step: 'sign', action: 'signed', fault: 'after-sign-before-commit' },
        input,
      ),
    'outgoing.seal': (input) =>
      apply(
        { name: 'outgoing.seal', role: 'seal', step: 'seal', action: 'sealed', fault: 'after-seal-before-commit' },
        input,
      ),
  };
}

function findCertificate(ctx: CoreContext, id: string, role: 'person' | 'seal'): CertificateRecord {
  const certificate = ctx.registers.certificates.find(id);
  if (certificate === null || certificate.role !== role) throw new CodedError('NOT_FOUND', { id });
  return certificate;
}
