import type { HandlerInput } from '#shared/contract/contract.ts';
import { attachmentsProblem, isPdfName } from '#shared/domain/attachment-rules.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { AttachmentRecord } from '../documents/document-record.ts';
import { lookThrough } from '../reading/look-through.ts';
import { makeSignable } from '../reading/make-signable.ts';
import { pageReadingOf } from './last-look.ts';
import { mainFile } from './main-file.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

interface TakenLetter extends Pick<OutgoingRecord, 'placement' | 'page' | 'originalFileId' | 'mended'> {
  readonly main: AttachmentRecord;
  /** Documents that the page names. */
  readonly references: Proposal['references'];
}

/** A letter as it is taken in, with what its page says. @throws CodedError FILE_MISSING, READING_LIMIT, those of the PDF_ family */
export async function takeLetter(
  ctx: CoreContext,
  { fileId, fileName, placement }: Pick<HandlerInput<'outgoing.create'>, 'fileId' | 'fileName' | 'placement'>,
): Promise<TakenLetter> {
  const imported = { fileId, size: await ctx.files.size(fileId) };
  const { pageCount, mended } = await makeSignable(ctx, fileId);
  const taken = mended ?? imported;
  const proposal = await ctx.reader.readPage(taken.fileId);
  const page = pageReadingOf(proposal);
  const { references } = proposal;
  return {
    placement,
    page,
    references,
    originalFileId: taken.fileId,
    mended: mended && { ...imported, mends: [...mended.mends] },
    main: { role: 'main', fileId: taken.fileId, name: fileName, size: taken.size, pageCount },
  };
}

/**
 * What goes with the letter, in its order: PDFs as the agency can sign them.
 * @param known what the draft has already, which is not looked through again
 * @throws CodedError FILE_MISSING, READER_UNAVAILABLE
 */
export async function takeAttachments(
  ctx: CoreContext,
  attachments: HandlerInput<'outgoing.create'>['attachments'],
  known: readonly AttachmentRecord[] = [],
): Promise<readonly AttachmentRecord[]> {
  return Promise.all(
    attachments.map(async ({ fileId, name, pageCount }) => {
      const same = known.find((each) => each.fileId === fileId || each.signing?.mended?.fileId === fileId);
      if (same !== undefined && isPdfName(same.name) === isPdfName(name)) return { ...same, name, pageCount };
      const looked = await lookThrough(ctx, { fileId, name, size: await ctx.files.size(fileId) });
      return { role: 'appendix' as const, name, pageCount, ...looked };
    }),
  );
}

/** The letter and what goes with it. @throws CodedError ATTACHMENT_NAME_TAKEN, ATTACHMENT_KIND, ATTACHMENTS_TOO_LARGE */
export function withAppendices(
  main: AttachmentRecord,
  appendices: readonly AttachmentRecord[],
): readonly AttachmentRecord[] {
  const problem = attachmentsProblem(appendices, main.size);
  if (problem !== null) throw new CodedError(problem.code, { name: problem.name });
  return [main, ...appendices];
}

/** The draft with another file as its letter; the one of before stays with it. */
export function withLetter(record: OutgoingRecord, letter: TakenLetter, at: string): Partial<OutgoingRecord> {
  const { main, references: _references, ...read } = letter;
  const { fileId, name, size, pageCount } = mainFile(record);
  return {
    ...read,
    attachments: [main, ...appendicesOf(record)],
    replaced: [...record.replaced, { fileId, name, size, pageCount, replacedAt: at, mended: record.mended }],
  };
}

export function appendicesOf({ attachments }: Pick<OutgoingRecord, 'attachments'>): readonly AttachmentRecord[] {
  return attachments.filter(({ role }) => role !== 'main');
}

/** The letter's file as it was taken in, without number and signatures. @throws CodedError FILE_MISSING */
export async function originalMain(ctx: CoreContext, record: OutgoingRecord): Promise<AttachmentRecord> {
  const fileId = record.originalFileId;
  return { ...mainFile(record), fileId, size: await ctx.files.size(fileId) };
}
