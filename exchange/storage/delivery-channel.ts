/** PostgreSQL channel on which server processes over one database tell each other whose inbox has something new. */
export const DELIVERY_CHANNEL = 'van_thu_inbox';

/** Stands for all agencies; no code contains it. */
export const EVERY_INBOX = '*';

/** Says whose inbox, and which server process said it, where one that knows already did; no code contains a space. */
export function deliveryPayload(agencyCode: string, by: string | null): string {
  return by === null ? agencyCode : `${agencyCode} ${by}`;
}

export function readDeliveryPayload(payload: string): { readonly agencyCode: string; readonly by: string | null } {
  const [agencyCode = '', by = null] = payload.split(' ');
  return { agencyCode, by };
}
