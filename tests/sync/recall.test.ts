import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { addKeys, queueLetter } from '#tests/support/office-letters.ts';
import {
  arrivals,
  createSyncWorld,
  deliveryTo,
  foreignLetter,
  RECEIVER,
  SENDER,
  stateOf,
  syncOf,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import { organ } from '#tests/unit/edxml/sample-messages.ts';

let world: SyncWorld;
let sender: TestOffice;
let receiver: TestOffice;
/** The letter at its sender, and as it arrived. */
let letter: string;
let arrival: string;

beforeEach(async () => {
  world = createSyncWorld();
  sender = await world.enrolled(SENDER);
  receiver = await world.enrolled(RECEIVER);
  letter = await queueLetter(sender, await addKeys(sender), [RECEIVER]);
  await world.time.until('delivery', async () => (await stateOf(sender, letter)) === 'sent');
  await world.time.until('arrival', async () => (await arrivals(receiver)).length === 1);
  arrival = (await arrivals(receiver))[0]?.id ?? '';
});
afterEach(() => world.close());

const get = (id: string) => receiver.ok('incoming.get', { id });
const target = async (id: string) => {
  const { revision } = await get(id);
  return { id, revision };
};
const actions = async (id: string) => (await get(id)).history.map(({ action }) => action);

async function registered(): Promise<void> {
  const { fields } = await get(arrival);
  await receiver.ok('incoming.register', { ...(await target(arrival)), fields, acceptDuplicate: true });
}

/** The sender asks for its letter back; answers the id of the message's own arrival. */
async function recalled(): Promise<string> {
  const { revision } = await sender.ok('outgoing.get', { id: letter });
  await sender.ok('outgoing.recall', { id: letter, revision, reason: 'Sai thẩm quyền' });
  const known = new Set((await arrivals(receiver)).map(({ id }) => id));
  const find = async () => (await arrivals(receiver)).find(({ id }) => !known.has(id))?.id ?? null;
  await world.time.until('the recall', async () => (await find()) !== null);
  return (await find()) ?? '';
}

const answer = async (
  reply: { readonly answer: 'agreed' | 'refused'; readonly reason: string },
  id = arrival,
): Promise<void> => void (await receiver.ok('incoming.answerRecall', { ...(await target(id)), reply }));
const agreed = { answer: 'agreed', reason: '' } as const;
const refused = { answer: 'refused', reason: 'Đã giải quyết' } as const;
const heard = (wanted: 'agreed' | 'refused' | null) =>
  world.time.until('the answer', async () => (await deliveryTo(sender, letter, RECEIVER))?.recallAnswer === wanted);
/** Nothing leaves the receiver, which knows it: what is said now is not offered before its next try. */
const cutLine = async (): Promise<void> => {
  world.hub.line(RECEIVER).fail = () => ({ kind: 'offline', detail: 'no route' });
  await world.time.until('the end of the line', async () => (await syncOf(receiver)).state === 'offline');
};
const mendLine = (): void => {
  world.hub.line(RECEIVER).fail = () => null;
};

describe('a document that its sender wants back', () => {
  it('says so, with the reason, as does the message that asks; nothing is answered by itself', async () => {
    expect((await get(arrival)).recall).toBeNull();
    const asks = await recalled();
    const asked = { id: arrival, reason: 'Sai thẩm quyền', answer: null, told: false };
    expect((await get(arrival)).recall).toMatchObject(asked);
    expect((await get(asks)).recall).toMatchObject(asked);
    expect((await get(arrival)).history[0]).toMatchObject({
      action: 'recall-asked',
      actor: { kind: 'agency', id: SENDER },
      params: { reason: 'Sai thẩm quyền' },
    });
    const marks = (await arrivals(receiver)).map(({ id, recall }) => [id, recall]);
    expect(new Map(marks as [string, string][])).toEqual(
      new Map([
        [arrival, 'asked'],
        [asks, 'asks'],
      ]),
    );
    expect(await deliveryTo(sender, letter, RECEIVER)).toMatchObject({ recallAnswer: null });
  });

  it('that waits is given up: it and the message leave the box without a number, and the sender knows', async () => {
    const asks = await recalled();
    await answer(agreed);
    expect(await arrivals(receiver)).toEqual([]);
    expect((await get(arrival)).state).toBe('returned');
    expect((await get(asks)).recall).toMatchObject({ answer: 'agreed' });
    const { rows } = await receiver.ok('incoming.list', { box: 'done' });
    expect(new Map(rows.map(({ id, recall }) => [id, recall]))).toEqual(
      new Map([
        [arrival, 'agreed'],
        [asks, 'answered'],
      ]),
    );
    await heard('agreed');
    const { history } = await sender.ok('outgoing.get', { id: letter });
    expect(history[0]).toMatchObject({
      action: 'status-reported',
      params: { status: '15' },
      actor: { id: RECEIVER },
    });
    await world.time.until('the receipt', async () => (await get(arrival)).recall?.told === true);
    expect(await receiver.refused('incoming.undoRecallAnswer', await target(arrival))).toBe('RECALL_ANSWER_LEFT');
  });

  it('that is worked on is finished with its number, and cannot be opened again past the answer', async () => {
    await registered();
    await recalled();
    await answer(agreed);
    const given = await get(arrival);
    expect(given).toMatchObject({ state: 'done', arrivalNumber: 1, handling: { stage: 'finished' } });
    expect(given.handling.outcome).toMatchObject({ kind: 'no-answer', reason: expect.stringContaining('thu hồi') });
    await heard('agreed');
    // 15 alone: that work on it was completed is nobody's word.
    expect(given.statusesSent.map(({ code }) => code)).not.toContain('06');
    expect(await receiver.refused('handling.reopen', { ...(await target(arrival)), reason: 'x' })).toBe(
      'RECALL_AGREED',
    );
  });

  it('is kept with a reason that the sender reads; the other answer later is the last word, and ends the work', async () => {
    await registered();
    await recalled();
    const input = { ...(await target(arrival)), reply: { answer: 'refused', reason: ' ' } };
    expect(await receiver.refused('incoming.answerRecall', input as never)).toBe('INVALID_INPUT');
    await answer(refused);
    expect((await get(arrival)).state).toBe('registered');
    await heard('refused');
    expect(await deliveryTo(sender, letter, RECEIVER)).toMatchObject({
      recallReason: 'Đã giải quyết',
      state: 'accepted',
    });
    await answer(agreed);
    await heard('agreed');
    expect((await get(arrival)).state).toBe('done');
    await answer({ answer: 'refused', reason: 'Bấm nhầm' });
    expect((await get(arrival)).state).toBe('registered');
    await heard('refused');
    expect((await get(arrival)).statusesSent.map(({ code }) => code).filter((code) => code > '10')).toEqual([
      '16',
      '15',
      '16',
    ]);
  });

  it('is as before when the answer is taken back before it leaves, and the sender hears nothing', async () => {
    const asks = await recalled();
    await cutLine();
    await answer(agreed);
    const undone = await receiver.ok('incoming.undoRecallAnswer', await target(arrival));
    expect(undone.state).toBe('arrived');
    expect((await get(arrival)).recall).toMatchObject({ answer: null });
    expect((await arrivals(receiver)).map(({ id }) => id).toSorted()).toEqual([arrival, asks].toSorted());
    expect(await actions(arrival)).toEqual(expect.arrayContaining(['recall-agreed', 'recall-answer-undone']));
    expect(await receiver.refused('incoming.undoRecallAnswer', await target(arrival))).toBe('WRONG_STATE');
    await registered();
    await answer(agreed);
    // The other answer takes the place of one that has not left.
    await answer(refused);
    expect(await get(arrival)).toMatchObject({ state: 'registered', handling: { stage: 'registered' } });
    mendLine();
    await heard('refused');
    const { history } = await sender.ok('outgoing.get', { id: letter });
    expect(history.filter(({ params }) => params['status'] === '15')).toEqual([]);
  });

  it('after an answer that left, taking the next one back leaves the first', async () => {
    await registered();
    await recalled();
    await answer(refused);
    await heard('refused');
    await cutLine();
    await answer(agreed);
    await receiver.ok('incoming.undoRecallAnswer', await target(arrival));
    expect(await get(arrival)).toMatchObject({ state: 'registered', recall: { answer: 'refused', told: true } });
  });

  it('after agreeing, refusing and taking that back, is given up again as the sender was told', async () => {
    const asks = await recalled();
    await answer({ answer: 'agreed', reason: 'Đã hủy bản in' });
    await heard('agreed');
    const { answeredAt } = (await get(arrival)).recall ?? {};
    await cutLine();
    await answer(refused);
    expect((await get(arrival)).state).toBe('arrived');
    const undone = await receiver.ok('incoming.undoRecallAnswer', await target(arrival));
    expect(undone.state).toBe('returned');
    expect(await get(arrival)).toMatchObject({
      state: 'returned',
      recall: { answer: 'agreed', answerReason: 'Đã hủy bản in', answeredAt, told: true },
    });
    expect((await get(asks)).state).toBe('returned');
    mendLine();
    // It is opened again by the other answer alone, as before.
    await answer({ answer: 'refused', reason: 'Bấm nhầm' });
    expect((await get(arrival)).state).toBe('arrived');
    await heard('refused');
  });

  it('is worked on until the other answer is taken back, and finished again then', async () => {
    await registered();
    await recalled();
    await answer(agreed);
    await heard('agreed');
    await cutLine();
    await answer(refused);
    expect((await get(arrival)).state).toBe('registered');
    await receiver.ok('incoming.undoRecallAnswer', await target(arrival));
    expect(await get(arrival)).toMatchObject({ state: 'done', handling: { stage: 'finished' } });
  });

  it('may be asked for by a status alone, by its sender and of what is here', async () => {
    const asks = (documentId: string, from = SENDER) =>
      writeEdxmlStatus({
        from: organ(from, 'Văn phòng'),
        responseFor: { organId: RECEIVER, code: '1/VP', promulgationDate: '2026-11-20', documentId },
        staff: { department: '', staff: '', mobile: '', email: '' },
        statusCode: '13',
        description: 'Gửi nhầm',
        timestamp: '2026-11-24T09:00:00+07:00',
      });
    const documentId = (await get(arrival)).received?.documentId ?? '';
    world.hub.slip(RECEIVER, 'H15.04', asks(documentId, 'H15.04'), { kind: 'status' });
    world.hub.slip(RECEIVER, SENDER, asks(documentId), { kind: 'status' });
    await world.time.until('the request', async () => (await get(arrival)).recall !== null);
    expect((await get(arrival)).recall).toMatchObject({ reason: 'Gửi nhầm', answer: null });
    expect((await receiver.ok('exchange.setAside', {})).messages.map(({ code }) => code)).toEqual([
      'STATUS_OF_UNKNOWN_DOCUMENT',
    ]);
    await answer(agreed);
    expect((await get(arrival)).state).toBe('returned');
  });

  it('that never came is answered in the place of the message that wants it back', async () => {
    const business = { docType: 1, reason: 'Thu hồi', documentId: '', receivers: [], replacements: [] };
    const bytes = foreignLetter('H15.04', 7, {
      business: { ...business, documentInfoUpdated: null, receiversUpdated: null, staff: null, paper: null },
    });
    world.hub.slip(RECEIVER, 'H15.04', bytes);
    await world.time.until('the recall', async () => (await arrivals(receiver)).length === 2);
    const asks = (await arrivals(receiver)).find(({ id }) => id !== arrival)?.id ?? '';
    expect((await get(asks)).recall).toMatchObject({ id: asks, reason: 'Thu hồi' });
    await answer(agreed, asks);
    expect((await arrivals(receiver)).map(({ id }) => id)).toEqual([arrival]);
  });

  it('is not answered where nobody asked', async () => {
    const input = { ...(await target(arrival)), reply: agreed };
    expect(await receiver.refused('incoming.answerRecall', input)).toBe('NO_RECALL');
  });
});
