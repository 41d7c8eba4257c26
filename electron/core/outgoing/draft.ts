import type { DeliveryTarget } from '#shared/domain/delivery.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { formatDocumentCode } from '#shared/domain/notation.ts';
import type { OtherTarget } from '#shared/domain/other-recipient.ts';
import { plainText } from '#shared/domain/plain-text.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { tidyFields } from '#shared/domain/tidy-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { bookOf } from '../books/numbering.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { advance, asTarget, find, load, stateAfter } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import { keepReferences } from '../relations/keep-references.ts';
import type { OutgoingRecord } from './outgoing-store.ts';
import { fieldsToIssue, withDeadline } from './issue-hours.ts';
import { appendicesOf, originalMain, takeAttachments, takeLetter, withAppendices, withLetter } from './draft-files.ts';
import { mainFile } from './main-file.ts';
import { withoutSeal } from './seal-attachments.ts';
import { stepTo } from './step-to.ts';

type DraftCommands = Pick<
  CoreHandlers,
  | 'outgoing.create'
  | 'outgoing.update'
  | 'outgoing.discard'
  | 'outgoing.restore'
  | 'outgoing.approve'
  | 'outgoing.reopen'
  | 'outgoing.sendBack'
  | 'outgoing.draftAgain'
>;

/** From the imported letter to its approval. */
export function draftCommands(ctx: CoreContext): DraftCommands {
  return {
    'outgoing.create': async (input, _caller, transact) => {
      const { main, references, ...letter } = await takeLetter(ctx, input);
      const attachments = withAppendices(main, await takeAttachments(ctx, input.attachments));
      const fields = withDeadline(ctx, tidyFields('outgoing', input.fields));
      return transact(({ stores, at, record: note }) => {
        const record: OutgoingRecord = {
          ...newDraft(ctx.ids.next(), at),
          bookId: bookOf(stores, 'outgoing', fields.documentType),
          fields,
          codeText: fields.notation,
          ...letter,
          attachments,
        };
        stores.outgoing.insert(record, targetsOf(stores, input.recipients));
        keepReferences(stores, ctx, record, references, 'page');
        stores.outgoing.setOtherTargets(record.id, otherTargetsOf(input.otherRecipients));
        note('outgoing', record.id, 'created', { file: input.fileName });
        return asTarget(record);
      });
    },
    'outgoing.update': async (input, _caller, transact) => {
      const letter = input.file === undefined ? null : await takeLetter(ctx, input.file);
      const known = appendicesOf(find(ctx.registers.outgoing, input.id));
      const appendices = input.attachments === undefined ? null : await takeAttachments(ctx, input.attachments, known);
      return transact(({ stores, at, record: note }) => {
        const fields = withDeadline(ctx, tidyFields('outgoing', input.fields));
        const record = load(stores.outgoing, input);
        const isReplaced = letter !== null && letter.originalFileId !== record.originalFileId;
        const replaced = isReplaced ? withLetter(record, letter, at) : {};
        const main = mainFile({ ...record, ...replaced });
        // The pages of the file before are not those of this one; what somebody counted otherwise stands.
        const isCounted = isReplaced && fields.pageAmount === mainFile(record).pageCount;
        const next = advance(outgoingMachine, record, 'edit', at, {
          fields: isCounted ? { ...fields, pageAmount: main.pageCount } : fields,
          bookId: bookToStay(stores, record, fields.documentType),
          codeText: codeWith(record, fields.notation),
          ...replaced,
          attachments: withAppendices(main, appendices ?? appendicesOf(record)),
        });
        stores.outgoing.setTargets(next.id, targetsOf(stores, input.recipients));
        if (input.otherRecipients !== undefined) {
          stores.outgoing.setOtherTargets(next.id, otherTargetsOf(input.otherRecipients));
        }
        stores.outgoing.update(next);
        if (isReplaced) {
          keepReferences(stores, ctx, next, letter.references, 'page');
          note('outgoing', next.id, 'file-replaced', { from: mainFile(record).name, to: main.name });
        }
        if (!isReplaced || !isSameForm(record.fields, fields)) note('outgoing', next.id, 'edited', {});
        return asTarget(next);
      });
    },
    'outgoing.discard': (input, _caller, transact) =>
      transact((tx) => {
        // Its number stands in the book: it can be cancelled there, with a reason.
        const { numbered, state } = load(tx.stores.outgoing, input);
        if (numbered !== null) throw new CodedError('WRONG_STATE', { state, step: 'discard' });
        return stepTo(tx, input, 'discard', 'discarded', {});
      }),
    'outgoing.restore': (input, _caller, transact) => transact((tx) => stepTo(tx, input, 'restore', 'restored', {})),
    'outgoing.approve': (input, _caller, transact) =>
      transact((tx) => {
        const record = load(tx.stores.outgoing, input);
        stateAfter(outgoingMachine, record, 'approve');
        const fields = fieldsToIssue(ctx, record.fields);
        const again = { sentBackReason: null, sentBackBy: null };
        const answer = stepTo(tx, input, 'approve', 'approved', {}, { fields, ...again });
        const { outgoing } = tx.stores;
        if (outgoing.deliveries(input.id).length + outgoing.otherRecipients(input.id).length === 0) {
          throw new CodedError('NO_RECIPIENTS');
        }
        return answer;
      }),
    'outgoing.reopen': (input, _caller, transact) => transact((tx) => stepTo(tx, input, 'reopen', 'reopened', {})),
    'outgoing.sendBack': async (input, caller, transact) => {
      const record = load(ctx.registers.outgoing, input);
      stateAfter(outgoingMachine, record, 'sendBack');
      // The number goes onto the page anew: what is written now may stand elsewhere.
      const main = await originalMain(ctx, record);
      const { reason } = input;
      return transact((tx) =>
        stepTo(
          tx,
          input,
          'sendBack',
          'sent-back',
          { to: draftedBy(tx.stores, record.id), reason },
          {
            attachments: [main, ...appendicesOf(record)],
            sentBackReason: reason,
            sentBackBy: caller.name,
          },
        ),
      );
    },
    'outgoing.draftAgain': async (input, _caller, transact) => {
      const cancelled = load(ctx.registers.outgoing, input);
      if (cancelled.state !== 'cancelled') {
        throw new CodedError('WRONG_STATE', { state: cancelled.state, step: 'draftAgain' });
      }
      const main = await originalMain(ctx, cancelled);
      const { references } = await ctx.reader.readPage(cancelled.originalFileId);
      return transact(({ stores, at, record: note }) => {
        const { page, placement, originalFileId, mended } = cancelled;
        // The day was that of the number, unless the page has it.
        const fields = withDeadline(ctx, { ...cancelled.fields, date: page?.date ?? null });
        const record: OutgoingRecord = {
          ...newDraft(ctx.ids.next(), at),
          bookId: bookOf(stores, 'outgoing', fields.documentType),
          fields,
          codeText: fields.notation,
          placement,
          page,
          originalFileId,
          mended,
          attachments: [main, ...appendicesOf(cancelled).map(withoutSeal)],
          madeFrom: cancelled.id,
        };
        // Whoever left the directory since is left out: the form shows who is left.
        const codes = stores.outgoing
          .deliveries(cancelled.id)
          .map(({ agencyCode }) => agencyCode)
          .filter((code) => stores.agencies.find(code) !== null);
        stores.outgoing.insert(record, targetsOf(stores, codes));
        stores.outgoing.setOtherTargets(record.id, stores.outgoing.otherRecipients(cancelled.id));
        keepReferences(stores, ctx, record, references, 'page');
        const { codeText, reason } = cancelled;
        note('outgoing', record.id, 'drafted-from', { codeText, reason: reason ?? '' });
        note('outgoing', cancelled.id, 'drafted-again', {});
        return asTarget(record);
      });
    },
  };
}

