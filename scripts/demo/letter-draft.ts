import type { Placement } from '#shared/contract/outgoing.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { Proposal } from '#shared/domain/proposal.ts';

type Needed = Pick<OutgoingFields, 'documentType' | 'notation' | 'agencyName' | 'abstract' | 'signerName'>;

/** What the form makes of a proposal when the clerk changes nothing, and types `otherwise` where the page is silent. */
export function draftFrom(
  proposal: Proposal,
  otherwise: Needed,
): { readonly fields: OutgoingFields; readonly placement: Placement } {
  return {
    fields: {
      documentType: proposal.documentType ?? otherwise.documentType,
      notation: proposal.notation ?? otherwise.notation,
      printedNumber: proposal.number ?? '',
      date: proposal.date,
      place: proposal.place ?? '',
      agencyName: proposal.agency ?? otherwise.agencyName,
      abstract: proposal.abstract ?? otherwise.abstract,
      authority: proposal.authority ?? '',
      signerTitle: proposal.signerTitle ?? '',
      signerName: proposal.signerName ?? otherwise.signerName,
      // The demonstration runs on any day, and nobody is asked to a meeting that is over.
      ...noMeeting,
      urgency: proposal.urgency,
      expressAt: null,
      dueRule: null,
      dueAt: null,
      addressees: [...proposal.addressees],
      recipientLines: [...proposal.recipients],
      pageAmount: proposal.pageCount,
      copies: null,
      paperFollows: false,
    },
    placement: {
      signature: proposal.signatureAnchor,
      number: proposal.numberBlank,
      date: proposal.dateBlank,
      urgency: { printed: proposal.urgency, rooms: [...proposal.urgencyRooms] },
    },
  };
}
