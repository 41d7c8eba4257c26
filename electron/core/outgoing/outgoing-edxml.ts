import type { Delivery } from '#shared/domain/delivery.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { isInvitation } from '#shared/domain/meeting.ts';
import { urgencyRank } from '#shared/domain/urgency.ts';
import { vietnamDay, vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { type EdxmlMeeting, type EdxmlTiming, organ } from '#shared/edxml/edxml-message.ts';
import { formatDocumentId } from '#shared/edxml/edxml-values.ts';
import { edxmlContentType, type EdxmlDocumentSource } from '#shared/edxml/write-edxml.ts';
import type { OwnAgency } from '../office/office-store.ts';
import type { MessageSource } from '../ports/exchange.ts';
import { nothingElse, type MessageRelations } from '../relations/message-relations.ts';
import { mainFile } from './main-file.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** A file that goes with the message. */
export interface AttachedFile {
  readonly name: string;
  readonly source: Pick<MessageSource, 'size' | 'read'>;
}

/** The national message (QCVN 102:2016) of a numbered, signed and sealed document. */
export function outgoingEdxml(
  record: OutgoingRecord,
  agency: OwnAgency,
  deliveries: readonly Delivery[],
  files: readonly AttachedFile[],
  now: Date,
  says: MessageRelations = nothingElse,
): EdxmlDocumentSource {
  const { fields } = record;
  if (record.numbered === null || fields.date === null) throw new Error(`outgoing ${record.id} has no number or date`);
  const number = formatNumber(record.numbered.number, record.numbered.suffix);
  return {
    from: organ(agency.code, agency.name),
    to: deliveries.map((delivery) => organ(delivery.agencyCode, delivery.agencyName)),
    documentId: formatDocumentId({ organId: agency.code, date: fields.date, number, notation: fields.notation }),
    codeNumber: number,
    codeNotation: fields.notation,
    promulgationPlace: fields.place,
    promulgationDate: fields.date,
    // Senders disagree about the numbers of types; the name is what receivers match (see docs/decisions/0003).
    documentType: { type: null, typeDetail: null, typeName: fields.documentType },
    subject: fields.abstract,
    content: fields.abstract,
    signer: { competence: fields.authority, position: fields.signerTitle, fullName: fields.signerName },
    dueDate: fields.dueAt === null ? null : vietnamDay(Date.parse(fields.dueAt)),
    timing: timingOf(fields),
    meeting: meetingOf(fields),
    toPlaces: fields.recipientLines,
    otherInfo: {
      priority: urgencyRank(fields.urgency),
      sphereOfPromulgation: '',
      typerNotation: '',
      promulgationAmount: fields.copies,
      pageAmount: fields.pageAmount ?? mainFile(record).pageCount,
      appendixes: record.attachments.filter(({ role }) => role === 'appendix').map(({ name }) => name),
    },
    responseFor: says.responseFor,
    steeringType: 0,
    trace: [{ organId: agency.code, timestamp: vietnamTimestamp(now.getTime()) }],
    business: {
      ...says.business,
      receivers: [],
      staff: null,
      // The envelope is one for all: whoever is told of paper that does not come to it may ask.
      paper: deliveries.some(({ paperNeeded }) => paperNeeded),
    },
    attachments: files.map(({ name, source }, at) => ({
      // The document itself keeps the document's id; what follows is told apart by its place.
      contentId: at === 0 ? record.id : `${record.id}.${at}`,
      name,
      contentType: edxmlContentType(name),
      description: at === 0 ? fields.abstract : name,
      size: source.size,
      read: (start, end) => source.read(start, end),
    })),
  };
}

/** Hours that receivers of ours learn besides the standard's day. */
function timingOf({ dueAt, urgency, expressAt }: OutgoingRecord['fields']): EdxmlTiming | null {
  const timing = { dueAt: hourOf(dueAt), expressAt: hourOf(urgency === 'express-timed' ? expressAt : null) };
  return timing.dueAt === null && timing.expressAt === null ? null : timing;
}

function meetingOf(fields: OutgoingRecord['fields']): EdxmlMeeting | null {
  if (!isInvitation(fields.documentType)) return null;
  return {
    startsAt: hourOf(fields.meetingAt),
    endsAt: hourOf(fields.meetingEndsAt),
    place: fields.meetingPlace,
    chair: fields.meetingChair,
    link: fields.meetingLink,
    papers: fields.meetingPapers,
  };
}

const hourOf = (instant: string | null): string | null =>
  instant === null ? null : vietnamTimestamp(Date.parse(instant));
