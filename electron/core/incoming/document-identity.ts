import type { DocumentIdentity, IncomingRecord } from './incoming-store.ts';

export function identityOf({
  id,
  fields,
  received,
  paperSenderCode,
}: Pick<IncomingRecord, 'id' | 'fields' | 'received' | 'paperSenderCode'>): DocumentIdentity {
  return {
    id,
    codeText: fields.codeText,
    date: fields.date,
    senderCode: received?.senderCode ?? paperSenderCode,
    agencyName: fields.agencyName,
  };
}
