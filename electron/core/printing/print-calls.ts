import { formTitles } from '#shared/domain/printed-forms.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { capitalizeFirst } from '#shared/domain/vietnamese-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find, type AttachmentRecord } from '../documents/document-record.ts';
import { storeFile } from '../documents/stored-file.ts';
import { mainFile } from '../outgoing/main-file.ts';
import { handlingSheet } from './handling-sheet.ts';
import { handledDocument } from './handled-document.ts';
import { periodForm } from './period-form.ts';
import { printingOffice } from './printing-office.ts';
import { verificationSheet, type CheckedFile } from './verification-sheet.ts';

type PrintCalls = Pick<CoreHandlers, 'printing.form' | 'printing.handlingSheet' | 'printing.verification'>;

/** Forms of a period and of one document, as files to save or to print. */
export function printCalls(ctx: CoreContext, sight: Sight): PrintCalls {
  const { registers } = ctx;
  return {
    'printing.form': async ({ form, fromDay, toDay, format, ...look }, _caller, transact) => {
      const made = periodForm(registers, form, { fromDay, toDay }, ctx.clock.now(), sight.hidden());
      const days = `${formatVnDate(fromDay)}-${formatVnDate(toDay)}`.replaceAll('/', '.');
      const name = `${capitalizeFirst(formTitles[form].toLocaleLowerCase('vi'))} ${days}.${format}`;
      if (format === 'xlsx') {
        const file = await storeFile(ctx, await ctx.officeFiles.workbook([made.sheet()]), name);
        return transact(() => ({ file, pages: null, rows: made.rows }));
      }
      const { bytes, pages } = await ctx.officeFiles.form(made.printed(look));
      const file = await storeFile(ctx, bytes, name);
      return transact(() => ({ file, pages, rows: made.rows }));
    },
    'printing.handlingSheet': async ({ id }, _caller, transact) => {
      const now = ctx.clock.now();
      const document = handledDocument(registers, find(registers.incoming, id), now);
      const sheet = handlingSheet(document, printingOffice(registers), now);
      const { bytes, pages } = await ctx.officeFiles.sheet(sheet);
      const file = await storeFile(ctx, bytes, `Phiếu giải quyết ${document.arrivalNumber ?? ''}.pdf`);
      return transact(() => ({ file, pages }));
    },
    'printing.verification': async ({ direction, id, format }, _caller, transact) => {
      const checked = await checkFile(ctx, direction, id);
      const name = `Kiểm tra chữ ký ${checked.document.codeText.replaceAll('/', '-')}`.trim();
      const bytes =
        format === 'json'
          ? new TextEncoder().encode(JSON.stringify(checked, null, 2))
          : (await ctx.officeFiles.sheet(verificationSheet(checked, printingOffice(registers)))).bytes;
      const file = await storeFile(ctx, bytes, `${name}.${format}`);
      return transact(() => ({ file }));
    },
  };
}

/** Checks the file once more: trust, time and revocation may have changed since it was checked first. */
async function checkFile(ctx: CoreContext, direction: Direction, id: string): Promise<CheckedFile> {
  const { document, main, kept } = direction === 'incoming' ? arrivedFile(ctx, id) : ownFile(ctx, id);
  if (main === undefined) throw new CodedError('FILE_MISSING');
  const checkedAt = ctx.clock.now();
  const file = { name: main.name, sha256: main.fileId, size: main.size };
  return { document, file, checkedAt, report: await ctx.reader.verify(main.fileId, checkedAt), kept };
}

interface FileOfDocument extends Pick<CheckedFile, 'document' | 'kept'> {
  readonly main: AttachmentRecord | undefined;
}

function arrivedFile({ registers: { incoming } }: CoreContext, id: string): FileOfDocument {
  const { fields, verification } = find(incoming, id);
  const { documentType, codeText, date, abstract, agencyName } = fields;
  return {
    document: { documentType, codeText, date, abstract, agencyName },
    main: incoming.attachments(id).find(({ role }) => role === 'main'),
    kept: verification?.verdict ?? null,
  };
}

function ownFile({ registers: { outgoing, office } }: CoreContext, id: string): FileOfDocument {
  const record = find(outgoing, id);
  const { codeText, verification } = record;
  const { documentType, date, abstract } = record.fields;
  return {
    document: { documentType, codeText, date, abstract, agencyName: office.agency()?.name ?? '' },
    main: mainFile(record),
    kept: verification?.verdict ?? null,
  };
}
