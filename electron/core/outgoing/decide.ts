import type { CallInput } from '#shared/contract/contract.ts';
import type { Difference, DecisionWay } from '#shared/domain/last-look.ts';
import { isSameDifference } from '#shared/domain/last-look.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { advance, asTarget, find, load } from '../documents/document-record.ts';
import { codeWith, targetsOf } from './draft.ts';
import { compare, lookAt, lookedAt, openWays, readLetter, type ChosenKeys } from './last-look.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

type LookCalls = Pick<CoreHandlers, 'outgoing.look' | 'outgoing.decide'>;
type OneDecision = CallInput<'outgoing.decide'>['decisions'][number];

/** The last look before what cannot be undone (number, signature, sending), and what is decided in it. */
export function lookCalls(ctx: CoreContext): LookCalls {
  return {
    'outgoing.look': async (input) => {
      const letter = await readLetter(ctx, find(ctx.registers.outgoing, input.id));
      return lookAt(ctx, letter, keysOf(ctx, input), input.take);
    },
    'outgoing.decide': async (input, caller, transact) => {
      const { page, record: read } = await readLetter(ctx, load(ctx.registers.outgoing, input));
      const keys = keysOf(ctx, input);
      return transact((tx) => {
        const record = load(tx.stores.outgoing, input);
        if (!lookedAt.includes(record.state)) {
          throw new CodedError('WRONG_STATE', { state: record.state, step: 'decide' });
        }
        const registers = tx.stores;
        const { differences } = compare(
          { registers, clock: ctx.clock },
          { record: { ...record, attachments: read.attachments }, page },
          keys,
          input.take,
        );
        const corrections: Partial<OutgoingRecord['fields']>[] = [];
        for (const one of input.decisions) {
          const difference = differences.find((each) => isSameDifference(each, one));
          if (difference === undefined) throw new CodedError('DIFFERENCE_GONE', { difference: one.kind });
          if (!openWays(record, difference).includes(one.way)) {
            throw new CodedError('WRONG_STATE', { state: record.state, step: one.way });
          }
          const agencies = takeUp(tx, record, difference, one);
          if (one.way === 'as-on-page') {
            corrections.push(asOnPage(difference));
            continue;
          }
          const { kind, subject, way, reason } = one;
          const decision = { kind, subject, way, reason, agencies, at: tx.at, personName: caller.name };
          tx.stores.decisions.put(record.id, decision, caller.personId);
        }
        if (corrections.length === 0) return asTarget(record);
        const fields = Object.assign({}, record.fields, ...corrections) as OutgoingRecord['fields'];
        const corrected = advance(outgoingMachine, record, 'correct', tx.at, {
          fields,
          codeText: codeWith(record, fields.notation),
        });
        tx.stores.outgoing.update(corrected);
        return asTarget(corrected);
      });
    },
  };
}

function keysOf(
  ctx: CoreContext,
  {
    personCertificateId,
    sealCertificateId,
  }: Pick<CallInput<'outgoing.look'>, 'personCertificateId' | 'sealCertificateId'>,
): ChosenKeys {
  const { certificates } = ctx.registers;
  return {
    person: personCertificateId == null ? null : certificates.find(personCertificateId),
    seal: sealCertificateId == null ? null : certificates.find(sealCertificateId),
  };
}

/** Does what a decision means and notes it in the history. Names of the agencies that a line is sent to. */
function takeUp(tx: Transaction, record: OutgoingRecord, difference: Difference, one: OneDecision): string {
  const { kind, page, other } = difference;
  const { way, reason } = one;
  switch (way) {
    case 'as-on-page':
      tx.record('outgoing', record.id, 'difference-corrected', { difference: kind, from: other, to: page });
      return '';
    case 'accepted':
      if (reason === '') throw new CodedError('DECISION_NEEDS_REASON');
      if (kind === 'attachment') {
        tx.record('outgoing', record.id, 'attachment-unsigned', { file: page, code: other, reason });
        return '';
      }
      tx.record('outgoing', record.id, 'difference-accepted', { difference: kind, page, other, reason });
      return '';
    case 'sent-to': {
      if (one.agencies.length === 0) throw new CodedError('NO_RECIPIENTS');
      const names = addRecipients(tx, record, one.agencies);
      noteLine(tx, record, page, way, names, reason);
      return names;
    }
    case 'on-paper':
    case 'not-sent':
      noteLine(tx, record, page, way, '', reason);
      return '';
  }
}

function noteLine(
  tx: Transaction,
  record: OutgoingRecord,
  line: string,
  way: DecisionWay,
  agencies: string,
  reason: string,
): void {
  tx.record('outgoing', record.id, 'line-decided', { line, way, agencies, reason });
}

function addRecipients({ stores }: Transaction, record: OutgoingRecord, codes: readonly string[]): string {
  const before = stores.outgoing.deliveries(record.id).map(({ agencyCode }) => agencyCode);
  stores.outgoing.setTargets(record.id, targetsOf(stores, [...before, ...codes]));
  return targetsOf(stores, codes)
    .map(({ agencyName }) => agencyName)
    .join(', ');
}

function asOnPage({ kind, page }: Difference): Partial<OutgoingRecord['fields']> {
  switch (kind) {
    case 'signer-field':
      return { signerName: page };
    case 'date':
      return { date: page };
    case 'notation':
      return { notation: page };
    default:
      return {};
  }
}
