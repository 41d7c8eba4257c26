import type { Reading } from '#shared/contract/incoming.ts';
import { arrivalInstant, type ArrivalRefusal, arrivalRefusal } from '#shared/domain/arrival-day.ts';
import { incomingMachine } from '#shared/domain/incoming-state.ts';
import { isMailFile } from '#shared/domain/mail-format.ts';
import { type Proposal, SURE_CONFIDENCE } from '#shared/domain/proposal.ts';
import { saysNothing } from '#shared/domain/says-nothing.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import { vietnamDay, vietnamYear } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { blankDocument } from '#shared/edxml/edxml-message.ts';
import { bookOf } from '../books/numbering.ts';
import type { CoreContext } from '../core-context.ts';
import { codeOfName } from '../directory/code-of-name.ts';
import { isOutsideOffice } from '../directory/other-agency.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { advance, asTarget, load, type AttachmentRecord } from '../documents/document-record.ts';
import type { ForeignAttachment, ForeignEnvelope, ForeignMail } from '../ports/foreign-reader.ts';
import type { ReadStores } from '../ports/stores.ts';
import { MAX_LETTER_BYTES } from '../reading/letter-calls.ts';
import { statePaperReceived } from '../paper/record-paper.ts';
import { proposeIncoming, type ProposedIncoming } from './incoming-fields.ts';
import type { IncomingRecord, MailRecord } from './incoming-store.ts';
import { readPages, type ReadPages } from './read-pages.ts';
import { keepReferences } from '../relations/keep-references.ts';

type TakeIn = Pick<
  CoreHandlers,
  'incoming.takeIn' | 'incoming.proposeScan' | 'incoming.attachScan' | 'incoming.attachTo' | 'incoming.discard'
>;

