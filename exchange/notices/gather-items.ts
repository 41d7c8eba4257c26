import { gatherMs } from '../rules/notice-rules.ts';
import type { NewNoticeItem } from '../storage/notice-store.ts';
import type { NoticeParts } from './notice-parts.ts';

/** Puts documents into the messages for their people, those for one person and way into one, and has each looked at when it is gathered. */
export async function gatherItems(parts: NoticeParts, items: readonly NewNoticeItem[], now: Date): Promise<void> {
  const begun = await parts.database.transaction(async ({ notices }) => {
    await notices.holdSteps(items);
    const alarms: { readonly id: string; readonly at: Date }[] = [];
    // In one order, so that two steps for the same person never wait for each other in a circle.
    for (const item of items.toSorted((a, b) => (a.channel < b.channel ? -1 : 1))) {
      const at = new Date(now.getTime() + gatherMs(item.express));
      const added = await notices.add(item, now, at);
      if (added?.isNew) alarms.push({ id: added.id, at });
    }
    return alarms;
  });
  for (const alarm of begun) await parts.alarm({ kind: 'notice', ...alarm });
}
