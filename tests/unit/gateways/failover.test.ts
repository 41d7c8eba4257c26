import { describe, expect, test } from 'vitest';
import { createFailover } from '#exchange/gateways/failover.ts';
import type { NoticeGateway, Outcome } from '#exchange/gateways/notice-gateway.ts';
import { outcomesOf } from '#exchange/gateways/outcomes.ts';
import { never, notice } from './gateway-fixtures.ts';

const { accepted, unsure, retry, rejected } = outcomesOf('x', []);

function gateways(...outcomes: readonly Outcome[]) {
  const asked: string[] = [];
  const all = outcomes.map((outcome, at): NoticeGateway => {
    const name = String(at);
    const send = async (): Promise<Outcome> => {
      asked.push(name);
      return outcome;
    };
    return { channel: 'sms', name, send, close: async () => {} };
  });
  return { asked, failover: createFailover(all) };
}

describe('gateways in order', () => {
  test.each([
    ['a gateway that takes it ends the search', [accepted('1', ''), accepted('2', '')], 'accepted', 1],
    ['one that cannot is passed over', [retry('unreachable', ''), accepted('2', '')], 'accepted', 2],
    ['one whose account is empty is passed over', [rejected('quota', ''), accepted('2', '')], 'accepted', 2],
    ['after one that may have sent it no other is asked', [unsure(''), accepted('2', '')], 'unsure', 1],
    ['a wrong number is wrong everywhere', [rejected('invalid-number', ''), accepted('2', '')], 'rejected', 1],
    ['none can: later', [rejected('quota', ''), retry('throttled', '')], 'retry', 2],
    ['none can: later, in any order', [retry('throttled', ''), rejected('quota', '')], 'retry', 2],
    ['none will', [rejected('quota', ''), rejected('credentials', '')], 'rejected', 2],
  ] as const)('%s', async (_, outcomes, kind, asked) => {
    const world = gateways(...outcomes);
    expect((await world.failover.send(notice(), never)).kind).toBe(kind);
    expect(world.asked).toHaveLength(asked);
  });

  test('are not asked any more after an abort', async () => {
    const world = gateways(retry('aborted', ''), accepted('2', ''));
    expect((await world.failover.send(notice(), AbortSignal.abort())).kind).toBe('retry');
    expect(world.asked).toEqual(['0']);
  });
});