/** What came another way than through the exchange: a scan or a file, an e-mail, and scans of paper that is in the book. */
export function takeInCommands(ctx: CoreContext): TakeIn {
  return {
    'incoming.takeIn': async ({ token, unlessOwn }, _caller, transact) => {
      const picked = await pick(ctx, token);
      const isMail = isMailFile(picked.name);
      const { fileId, size } = await ctx.files.importFile(picked.path, MAX_LETTER_BYTES);
      const brought: string[] = [fileId];
      return discarding(ctx, brought, async () => {
        const mail = isMail ? await ctx.reader.readMail(fileId) : null;
        const files: readonly ForeignAttachment[] = mail?.attachments ?? [
          { fileId, size, name: picked.name, isPdf: true },
        ];
        for (const file of mail?.attachments ?? []) {
          brought.push(file.fileId);
          await ctx.files.adopt(file.fileId);
        }
        const { attachments, main, warnings } = await readFiles(ctx, files);
        if (unlessOwn && !isMail && isOwnPage(ctx, main?.proposal ?? null)) throw new CodedError('OWN_LETTER');
        const { fields, reading, expressAt } = proposeFrom(main, mail);
        const at = ctx.clock.now().toISOString();
        const record: IncomingRecord = {
          id: ctx.ids.next(),
          revision: 1,
          state: 'arrived',
          bookId: bookOf(ctx.registers, 'incoming', fields.documentType),
          fields,
          numbered: null,
          reason: null,
          source: isMail ? 'e-mail' : 'scan',
          received: null,
          paperSenderCode: codeOfName(ctx.registers, fields.agencyName),
          reading,
          warnings,
          verification: main?.verification ?? null,
          expressAt,
          // Whoever took it in has it before her.
          opened: true,
          arrivedAt: at,
          createdAt: at,
          changedAt: at,
        };
        return transact(({ stores, record: note }) => {
          stores.incoming.insert(record, attachments);
          const named = { id: record.id, codeText: record.fields.codeText };
          keepReferences(stores, ctx, named, main?.proposal?.references ?? [], 'page');
          if (mail !== null) stores.incoming.addMail(record.id, mailRecord(fileId, mail));
          note('incoming', record.id, 'taken-in', {
            source: record.source,
            from: mail?.senderAddress ?? '',
            file: picked.name,
          });
          return asTarget(record);
        });
      });
    },
    'incoming.proposeScan': async ({ token }) => {
      const picked = await pick(ctx, token);
      const { fileId, size } = await ctx.files.importFile(picked.path, MAX_LETTER_BYTES);
      return discarding(ctx, [fileId], async () => {
        const page = await readScan(ctx, fileId);
        const { fields, reading } = proposeIncoming(noHeader, page);
        const file = { fileId, name: picked.name, size, pageCount: page.pageCount };
        return { file, fields, sources: reading.sources };
      });
    },
    'incoming.attachScan': async (input, _caller, transact) => {
      load(ctx.registers.incoming, input);
      const picked = await pick(ctx, input.token);
      const { fileId, size } = await ctx.files.importFile(picked.path, MAX_LETTER_BYTES);
      return discarding(ctx, [fileId], async () => {
        const { pageCount, references } = await readScan(ctx, fileId);
        return transact(({ stores, at, record: note }) => {
          const record = load(stores.incoming, input);
          if (record.state === 'returned') throw new CodedError('WRONG_STATE', { state: record.state, step: 'attach' });
          const files = stores.incoming.attachments(record.id);
          if (files.some((file) => file.fileId === fileId)) throw new CodedError('ATTACHED_ALREADY');
          // What came through the exchange stays what its sender sent.
          const isMain = record.received === null && !files.some(({ role }) => role === 'main');
          const scan: AttachmentRecord = {
            role: isMain ? 'main' : 'paper-scan',
            fileId,
            name: picked.name,
            size,
            pageCount,
          };
          const named = { id: record.id, codeText: record.fields.codeText };
          if (isMain) keepReferences(stores, ctx, named, references, 'page');
          stores.incoming.setFiles(record.id, isMain ? [scan, ...files] : [...files, scan]);
          // What somebody counted stands.
          const pageAmount = record.fields.pageAmount ?? (isMain ? pageCount : null);
          const fields = { ...record.fields, pageAmount };
          const next = { ...record, fields, revision: record.revision + 1, changedAt: at };
          stores.incoming.update(next);
          note('incoming', record.id, 'scan-attached', { file: picked.name });
          return asTarget(next);
        });
      });
    },
    'incoming.attachTo': (input, caller, transact) =>
      transact((tx) => {
        const { stores, at, record: note } = tx;
        const arrived = load(stores.incoming, input);
        // Only what waits to be registered, and that nobody on the exchange waits for.
        advance(incomingMachine, arrived, 'register', at);
        if (arrived.received !== null) throw new CodedError('WRONG_STATE', { state: arrived.state, step: 'attach' });
        const target = stores.incoming.find(input.targetId);
        if (target === null || target.id === arrived.id || target.state === 'returned')
          throw new CodedError('NOT_FOUND');
        const attached = attachedFiles(stores, arrived, target);
        const [file] = stores.incoming.attachments(arrived.id);
        stores.incoming.attach(arrived.id, target.id);
        stores.incoming.setFiles(target.id, attached);
        const isHere = arrived.fields.paper === 'arrived' && target.fields.paper !== 'arrived';
        const fields = isHere ? { ...target.fields, paper: 'arrived' as const } : target.fields;
        const next = { ...target, fields, revision: target.revision + 1, changedAt: at };
        stores.incoming.update(next);
        note('incoming', target.id, 'attached', { source: arrived.source, file: file?.name ?? '' });
        if (isHere) statePaperReceived(tx, ctx, next, caller.name);
        return asTarget(next);
      }),
    'incoming.discard': (input, _caller, transact) =>
      transact(({ stores, at, record: note }) => {
        const { reason } = input;
        const record = load(stores.incoming, input);
        const next = advance(incomingMachine, record, 'return', at, { reason });
        // That one is given back to its sender, who hears why.
        if (record.received !== null) throw new CodedError('HAS_SENDER');
        stores.incoming.update(next);
        note('incoming', record.id, 'discarded', { reason });
        return asTarget(next);
      }),
  };
}

/** When a document came that did not come through the exchange; null is today. @throws CodedError ARRIVAL_IN_FUTURE, ARRIVAL_TOO_EARLY */
export function arrivalOf(
  stores: Pick<ReadStores, 'books'>,
  bookId: string,
  day: string | null | undefined,
  at: string,
): string {
  if (day === null || day === undefined) return at;
  const today = vietnamDay(Date.parse(at));
  const lastYearIsClosed = stores.books.isYearClosed(bookId, vietnamYear(Date.parse(at)) - 1);
  const refusal: ArrivalRefusal | null = arrivalRefusal(day, { today, lastYearIsClosed });
  if (refusal !== null) throw new CodedError(refusal.code, { day, limit: refusal.limit });
  return day === today ? at : arrivalInstant(day);
}

async function pick(ctx: CoreContext, token: string): Promise<{ readonly path: string; readonly name: string }> {
  const picked = await ctx.shell.resolveToken(token);
  if (picked === null) throw new CodedError('FILE_TOKEN_EXPIRED');
  return picked;
}

/** What was brought and is not taken in does not stay. */
async function discarding<T>(ctx: CoreContext, fileIds: readonly string[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    for (const fileId of new Set(fileIds)) {
      if (!ctx.registers.files.isReferenced(fileId)) await ctx.files.discard(fileId);
    }
    throw error;
  }
}

interface ReadFiles {
  readonly attachments: readonly AttachmentRecord[];
  readonly main: ReadPages | null;
  readonly warnings: readonly ReceptionWarning[];
}

