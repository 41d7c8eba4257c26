import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallInput, CallOutput } from '#shared/contract/contract.ts';
import type { Placement } from '#shared/contract/outgoing.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import type { OtherTarget } from '#shared/domain/other-recipient.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { makePdf } from './make-pdf.ts';
import { addCertificate, type TestOffice } from './test-office.ts';

/** A place for the number on the first page, as the proposal of a letter without one finds it. */
export const blankPlacement: Placement = {
  signature: null,
  number: { page: 0, x: 120, y: 700, width: 40, fontSize: 13 },
  date: null,
  urgency: null,
};

export const plainFields: OutgoingFields = {
  documentType: 'Công văn',
  notation: 'VPUBND-HCTC',
  printedNumber: '',
  date: null,
  place: 'Đắk Lắk',
  agencyName: 'Văn phòng UBND tỉnh Đắk Lắk',
  abstract: 'V/v tăng cường thực hiện gửi, nhận văn bản điện tử',
  authority: '',
  signerTitle: 'CHÁNH VĂN PHÒNG',
  signerName: 'Bùi Hồng Quý',
  pageAmount: null,
  ...noMeeting,
  urgency: 'normal',
  expressAt: null,
  dueRule: null,
  dueAt: null,
  addressees: ['Các Sở, ban, ngành'],
  recipientLines: ['Như trên', 'Lưu: VT'],
  copies: null,
  paperFollows: false,
};

type Moved = CallOutput<'outgoing.approve'>;

/** A small letter stored in the office, or the file at `path`; its file id. */
export async function importLetter(office: TestOffice, path: string = smallLetter(office)): Promise<string> {
  return (await office.ok('letters.propose', { token: office.token(path) })).file.fileId;
}

/** One page with a line of text: what a test takes that does not care which letter it is. */
export function smallLetter(office: TestOffice): string {
  const path = join(office.dataDir, 'small-letter.pdf');
  writeFileSync(path, makePdf());
  return path;
}

export interface DraftOptions {
  readonly fields?: Partial<OutgoingFields>;
  readonly placement?: Placement;
  readonly fileId?: string;
  readonly otherRecipients?: readonly OtherTarget[];
  readonly attachments?: CallInput<'outgoing.create'>['attachments'];
}

export async function createDraft(
  office: TestOffice,
  recipients: readonly string[],
  { fields = {}, placement = blankPlacement, fileId, otherRecipients = [], attachments = [] }: DraftOptions = {},
): Promise<Moved> {
  return office.ok('outgoing.create', {
    fileId: fileId ?? (await importLetter(office)),
    fileName: 'cong-van-241.pdf',
    fields: { ...plainFields, ...fields },
    placement,
    recipients: [...recipients],
    otherRecipients: [...otherRecipients],
    attachments,
  });
}

export async function approvedDraft(
  office: TestOffice,
  recipients: readonly string[],
  options: DraftOptions = {},
): Promise<Moved> {
  const { id, revision } = await createDraft(office, recipients, options);
  return office.ok('outgoing.approve', { id, revision });
}

export interface OfficeKeys {
  readonly person: string;
  readonly seal: string;
}

export async function addKeys(office: TestOffice): Promise<OfficeKeys> {
  return {
    person: await addCertificate(office, 'person', 'person'),
    seal: await addCertificate(office, 'agency', 'seal'),
  };
}

/** A letter that was approved, numbered, signed and sealed. */
export async function sealedLetter(
  office: TestOffice,
  keys: OfficeKeys,
  recipients: readonly string[],
  options: DraftOptions = {},
): Promise<Moved> {
  const approved = await approvedDraft(office, recipients, options);
  const numbered = await office.ok('outgoing.assignNumber', { id: approved.id, revision: approved.revision });
  await decideAll(office.ok, numbered, keys);
  const password = TEST_PKI_PASSWORD;
  const signed = await office.ok('outgoing.sign', {
    id: numbered.id,
    revision: numbered.revision,
    certificateId: keys.person,
    password,
  });
  return office.ok('outgoing.seal', {
    id: signed.id,
    revision: signed.revision,
    certificateId: keys.seal,
    password,
  });
}

/** Hands a finished letter to the outbox; its id. */
export async function queueLetter(
  office: TestOffice,
  keys: OfficeKeys,
  recipients: readonly string[],
  options: DraftOptions = {},
): Promise<string> {
  const sealed = await sealedLetter(office, keys, recipients, options);
  await office.ok('outgoing.send', { id: sealed.id, revision: sealed.revision });
  return sealed.id;
}
