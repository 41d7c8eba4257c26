import { gatherMs } from '../rules/notice-rules.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import { hasChannel, type NoticeParts } from './notice-parts.ts';
import { runAlarm } from './run-alarm.ts';

/**
 * What a message that did not arrive was about is looked at now. Zalo gives way to a text message to the same number; where no
 * way of a step is left, the next step need not wait for its time.
 */
export async function noticeFailed(parts: NoticeParts, id: string): Promise<void> {
  const { database } = parts;
  const about = await database.notices.documentsOf(id);
  await giveWay(parts, id);
  for (const { messageId, recipientCode } of about) await runAlarm(parts, { messageId, recipientCode });
  parts.tell(watchersOf(about));
}

async function giveWay(parts: NoticeParts, id: string): Promise<void> {
  if (!hasChannel(parts, 'sms')) return;
  const now = parts.clock();
  const gathering = await parts.database.transaction(async ({ notices }) => {
    const row = await notices.hold(id);
    if (row?.channel !== 'zalo') return [];
    const { address, person, agencyCode, express } = row;
    const dueAt = new Date(now.getTime() + gatherMs(express));
    const begun: { readonly id: string; readonly at: Date }[] = [];
    for (const { messageId, recipientCode, stepKey } of await notices.documentsOf(id)) {
      const item = { channel: 'sms' as const, address, person, agencyCode, express, messageId, recipientCode, stepKey };
      const added = await notices.add(item, now, dueAt);
      if (added?.isNew) begun.push({ id: added.id, at: dueAt });
    }
    return begun;
  });
  for (const { id: begun, at } of gathering) await parts.alarm({ kind: 'notice', id: begun, at });
}
