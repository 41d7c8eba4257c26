import type { NoticedDocument } from '../storage/notice-store.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import { gatherItems } from './gather-items.ts';
import { hasChannel, type NoticeParts } from './notice-parts.ts';
import { runAlarm } from './run-alarm.ts';

/**
 * What a message that did not arrive was about is looked at now. Zalo gives way to a text message to the same number; where no
 * way of a step is left, the next step need not wait for its time.
 */
export async function noticeFailed(parts: NoticeParts, id: string): Promise<void> {
  const { database } = parts;
  const about = await database.notices.documentsOf(id);
  await giveWay(parts, id, about);
  for (const { messageId, recipientCode } of about) await runAlarm(parts, { messageId, recipientCode });
  parts.tell(watchersOf(about));
}

async function giveWay(parts: NoticeParts, id: string, about: readonly NoticedDocument[]): Promise<void> {
  if (!hasChannel(parts, 'sms')) return;
  const row = await parts.database.notices.find(id);
  if (row?.channel !== 'zalo') return;
  const { address, person, agencyCode, express } = row;
  const items = about.map(({ messageId, recipientCode, stepKey }) => ({
    channel: 'sms' as const,
    address,
    person,
    agencyCode,
    express,
    messageId,
    recipientCode,
    stepKey,
  }));
  await gatherItems(parts, items, parts.clock());
}
