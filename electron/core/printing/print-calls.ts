import { formTitles } from '#shared/domain/printed-forms.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { capitalizeFirst } from '#shared/domain/vietnamese-text.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import { storeFile } from '../documents/stored-file.ts';
import { handlingSheet } from './handling-sheet.ts';
import { handledDocument } from './handled-document.ts';
import { periodForm } from './period-form.ts';
import { printingOffice } from './printing-office.ts';

type PrintCalls = Pick<CoreHandlers, 'printing.form' | 'printing.handlingSheet'>;

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
  };
}
