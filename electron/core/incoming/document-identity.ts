import type { DocumentIdentity, IncomingRecord } from './incoming-store.ts';

export function identityOf({ id, fields, received }: IncomingRecord): DocumentIdentity {
  return {
    id,
    codeText: fields.codeText,
    date: fields.date,
    senderCode: received?.senderCode ?? null,
    agencyName: fields.agencyName,
  };
}
