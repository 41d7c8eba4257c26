import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import { freePorts } from '#tests/support/free-port.ts';
import type { WaitingDelivery } from '#tests/support/simulation/look.ts';
import { openMailbox } from '#tests/support/simulation/mailbox.ts';
import type { SeededRandom } from '../faults/random.ts';
import type { GatewayOrder, GatewayReply } from './gateway-process.ts';
import { KillableProcess } from './killable-process.ts';

/** A message as it went to a telephone or mailbox. */
export interface HandedOver {
  readonly id: string;
  readonly channel: NoticeChannel;
  readonly to: string;
  readonly at: number;
  /** Documents it was about that somebody had opened before, and that it spoke of all the same. */
  readonly aboutOpened: number;
  /** Handed over though it had been answered as delivered. */
  readonly again: boolean;
}

export interface NetworkParts {
  readonly folder: string;
  /** Where the exchange will listen. */
  readonly exchangePort: number;
  readonly faults: SeededRandom;
  readonly now: () => number;
  readonly plan: (at: number, run: () => Promise<void>) => void;
  /** What the words of a message speak of, held against what has happened. */
  readonly spokenOf: (
    id: string,
    text: string,
  ) => Promise<{ readonly opened: number; readonly waiting: readonly WaitingDelivery[] }>;
  /** Somebody read a message on a telephone or in a mailbox. */
  readonly onTold: (deliveries: readonly WaitingDelivery[]) => void;
  /** How likely something is killed with a message. */
  readonly killShare: number;
  readonly killExchange: () => Promise<void>;
}

export interface Networks {
  readonly noticesFile: string;
  readonly handedOver: readonly HandedOver[];
  readonly gatewayKills: () => number;
  up(): Promise<void>;
  killGateway(): Promise<void>;
  /** @param whole whether the exchange noted what came of all that it handed over */
  endRound(whole: boolean): void;
  close(): Promise<void>;
}

/** Until an answer has left a process that is then killed. */
const ANSWERED_MS = 50;

/**
 * The networks: mostly they deliver, at times they lose an answer, refuse a number, say later what became of it or never; and
 * at times the gateway or the exchange is killed while a message is handed over.
 */
export async function openNetworks(parts: NetworkParts): Promise<Networks> {
  const { faults, now, plan, killShare } = parts;
  const handedOver: HandedOver[] = [];
  const delivered = new Set<string>();
  /** Mails of this round, of which an exchange that dies in it does not know that they arrived. */
  const taken = new Set<string>();
  const reports = new Map<number, (taken: boolean) => void>();
  let lastNumber = 0;

  const note = async (
    channel: NoticeChannel,
    { id, to, text }: { id: string; to: string; text: string },
  ): Promise<void> => {
    const { opened, waiting } = await parts.spokenOf(id, text);
    handedOver.push({ id, channel, to, at: now(), aboutOpened: opened, again: delivered.has(id) });
    parts.onTold(waiting);
  };

  const report = (number: number, id: string): void => {
    if (!faults.chance(0.97)) return;
    const state = faults.chance(0.03) ? ('failed' as const) : ('delivered' as const);
    const { kills } = gateway;
    plan(now() + faults.between(1, 40) * 1_000, async () => {
      // What it was to report is forgotten with the process.
      if (gateway.kills !== kills) return;
      const reported = new Promise<boolean>((resolve) => reports.set(number, resolve));
      gateway.tell({ type: 'report', number, state });
      const isTaken = await Promise.race([reported, gateway.ended().then(() => false)]);
      reports.delete(number);
      if (isTaken && state === 'delivered') delivered.add(id);
    });
  };

  const onAsked = async (asked: Extract<GatewayReply, { type: 'asked' }>): Promise<void> => {
    const { number } = asked;
    lastNumber = number;
    const answer = (how: Extract<GatewayOrder, { type: 'answer' }>['answer']): void =>
      gateway.tell({ type: 'answer', number, answer: how });
    const death = faults.next();
    // Killed before it went out, or right after; the one who hands over, or the one who takes.
    if (death < 4 * killShare) {
      if (death < 2 * killShare) await note('sms', asked);
      await (death % (2 * killShare) < killShare ? parts.killExchange() : killGateway());
      return;
    }
    if (death < 5 * killShare) {
      // Accepted, and gone with the process before it went out.
      answer('accept');
      await pause(ANSWERED_MS);
      await killGateway();
      return;
    }
    const fate = faults.next();
    if (fate < 0.012) return answer('busy');
    if (fate < 0.022) return answer('refuse');
    await note('sms', asked);
    report(number, asked.id);
    answer(fate < 0.042 ? 'hang-up' : 'accept');
  };

  const [port = 0] = await freePorts(1);
  const password = randomUUID();
  const gateway = new KillableProcess<GatewayOrder, GatewayReply>(
    'gateway-process.ts',
    () => [String(port), password, String(lastNumber + 1_000)],
    (reply) => {
      if (reply.type === 'asked') void onAsked(reply);
      if (reply.type === 'reported') reports.get(reply.number)?.(reply.taken);
    },
  );
  const killGateway = async (): Promise<void> => {
    await gateway.kill();
    await gateway.up();
  };

  const mailbox = await openMailbox(async (mail) => {
    if (faults.chance(killShare)) void parts.killExchange();
    const fate = faults.next();
    if (fate < 0.01) return 'busy';
    if (fate < 0.02) return 'refuse';
    await note('email', mail);
    if (fate < 0.04) return 'hang-up';
    taken.add(mail.id);
    return 'take';
  });

  const noticesFile = path.join(parts.folder, 'notices.json');
  await writeFile(path.join(parts.folder, 'gateway-password'), password, { mode: 0o600 });
  await writeFile(
    noticesFile,
    JSON.stringify({
      callbackUrl: `http://127.0.0.1:${parts.exchangePort}/v1/reports`,
      reportSecret: { file: 'gateway-password' },
      brandname: 'UBND TINH',
      sms: [
        {
          type: 'kannel',
          name: 'kannel',
          url: `http://127.0.0.1:${port}/cgi-bin/sendsms`,
          username: 'exchange',
          password: { file: 'gateway-password' },
        },
      ],
      smtp: { host: '127.0.0.1', port: mailbox.port, encryption: 'none', fromAddress: 'vanthu@tinh.gov.vn' },
    }),
  );
  return {
    noticesFile,
    handedOver,
    gatewayKills: () => gateway.kills,
    up: () => gateway.up(),
    killGateway,
    endRound: (whole) => {
      if (whole) for (const id of taken) delivered.add(id);
      taken.clear();
    },
    close: async () => {
      await gateway.kill();
      await mailbox.stop();
    },
  };
}
