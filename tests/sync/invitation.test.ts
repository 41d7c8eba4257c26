import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, queueLetter } from '#tests/support/office-letters.ts';
import {
  arrivals,
  createSyncWorld,
  foreignLetter,
  RECEIVER,
  SENDER,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import type { VirtualTime } from '#tests/support/virtual-time.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';

let all: SyncWorld;
let hub: OfficeHub;
let world: VirtualTime;
beforeEach(() => {
  all = createSyncWorld();
  ({ hub, time: world } = all);
});
afterEach(async () => await all.close());

const inDays = (days: number): string =>
  new Date(Math.round((world.clock.now().getTime() + days * 86_400_000) / 60_000) * 60_000).toISOString();
const meeting = (): Partial<OutgoingFields> => ({
  documentType: 'Giấy mời',
  notation: 'GM-VP',
  meetingAt: inDays(3),
  meetingEndsAt: inDays(3.1),
  meetingPlace: 'Phòng họp số 1, 09 Lê Duẩn',
  meetingChair: 'Đồng chí Chủ tịch UBND tỉnh',
  meetingLink: 'https://hop.example.invalid/1',
  meetingPapers: 'Báo cáo quý I',
});

/** An invitation that went from one office to the other. */
async function invited(fields = meeting()) {
  const sender = await all.enrolled(SENDER);
  const receiver = await all.enrolled(RECEIVER);
  const sentId = await queueLetter(sender, await addKeys(sender), [RECEIVER], { fields });
  const [row] = await world.until('the arrival', async () => {
    const rows = await arrivals(receiver);
    return rows.length > 0 ? rows : null;
  });
  return { sender, receiver, sentId, id: row?.id ?? '' };
}

const meetingOf = (fields: Partial<OutgoingFields>) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith('meeting')));
const stated = () => hub.stated.filter(({ statement }) => statement.event === 'invitation-answered');
const replyIn = async (office: TestOffice, id: string) => (await office.ok('incoming.get', { id })).reply;

describe('an invitation', () => {
  it('brings its meeting in the message, which the list and the calendar have', async () => {
    const { receiver, id } = await invited();
    const { fields, fieldSources, meetingAt } = await receiver.ok('incoming.get', { id });
    const sent = meeting();
    expect(fields).toMatchObject({ documentType: sent.documentType, ...meetingOf(sent) });
    expect([meetingAt, fieldSources['meetingAt']]).toEqual([sent.meetingAt, 'header']);
    const { text } = await receiver.ok('incoming.calendar', { id });
    expect(text).toContain('LOCATION:Phòng họp số 1\\, 09 Lê Duẩn');
  });

  it('is answered without a line, and the sender gets the last answer', async () => {
    const { sender, receiver, sentId, id } = await invited();
    const line = hub.line(RECEIVER);
    line.fail = (call) => (call === 'statements' ? { kind: 'offline', detail: 'no route' } : null);
    await receiver.ok('incoming.answerInvitation', { id, reply: { answer: 'no', reason: 'Bận họp Tỉnh ủy' } });
    expect(await replyIn(receiver, id)).toMatchObject({ answer: 'no', note: 'Bận họp Tỉnh ủy', state: 'waiting' });
    expect(stated()).toEqual([]);
    const substitute = {
      answer: 'substitute',
      attendee: 'H’Linh Êban',
      title: 'Phó Giám đốc',
      phone: '0905 000 001',
    } as const;
    await receiver.ok('incoming.answerInvitation', { id, reply: substitute });
    line.fail = () => null;
    await world.until('both answers', () => stated().length === 2, 10 * 60_000);
    // A line that breaks between them may turn their order round; their times tell which is the last.
    const answers = stated()
      .flatMap(({ statement }) => (statement.event === 'invitation-answered' ? [statement] : []))
      .toSorted((a, b) => a.at.localeCompare(b.at));
    expect(answers.map(({ answer }) => answer)).toEqual(['no', 'substitute']);
    expect(new Set(answers.map(({ at }) => at)).size).toBe(2);
    expect(await replyIn(receiver, id)).toMatchObject({ ...substitute, note: '', state: 'done' });

    const last = answers.at(-1);
    const at = world.clock.now().toISOString();
    const { attendee, title, phone, answer } = substitute;
    const invitation = { answer, attendee, title, phone, note: '', at };
    hub.watch(watchedDelivery({ messageId: last?.messageId ?? '', sender: SENDER, recipient: RECEIVER, invitation }));
    const detail = await world.until('the answer', async () => {
      const found = await sender.ok('outgoing.get', { id: sentId });
      return found.watched.some(({ delivery }) => delivery.invitation !== null) ? found : null;
    });
    expect(detail.watched[0]?.delivery.invitation).toEqual(invitation);
    expect(detail.history.filter(({ action }) => action === 'invitation-answered')).toMatchObject([
      { at, params: { answer: 'substitute', attendee: 'H’Linh Êban' } },
    ]);
  });

  it('that the exchange does not count says so', async () => {
    const { receiver, id } = await invited();
    hub.judge = ({ event }) => (event === 'invitation-answered' ? 'NOT_YOURS' : null);
    await receiver.ok('incoming.answerInvitation', { id, reply: { answer: 'yes' } });
    await world.until('the refusal', async () => (await replyIn(receiver, id))?.state === 'refused');
    expect(await replyIn(receiver, id)).toMatchObject({ answer: 'yes', errorCode: 'NOT_YOURS' });
  });

  it('needs a reason or a name, and is only answered where there is one', async () => {
    const { receiver, id } = await invited();
    for (const reply of [
      { answer: 'no', reason: ' ' },
      { answer: 'substitute', attendee: '', title: '', phone: '' },
    ] as const) {
      expect(await receiver.refused('incoming.answerInvitation', { id, reply })).toBe('INVALID_INPUT');
    }
    const letter = await invitedTo(receiver);
    expect(await receiver.refused('incoming.answerInvitation', { id: letter, reply: { answer: 'yes' } })).toBe(
      'NOT_INVITED',
    );
    expect(await receiver.refused('incoming.calendar', { id: letter })).toBe('NO_MEETING_HOUR');
  });

  it.each([
    ['MEETING_GONE', () => ({ meetingAt: inDays(-1), meetingEndsAt: null })],
    ['MEETING_START_MISSING', () => ({ meetingAt: null })],
    ['MEETING_ENDS_BEFORE_START', () => ({ meetingEndsAt: inDays(2) })],
    ['MEETING_TOO_LONG', () => ({ meetingEndsAt: inDays(40) })],
  ])('%s stops the approval', async (code, change) => {
    const sender = await all.enrolled(SENDER);
    await all.enrolled(RECEIVER);
    await expect(approvedDraft(sender, [RECEIVER], { fields: { ...meeting(), ...change() } })).rejects.toThrow(code);
    await approvedDraft(sender, [RECEIVER], { fields: { ...meeting(), ...change(), documentType: 'Công văn' } });
  });
});

/** A letter of another kind, arrived at the office. */
async function invitedTo(office: TestOffice): Promise<string> {
  hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 7));
  const row = await world.until('the letter', async () =>
    (await arrivals(office)).find(({ codeText }) => codeText === '7/SNV-VP'),
  );
  return row.id;
}
