import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { placeUrgencyStamp, urgencyStampText, type UrgencyStampOutlook } from '#shared/domain/urgency-stamp.ts';
import type { BoxStamp } from '../ports/pdf-engine.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** The stamp of urgency that a page still needs, when it needs one and there is room; and why not otherwise. */
export function urgencyStampOf(
  { placement }: Pick<OutgoingRecord, 'placement'>,
  { urgency, expressAt }: Pick<OutgoingFields, 'urgency' | 'expressAt'>,
): { readonly outlook: UrgencyStampOutlook; readonly box: BoxStamp | null } {
  const stamp = urgencyStampText(urgency, expressAt);
  if (stamp === null) return { outlook: 'none', box: null };
  const { printed, rooms } = placement.urgency ?? { printed: 'normal', rooms: [] };
  // A second one beside it would say two things.
  if (printed !== 'normal') return { outlook: printed === urgency ? 'printed' : 'another-printed', box: null };
  const place = placeUrgencyStamp(rooms, stamp);
  return place === null
    ? { outlook: 'no-room', box: null }
    : { outlook: 'will-be-put', box: { ...place, lines: stamp.lines } };
}
