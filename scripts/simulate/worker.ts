/** The part of an exchange that tells people, in a process of its own so that it can be killed; its clock is its parent's. */
import { setFlagsFromString } from 'node:v8';
import type { Notice, NoticeGateway, Outcome } from '#exchange/gateways/notice-gateway.ts';
import { runRound } from '#exchange/notices/notice-machine.ts';
import { type DatabaseConnection, openDatabase } from '#exchange/storage/database.ts';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';

export type WorkerOrder =
  | { readonly type: 'round'; readonly now: string }
  | { readonly type: 'outcome'; readonly number: number; readonly outcome: Outcome };

export type WorkerReply =
  | { readonly type: 'send'; readonly number: number; readonly channel: NoticeChannel; readonly notice: Notice }
  | { readonly type: 'done'; readonly failures: readonly string[] };

setFlagsFromString('--max-semi-space-size=4');
const database = openDatabase(JSON.parse(process.argv[2] ?? '{}') as DatabaseConnection, () => undefined);
let now = new Date(0);
let sent = 0;
const waiting = new Map<number, (outcome: Outcome) => void>();
const reply = (message: WorkerReply): void => void process.send?.(message);

const gatewayOf = (channel: NoticeChannel): NoticeGateway => ({
  channel,
  name: channel,
  send: (notice) =>
    new Promise((answered) => {
      sent += 1;
      waiting.set(sent, answered);
      reply({ type: 'send', number: sent, channel, notice });
    }),
  close: async () => undefined,
});

const parts = {
  database,
  gateways: [gatewayOf('sms'), gatewayOf('email')],
  clock: () => now,
  tell: () => undefined,
  alarm: async () => undefined,
  partsPerMonth: () => null,
};

process.on('message', (order: WorkerOrder) => {
  if (order.type === 'outcome') {
    waiting.get(order.number)?.(order.outcome);
    waiting.delete(order.number);
    return;
  }
  now = new Date(order.now);
  runRound(parts, new AbortController().signal).then(
    (failures) => reply({ type: 'done', failures: failures.map(String) }),
    (error: unknown) => reply({ type: 'done', failures: [String(error)] }),
  );
});
process.on('disconnect', () => process.exit());
