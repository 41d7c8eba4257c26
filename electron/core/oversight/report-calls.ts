import type { CallOutput } from '#shared/contract/contract.ts';
import { addresseeLines, REMINDER_SUBJECT, reminderParagraphs } from '#shared/domain/reminder-letter.ts';
import { addDays, formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { storeFile } from '../documents/stored-file.ts';
import type { ExchangeClient, OverseenPeriod } from '../ports/exchange.ts';
import { namedDelivery, type NamedDelivery, namedFigures, overseeingClient, valueOf } from './oversight-calls.ts';
import { MOST_SHEET_ROWS, oversightSheets } from './oversight-sheets.ts';

type ReportCalls = Pick<CoreHandlers, 'oversight.workbook' | 'oversight.reminder' | 'oversight.reminderFile'>;

/** Deliveries asked for at once. */
const PAGE = 1_000;
/** Letters looked through for one of the same type. */
const RECENT = 50;

/** What a supervising office makes of the figures: a workbook, and the letter that reminds all others. */
export function reportCalls(ctx: CoreContext): ReportCalls {
  return {
    'oversight.workbook': async ({ from, to }, _caller, transact) => {
      const period = { from, to };
      const client = await overseeingClient(ctx);
      const figures = await namedFigures(ctx, client, period);
      const which = figures.totals.received > MOST_SHEET_ROWS ? 'late' : 'all';
      const { deliveries, cut } = await newestDeliveries(ctx, client, period, which);
      const sheets = oversightSheets({ period, figures, deliveries, which, cut });
      const bytes = await ctx.officeFiles.workbook(sheets);
      const days = `${formatVnDate(from)}-${formatVnDate(addDays(to, -1))}`.replaceAll('/', '.');
      const file = await storeFile(ctx, bytes, `theo-doi-${days}.xlsx`);
      return transact(() => ({ file }));
    },
    'oversight.reminder': async ({ from, to }) => draftReminder(ctx, { from, to }),
    'oversight.reminderFile': async ({ page }, _caller, transact) => {
      const file = await storeFile(ctx, await ctx.officeFiles.letter(page), 'cong-van-nhac.docx');
      return transact(() => ({ file }));
    },
  };
}

async function newestDeliveries(
  ctx: CoreContext,
  client: ExchangeClient,
  period: OverseenPeriod,
  which: 'all' | 'late',
): Promise<{ readonly deliveries: readonly NamedDelivery[]; readonly cut: boolean }> {
  const deliveries: NamedDelivery[] = [];
  for (;;) {
    const last = deliveries.at(-1);
    const after = last && { availableAt: last.availableAt, messageId: last.messageId, recipient: last.recipient };
    const asked = { ...period, agency: null, which, after: after ?? null, limit: PAGE };
    const page = valueOf(await client.overseen(asked));
    deliveries.push(...page.deliveries.map((one) => namedDelivery(ctx, one)));
    if (!page.more || page.deliveries.length === 0) return { deliveries, cut: false };
    if (deliveries.length >= MOST_SHEET_ROWS) return { deliveries, cut: true };
  }
}

async function draftReminder(ctx: CoreContext, period: OverseenPeriod): Promise<CallOutput<'oversight.reminder'>> {
  const figures = await namedFigures(ctx, await overseeingClient(ctx), period);
  const { registers } = ctx;
  const own = registers.office.agency();
  const reminded = figures.agencies.filter(({ code }) => code !== own?.code);
  // Only those of today's directory can be written to.
  const recipients = reminded.flatMap(({ code }) => registers.agencies.find(code) ?? []);
  const office = own?.name ?? '';
  const today = vietnamDay(ctx.clock.now().getTime());
  return {
    page: {
      parentAgency: own === null ? '' : (provenAgency(ctx, own.code).parentName ?? ''),
      agency: office,
      ...lastLetterhead(ctx),
      subject: REMINDER_SUBJECT,
      month: Number(today.slice(5, 7)),
      year: Number(today.slice(0, 4)),
      addressees: recipients.length === 0 ? [EVERYBODY] : [...addresseeLines(recipients, groupsOf(ctx, own?.code))],
      paragraphs: reminderParagraphs({
        office,
        period,
        figures: { agencies: reminded, before: figures.before },
      }).map(({ text, sources }) => ({ text, sources: [...sources] })),
      recipientLines: ['Như trên', 'Lưu: VT'],
    },
    recipients,
  };
}

const EVERYBODY = 'Các cơ quan, đơn vị';

/** Collective names of the directory, with all others who bear them. */
function groupsOf({ registers }: CoreContext, own: string | undefined) {
  const groups = new Map<string, string[]>();
  for (const { code, groups: names } of registers.agencies.all()) {
    if (code === own) continue;
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), code]);
  }
  return [...groups].map(([name, codes]) => ({ name, codes }));
}

/** Ký hiệu, place and signer as the office's last công văn had them; empty for its first. */
function lastLetterhead({ registers, clock }: CoreContext) {
  const { rows } = registers.outgoing.list({
    box: 'sent',
    limit: RECENT,
    now: clock.now(),
  });
  const last = rows.find(({ documentType }) => documentType === 'Công văn');
  const fields = last && registers.outgoing.find(last.id)?.fields;
  return {
    notation: fields?.notation ?? '',
    place: fields?.place ?? '',
    authority: fields?.authority ?? '',
    signerTitle: fields?.signerTitle ?? '',
    signerName: fields?.signerName ?? '',
  };
}

/** What nobody saved is put aside with other files that no row needs. */
