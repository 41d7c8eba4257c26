import type { Handlers } from '#shared/contract/contract.ts';
import type { OutgoingFields } from '#shared/contract/outgoing.ts';
import { tidy } from '#shared/domain/notation.ts';
import { CodedError } from '../coded-error.ts';
import { commit, nowIso, THIS_OFFICE, type CoreContext } from '../core-context.ts';
import { readAgency } from '../office/agency.ts';
import type { DeliveryTarget, OutgoingRecord, ReadStores, WriteStores } from '../ports/stores.ts';
import { advanced, loadOutgoing, moved, stateAfter, type Target } from './outgoing-record.ts';

type DraftCommands = Pick<
  Handlers<'core'>,
  | 'outgoing.create'
  | 'outgoing.update'
  | 'outgoing.discard'
  | 'outgoing.restore'
  | 'outgoing.approve'
  | 'outgoing.reopen'
>;

/** From the imported letter to its approval. */
export function draftCommands(ctx: CoreContext): DraftCommands {
  const write = (
    stores: WriteStores,
    record: OutgoingRecord,
    action: string,
    params: Record<string, string | number> = {},
  ) => {
    stores.outgoing.update(record);
    stores.history.add(record.id, { at: record.changedAt, actor: THIS_OFFICE, action, params });
    return moved(record);
  };
  const announce = (id: string) => {
    ctx.emit('outgoing.changed', { ids: [id] });
    ctx.emit('office.changed', {});
  };
  const simple = (
    name: 'outgoing.discard' | 'outgoing.restore' | 'outgoing.approve' | 'outgoing.reopen',
    step: 'discard' | 'restore' | 'approve' | 'reopen',
    action: string,
    input: Target & { commandId: string },
    check: (stores: ReadStores) => void = () => undefined,
  ) => {
    const result = commit(ctx, name, input.commandId, (stores) => {
      const record = loadOutgoing(stores, input);
      stateAfter(record, step);
      check(stores);
      return write(stores, advanced(ctx, record, step), action);
    });
    announce(input.id);
    return result;
  };

  return {
    'outgoing.create': async (input) => {
      const bytes = await ctx.files.read(input.fileId);
      const { pageCount } = ctx.pdf.checkSignable(bytes);
      const fields = tidyFields(input.fields);
      const result = commit(ctx, 'outgoing.create', input.commandId, (stores) => {
        const at = nowIso(ctx);
        const record: OutgoingRecord = {
          id: ctx.ids.next(),
          revision: 1,
          state: 'draft',
          fields,
          placement: input.placement,
          fileId: input.fileId,
          fileName: input.fileName,
          fileSize: bytes.length,
          pageCount,
          originalFileId: input.fileId,
          verification: null,
          bookId: null,
          year: null,
          number: null,
          codeText: fields.notation,
          createdAt: at,
          changedAt: at,
          numberedAt: null,
          sentAt: null,
          cancelReason: null,
        };
        stores.outgoing.insert(record, targetsOf(stores, input.recipients));
        stores.history.add(record.id, { at, actor: THIS_OFFICE, action: 'created', params: { file: input.fileName } });
        return moved(record);
      });
      announce(result.id);
      return result;
    },
    'outgoing.update': (input) => {
      const result = commit(ctx, 'outgoing.update', input.commandId, (stores) => {
        const record = loadOutgoing(stores, input);
        if (record.state !== 'draft') throw new CodedError('WRONG_STATE', { state: record.state, step: 'update' });
        const fields = tidyFields(input.fields);
        stores.outgoing.setTargets(record.id, targetsOf(stores, input.recipients));
        const next = {
          ...record,
          fields,
          codeText: fields.notation,
          revision: record.revision + 1,
          changedAt: nowIso(ctx),
        };
        return write(stores, next, 'edited');
      });
      announce(input.id);
      return result;
    },
    'outgoing.discard': (input) => simple('outgoing.discard', 'discard', 'discarded', input),
    'outgoing.restore': (input) => simple('outgoing.restore', 'restore', 'restored', input),
    'outgoing.approve': (input) =>
      simple('outgoing.approve', 'approve', 'approved', input, (stores) => {
        if (stores.outgoing.deliveries(input.id).length === 0) throw new CodedError('NO_RECIPIENTS');
      }),
    'outgoing.reopen': (input) => simple('outgoing.reopen', 'reopen', 'reopened', input),
  };
}

/** @throws CodedError RECIPIENT_NOT_IN_DIRECTORY, RECIPIENT_IS_SELF */
function targetsOf(stores: ReadStores, codes: readonly string[]): DeliveryTarget[] {
  const self = readAgency(stores)?.code;
  return [...new Set(codes)].map((code) => {
    const agency = stores.agencies.find(code);
    if (agency === null) throw new CodedError('RECIPIENT_NOT_IN_DIRECTORY', { agency: code });
    if (code === self) throw new CodedError('RECIPIENT_IS_SELF', { agency: agency.name });
    return { agencyCode: code, agencyName: agency.name };
  });
}

/** Text is kept in Unicode NFC, whatever the keyboard or the file produced. */
function tidyFields(fields: OutgoingFields): OutgoingFields {
  const nfc = (text: string) => text.normalize('NFC');
  return {
    ...fields,
    documentType: nfc(fields.documentType),
    notation: tidy(fields.notation),
    place: nfc(fields.place),
    agencyName: nfc(fields.agencyName),
    abstract: nfc(fields.abstract),
    authority: nfc(fields.authority),
    signerTitle: nfc(fields.signerTitle),
    signerName: nfc(fields.signerName),
    addressees: fields.addressees.map(nfc),
    recipientLines: fields.recipientLines.map(nfc),
  };
}
