import { bookFor } from '#shared/domain/book.ts';
import type { DeliveryTarget } from '#shared/domain/delivery.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { tidyFields } from '#shared/domain/tidy-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { advance, asTarget, load, stateAfter } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { OutgoingRecord } from './outgoing-store.ts';
import { fieldsToIssue, withDeadline } from './issue-hours.ts';
import { stepTo } from './step-to.ts';

type DraftCommands = Pick<
  CoreHandlers,
  | 'outgoing.create'
  | 'outgoing.update'
  | 'outgoing.discard'
  | 'outgoing.restore'
  | 'outgoing.approve'
  | 'outgoing.reopen'
>;

/** From the imported letter to its approval. */
export function draftCommands(ctx: CoreContext): DraftCommands {
  return {
    'outgoing.create': async (input, _caller, transact) => {
      const size = await ctx.files.size(input.fileId);
      const { pageCount } = await ctx.reader.checkSignable(input.fileId);
      const fields = withDeadline(ctx, tidyFields('outgoing', input.fields));
      return transact(({ stores, at, record: note }) => {
        const record: OutgoingRecord = {
          id: ctx.ids.next(),
          revision: 1,
          state: 'draft',
          bookId: bookOf(stores, fields),
          fields,
          numbered: null,
          reason: null,
          createdAt: at,
          changedAt: at,
          codeText: fields.notation,
          placement: input.placement,
          originalFileId: input.fileId,
          attachments: [{ role: 'main', fileId: input.fileId, name: input.fileName, size, pageCount }],
          verification: null,
          sentAt: null,
        };
        stores.outgoing.insert(record, targetsOf(stores, input.recipients));
        note('outgoing', record.id, 'created', { file: input.fileName });
        return asTarget(record);
      });
    },
    'outgoing.update': (input, _caller, transact) =>
      transact(({ stores, at, record: note }) => {
        const fields = withDeadline(ctx, tidyFields('outgoing', input.fields));
        const next = advance(outgoingMachine, load(stores.outgoing, input), 'edit', at, {
          fields,
          bookId: bookOf(stores, fields),
          codeText: fields.notation,
        });
        stores.outgoing.setTargets(next.id, targetsOf(stores, input.recipients));
        stores.outgoing.update(next);
        note('outgoing', next.id, 'edited', {});
        return asTarget(next);
      }),
    'outgoing.discard': (input, _caller, transact) => transact((tx) => stepTo(tx, input, 'discard', 'discarded', {})),
    'outgoing.restore': (input, _caller, transact) => transact((tx) => stepTo(tx, input, 'restore', 'restored', {})),
    'outgoing.approve': (input, _caller, transact) =>
      transact((tx) => {
        const record = load(tx.stores.outgoing, input);
        stateAfter(outgoingMachine, record, 'approve');
        const fields = fieldsToIssue(ctx, record.fields);
        const answer = stepTo(tx, input, 'approve', 'approved', {}, { fields });
        if (tx.stores.outgoing.deliveries(input.id).length === 0) throw new CodedError('NO_RECIPIENTS');
        return answer;
      }),
    'outgoing.reopen': (input, _caller, transact) => transact((tx) => stepTo(tx, input, 'reopen', 'reopened', {})),
  };
}

const bookOf = (stores: ReadStores, fields: OutgoingFields): string =>
  bookFor(stores.books.all(), 'outgoing', fields.documentType).id;

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
