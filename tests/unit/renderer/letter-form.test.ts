import { describe, expect, it } from 'vitest';
import type { Proposal } from '#shared/domain/proposal.ts';
import { outgoingFieldsSchema, placementSchema } from '#shared/contract/outgoing.ts';
import { linesOf, missingFields } from '#renderer/features/document/form-values.ts';
import {
  emptyLetterForm,
  fieldsFromForm,
  formFromProposal,
  placementFromProposal,
  regionOf,
  sourcesFromProposal,
} from '#renderer/features/outgoing/letter-form.ts';

const region = { page: 0, x: 108, y: 729, width: 148, height: 15 };

const proposal: Proposal = {
  textFound: true,
  pageCount: 2,
  number: null,
  notation: 'VPUBND-HCTC',
  date: '2026-05-22',
  place: 'Đắk Lắk',
  agency: null,
  parentAgency: 'UBND tỉnh Đắk Lắk',
  documentType: 'Công văn',
  abstract: 'V/v tăng cường thực hiện gửi, nhận văn bản điện tử',
  authority: null,
  signerTitle: 'Chánh Văn phòng',
  signerName: 'Bùi Hồng Quý',
  addressees: ['Các Sở, ban, ngành', 'UBND các huyện, thị xã, thành phố'],
  recipients: ['Như trên', 'Lưu: VT, HCTC'],
  urgency: 'express-timed',
  expressHour: '14:00',
  secrecyMark: null,
  meeting: null,
  dueDate: '2026-05-26',
  references: [],
  confidence: {
    number: 0,
    notation: 0.95,
    date: 0.79,
    place: 0.8,
    agency: 0,
    parentAgency: 0.9,
    documentType: 0.9,
    abstract: 0.9,
    authority: 0,
    signerTitle: 0.9,
    signerName: 0.9,
    addressees: 0.9,
    recipients: 0.9,
    urgency: 0.9,
    meetingAt: 0.85,
    meetingEndsAt: 0,
    meetingPlace: 0.6,
    meetingChair: 0,
    meetingLink: 0,
    meetingPapers: 0,
    dueDate: 0.6,
  },
  regions: { notation: region },
  numberBlank: { page: 0, x: 130, y: 730, width: 40, fontSize: 13 },
  dateBlank: null,
  urgencyRooms: [],
  signatureAnchor: { page: 1, x: 400, y: 139, width: 141, height: 58 },
  legacyEncoding: null,
};

describe('the form of a letter', () => {
  it('starts with what was read, and with the own office where the letter names none', () => {
    const form = formFromProposal(proposal, 'Văn phòng UBND tỉnh');
    expect(form).toMatchObject({
      printedNumber: '',
      agencyName: 'Văn phòng UBND tỉnh',
      addressees: 'Các Sở, ban, ngành\nUBND các huyện, thị xã, thành phố',
      urgency: 'express-timed',
    });
    // Hours of Vietnam, stored as UTC instants; a day alone ends with the office hours.
    expect(form.expressAt).toBe('2026-05-22T07:00:00.000Z');
    expect(form.dueAt).toBe('2026-05-26T10:00:00.000Z');
  });

  it('stays empty for a scan without text', () => {
    expect(formFromProposal({ ...proposal, textFound: false }, 'Sở Tư pháp')).toEqual({
      ...emptyLetterForm,
      pageAmount: 2,
    });
  });

  it('says what is sure, what to check, and nothing of what was not read', () => {
    const sources = sourcesFromProposal(proposal);
    expect(sources.place).toBe('page');
    expect(sources.date).toBe('check');
    expect(sources.dueAt).toBe('check');
    expect(sources.printedNumber).toBeUndefined();
    expect(sources.agencyName).toBeUndefined();
  });

  it('knows the place of a field on the page only where it was read', () => {
    expect(regionOf(proposal, 'notation')).toEqual(region);
    expect(regionOf(proposal, 'abstract')).toBeNull();
    expect(regionOf(null, 'notation')).toBeNull();
    expect(regionOf(proposal, null)).toBeNull();
  });

  it('becomes fields and a placement that the contract takes', () => {
    const form = formFromProposal(proposal, 'Văn phòng UBND tỉnh');
    const fields = outgoingFieldsSchema.parse(fieldsFromForm(form));
    expect(fields.addressees).toEqual(proposal.addressees);
    expect(fields.recipientLines).toEqual(proposal.recipients);
    expect(placementSchema.parse(placementFromProposal(proposal)).number).toEqual(proposal.numberBlank);
  });

  it('drops the hour once the letter is no longer express with a fixed hour', () => {
    const form = { ...formFromProposal(proposal, 'A'), urgency: 'express' as const };
    expect(fieldsFromForm(form).expressAt).toBeNull();
  });

  it('names what is missing in the order of the form', () => {
    expect(missingFields('outgoing', emptyLetterForm)).toEqual(['notation', 'agencyName', 'abstract', 'signerName']);
    expect(missingFields('outgoing', { ...formFromProposal(proposal, 'A'), expressAt: null })).toEqual(['expressAt']);
    expect(missingFields('outgoing', { ...formFromProposal(proposal, 'A'), abstract: '  ' })).toEqual(['abstract']);
  });

  it('reads one entry per line, without dashes and empty lines', () => {
    expect(linesOf('- Các Sở, ban, ngành\n\n  – UBND các huyện \n')).toEqual(['Các Sở, ban, ngành', 'UBND các huyện']);
    expect(linesOf('VP Tỉnh ủy - HĐND')).toEqual(['VP Tỉnh ủy - HĐND']);
  });
});