/** The first PDF is the document itself. @throws CodedError SECRET_DOCUMENT, PDF_NOT_PDF, PDF_EMPTY */
async function readFiles(ctx: CoreContext, files: readonly ForeignAttachment[]): Promise<ReadFiles> {
  const warnings: ReceptionWarning[] = [];
  const attachments: AttachmentRecord[] = [];
  let main: ReadPages | null = null;
  for (const { isPdf, ...file } of files) {
    const pages = isPdf ? await readPages(ctx, file.fileId, warnings) : null;
    const none = warnings.find((code) => code === 'PDF_NOT_PDF' || code === 'PDF_EMPTY');
    if (none !== undefined) throw new CodedError(none);
    refuseSecret(pages?.proposal?.secrecyMark ?? null);
    const role = pages !== null && main === null ? 'main' : 'appendix';
    attachments.push({ ...file, role, pageCount: pages?.pageCount ?? null });
    main ??= pages;
  }
  return { attachments, main, warnings: [...new Set(warnings)] };
}

/** The page names an agency for sure, and it is this office or the body that it serves. */
function isOwnPage(ctx: CoreContext, page: Proposal | null): boolean {
  if (page === null || page.agency === null || page.confidence.agency < SURE_CONFIDENCE) return false;
  return !isOutsideOffice(ctx, { agency: page.agency, parentAgency: page.parentAgency, sure: true });
}

/** What the page of a scan says. @throws CodedError SECRET_DOCUMENT, those of the PDF_ family */
async function readScan(ctx: CoreContext, fileId: string): Promise<Proposal> {
  const page = await ctx.reader.readPage(fileId);
  refuseSecret(page.secrecyMark);
  return page;
}

/** The scan of a paper that is being registered, as its document keeps it. @throws CodedError as `readScan`, FILE_MISSING */
export async function takeScan(
  ctx: CoreContext,
  { fileId, name }: { readonly fileId: string; readonly name: string },
): Promise<{
  readonly main: AttachmentRecord;
  readonly regions: Reading['regions'];
  readonly references: Proposal['references'];
}> {
  const page = await readScan(ctx, fileId);
  const size = await ctx.files.size(fileId);
  const { regions } = proposeIncoming(noHeader, page).reading;
  return {
    main: { role: 'main', fileId, name, size, pageCount: page.pageCount },
    regions,
    references: page.references,
  };
}

/** Luật Bảo vệ bí mật nhà nước: such a document must not stay on a networked machine. */
function refuseSecret(mark: string | null): void {
  if (mark !== null) throw new CodedError('SECRET_DOCUMENT', { mark });
}

/** What the page says; where it says nothing, who wrote the e-mail about what, which asks to be checked. */
function proposeFrom(main: ReadPages | null, mail: ForeignMail | null): ProposedIncoming {
  const proposed = proposeIncoming(noHeader, main?.proposal ?? null);
  if (mail === null) return proposed;
  const { sources } = proposed.reading;
  const subject = saysNothing(mail.subject) ? '' : mail.subject;
  const agencyName = sources['agencyName'] === 'none' ? mail.senderName.slice(0, 200) : proposed.fields.agencyName;
  const abstract = sources['abstract'] === 'none' && subject !== '' ? subject : proposed.fields.abstract;
  const checked = (name: 'agencyName' | 'abstract', value: string) =>
    value === proposed.fields[name] ? {} : { [name]: 'check' as const };
  return {
    ...proposed,
    fields: { ...proposed.fields, agencyName, abstract },
    reading: {
      ...proposed.reading,
      sources: { ...sources, ...checked('agencyName', agencyName), ...checked('abstract', abstract) },
    },
  };
}

/** Of what comes without an envelope. */
const { attachments: _none, ...nothingSaid } = blankDocument;
const noHeader: ForeignEnvelope = { ...nothingSaid, kind: 'document', envelopeSignature: 'absent', warnings: [] };

function mailRecord(fileId: string, mail: ForeignMail): MailRecord {
  const { format, senderName, senderAddress, subject, sentAt } = mail;
  return { fileId, format, senderName, senderAddress, subject, sentAt };
}

/** The files of both. Beside what its sender sent through the exchange all others are scans: what is sent again is compared with it. */
function attachedFiles(
  { incoming }: Pick<ReadStores, 'incoming'>,
  arrived: IncomingRecord,
  target: IncomingRecord,
): readonly AttachmentRecord[] {
  const there = incoming.attachments(target.id);
  const fresh = incoming.attachments(arrived.id).filter(({ fileId }) => !there.some((file) => file.fileId === fileId));
  const lacksMain = target.received === null && !there.some(({ role }) => role === 'main');
  const added = fresh.map((file): AttachmentRecord => {
    if (file.role === 'main') return lacksMain ? file : { ...file, role: 'paper-scan' };
    return target.received === null ? file : { ...file, role: 'paper-scan' };
  });
  return lacksMain ? [...added, ...there] : [...there, ...added];
}
