import { vietnamInstant } from '#shared/domain/vn-date.ts';
import type { OversightPeriod } from '../rules/oversight-period.ts';
import type { Database } from '../storage/database.ts';

/**
 * Writes the events behind the figures of a period as JSON lines, in pieces: memory does not grow with their number. What
 * came on paper alone is no delivery; its line says so by its event, and names the document by its number.
 * @param write takes some whole lines; the next are read when it is done
 */
export async function exportEvents(
  database: Pick<Database, 'transaction'>,
  period: OversightPeriod,
  write: (lines: string) => Promise<void>,
): Promise<void> {
  await database.transaction(async ({ oversight }) => {
    for await (const events of oversight.events(period)) {
      await write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    }
    const onPaper = await oversight.paperArrivals(period);
    const lines = onPaper.map(({ recipientCode, senderCode, code, day }) =>
      JSON.stringify({
        at: new Date(vietnamInstant(day, '00:00')),
        event: 'paper-only-arrived',
        documentId: code,
        sender: senderCode,
        recipient: recipientCode,
        urgency: 'normal',
        fixedHour: null,
        dueAt: null,
        expressLimitMinutes: null,
        paper: true,
        messageId: null,
      }),
    );
    if (lines.length > 0) await write(`${lines.join('\n')}\n`);
  });
}