/** What a draft begins with, besides what it is made of. */
function newDraft(id: string, at: string) {
  return {
    id,
    revision: 1,
    state: 'draft' as const,
    numbered: null,
    reason: null,
    createdAt: at,
    changedAt: at,
    verification: null,
    sentAt: null,
    sentBackReason: null,
    sentBackBy: null,
    madeFrom: null,
    replaced: [],
  };
}

/** The book of a draft; a number that it has stays in its own. @throws CodedError NUMBER_OF_OTHER_BOOK */
function bookToStay(stores: ReadStores, { numbered, bookId, codeText }: OutgoingRecord, documentType: string): string {
  const wanted = bookOf(stores, 'outgoing', documentType);
  if (numbered !== null && wanted !== bookId) throw new CodedError('NUMBER_OF_OTHER_BOOK', { codeText });
  return wanted;
}

/** Number and notation of a letter with this notation. */
export function codeWith({ numbered }: Pick<OutgoingRecord, 'numbered'>, notation: string): string {
  return numbered === null ? notation : formatDocumentCode(numbered.number, notation, numbered.suffix);
}

/** Whoever wrote the draft; empty where nobody knows. */
function draftedBy(stores: ReadStores, id: string): string {
  const made = stores.history.of(id).findLast(({ action }) => drafting.includes(action));
  return made?.actor.name ?? '';
}

const drafting: readonly string[] = ['created', 'drafted-from'];

const isSameForm = (one: OutgoingFields, other: OutgoingFields): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Each once, tidied. */
function otherTargetsOf(targets: readonly OtherTarget[]): OtherTarget[] {
  const found = new Map<string, OtherTarget>();
  for (const { kind, name } of targets) {
    const tidy = plainText(name).trim();
    if (tidy !== '') found.set(`${kind} ${foldVietnamese(tidy)}`, { kind, name: tidy });
  }
  return [...found.values()];
}

/** @throws CodedError RECIPIENT_NOT_IN_DIRECTORY, RECIPIENT_IS_SELF */
export function targetsOf(stores: ReadStores, codes: readonly string[]): DeliveryTarget[] {
  const self = stores.office.agency()?.code;
  return [...new Set(codes)].map((code) => {
    const agency = stores.agencies.find(code);
    if (agency === null) throw new CodedError('RECIPIENT_NOT_IN_DIRECTORY', { agency: code });
    if (code === self) throw new CodedError('RECIPIENT_IS_SELF', { agency: agency.name });
    return { agencyCode: code, agencyName: agency.name };
  });
}
