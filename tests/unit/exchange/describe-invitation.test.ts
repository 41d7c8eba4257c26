import { describe, expect, it } from 'vitest';
import { describeDelivery } from '#exchange/use-cases/describe-delivery.ts';

type Row = Parameters<typeof describeDelivery>[0];

/** What a sender sees of a recipient that stated these answers, in the order in which the exchange heard them. */
function answered(...answers: readonly (readonly [heard: string, stated: string, params: object])[]) {
  const times = { expressAt: null, dueAt: null, fetchedAt: null, openedAt: null, returnedAt: null, registeredAt: null };
  const more = { finishedAt: null, recalledAt: null, paperPostedAt: null, paperReceivedAt: null, lastContactAt: null };
  const row = {
    ...times,
    ...more,
    availableAt: new Date('2026-03-10T01:00:00.000Z'),
    notices: [],
    events: answers.map(([heard, stated, params]) => ({
      at: new Date(heard),
      event: 'invitation-answered',
      key: heard,
      params: { attendee: '', title: '', phone: '', note: '', statedAt: stated, ...params },
    })),
  };
  return describeDelivery(row as unknown as Row, []).invitation;
}

describe('the answer to an invitation', () => {
  it('is the last one that was given', () => {
    const said = { answer: 'substitute', attendee: 'A', title: 'Phó Chủ tịch', phone: '0905' };
    expect(
      answered(
        ['2026-03-10T02:00:00.000Z', '2026-03-10T01:59:00.000Z', { answer: 'yes' }],
        ['2026-03-10T03:00:00.000Z', '2026-03-10T02:59:00.000Z', said],
      ),
    ).toEqual({ ...said, note: '', at: '2026-03-10T03:00:00.000Z' });
  });

  it('is not an earlier one that a broken line brought later', () => {
    expect(
      answered(
        ['2026-03-10T03:00:00.000Z', '2026-03-10T02:59:00.000Z', { answer: 'yes' }],
        ['2026-03-10T04:00:00.000Z', '2026-03-10T01:59:00.000Z', { answer: 'no', note: 'Bận' }],
      ),
    ).toMatchObject({ answer: 'yes', at: '2026-03-10T03:00:00.000Z' });
  });

  it('is none while there is none', () => {
    expect(answered()).toBeNull();
  });
});
