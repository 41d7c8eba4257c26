import { EdxmlError } from './edxml-error.ts';
import type {
  EdxmlBusiness,
  EdxmlMeeting,
  EdxmlOrgan,
  EdxmlReference,
  EdxmlStaff,
  EdxmlTiming,
  EdxmlTrace,
} from './edxml-message.ts';
import type { NodeReader } from './edxml-node-reader.ts';

/** @throws EdxmlError EDXML_MISSING_FIELD when the agency has no id: nothing could be answered to it */
export function readOrgan(organ: NodeReader, field: string): EdxmlOrgan {
  const organId = organ.text('OrganId');
  if (organId === '') throw new EdxmlError('EDXML_MISSING_FIELD', { field: `${field}.OrganId` });
  return {
    organId,
    organizationInCharge: organ.text('OrganizationInCharge'),
    organName: organ.text('OrganName'),
    organAdd: organ.text('OrganAdd'),
    email: organ.text('Email'),
    telephone: organ.text('Telephone'),
    fax: organ.text('Fax'),
    website: organ.text('Website'),
  };
}

export function readReference(reference: NodeReader): EdxmlReference {
  return {
    organId: reference.text('OrganId'),
    code: reference.text('Code'),
    promulgationDate: reference.date('PromulgationDate'),
    documentId: reference.text('DocumentId'),
  };
}

export function readStaff(staff: NodeReader | null): EdxmlStaff {
  return {
    department: staff?.text('Department') ?? '',
    staff: staff?.text('Staff') ?? '',
    mobile: staff?.text('Mobile') ?? '',
    email: staff?.text('Email') ?? '',
  };
}

/** null also for one that says nothing that can be read. */
export function readTiming(timing: NodeReader | null): EdxmlTiming | null {
  const dueAt = timing?.timestamp('DueAt') ?? null;
  const expressAt = timing?.timestamp('ExpressAt') ?? null;
  return dueAt === null && expressAt === null ? null : { dueAt, expressAt };
}

/** null also for one that says nothing that can be read; an end that is not after the start is none. */
export function readMeeting(meeting: NodeReader | null): EdxmlMeeting | null {
  if (meeting === null) return null;
  const startsAt = meeting.timestamp('StartsAt');
  const endsAt = meeting.timestamp('EndsAt');
  if (endsAt !== null && (startsAt === null || endsAt <= startsAt)) meeting.warn('FIELD_UNREADABLE', 'EndsAt');
  const read = {
    startsAt,
    endsAt: startsAt !== null && endsAt !== null && endsAt > startsAt ? endsAt : null,
    place: meeting.text('Place'),
    chair: meeting.text('Chair'),
    link: meeting.text('Link'),
    papers: meeting.text('Papers'),
  };
  return Object.values(read).every((value) => value === null || value === '') ? null : read;
}

/** The axis appends its own step, at times without an id or with the text "null". */
export function readTrace(list: NodeReader | null): EdxmlTrace[] {
  return (list?.children('TraceHeader') ?? []).map((step) => {
    const organId = step.text('OrganId');
    return { organId: organId === '' || organId === 'null' ? null : organId, timestamp: step.timestamp('Timestamp') };
  });
}

export function readBusiness(business: NodeReader | null): EdxmlBusiness | null {
  if (!business) return null;
  const info = business.child('BussinessDocumentInfo');
  const staff = business.child('StaffInfo');
  return {
    docType: business.number('BussinessDocType') ?? 0,
    reason: business.text('BussinessDocReason'),
    documentId: business.text('DocumentId'),
    documentInfoUpdated: info?.flag('DocumentInfo') ?? null,
    receiversUpdated: info?.flag('DocumentReceiver') ?? null,
    receivers: (info?.child('ReceiverList')?.children('Receiver') ?? []).map((receiver) => ({
      organId: receiver.text('OrganId'),
      receiverType: receiver.text('ReceiverType'),
    })),
    staff: staff ? readStaff(staff) : null,
    paper: business.flag('Paper'),
    replacements: (business.child('ReplacementInfoList')?.children('ReplacementInfo') ?? []).map((replacement) => ({
      documentId: replacement.text('DocumentId'),
      organIds: replacement.child('OrganIdList')?.texts('OrganId') ?? [],
    })),
  };
}
