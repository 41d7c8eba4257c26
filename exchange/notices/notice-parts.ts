import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import type { NoticeGateway } from '../gateways/notice-gateway.ts';
import { Turns } from '../rules/turns.ts';
import type { Database } from '../storage/database.ts';

/** What the machine that tells people works with. */
export interface NoticeParts {
  readonly database: Database;
  /** At most one for each channel, which may try several in turn; a channel without one cannot be used. */
  readonly gateways: readonly NoticeGateway[];
  readonly clock: () => Date;
  /** Somebody watches what changed. */
  readonly tell: (agencyCodes: readonly string[]) => void;
  /** For an hour that was planned: the same work is done by the next round should this fail. */
  readonly alarm: (alarm: Alarm) => Promise<void>;
  /** One message at a time to one person, in the order of asking. */
  readonly lanes: Turns;
  /** Parts of text messages that may be sent to an agency's officers in a month; null = as many as there are. */
  readonly partsPerMonth: (agencyCode: string) => number | null;
}

/** Something that must be done at an instant. */
export type Alarm =
  | { readonly kind: 'delivery'; readonly messageId: string; readonly recipientCode: string; readonly at: Date }
  | { readonly kind: 'notice'; readonly id: string; readonly at: Date };

/** Lanes that nobody uses yet. */
export function openLanes(): Turns {
  return new Turns(1, Infinity);
}

export function gatewayOf(
  { gateways }: Pick<NoticeParts, 'gateways'>,
  channel: NoticeChannel,
): NoticeGateway | undefined {
  return gateways.find((gateway) => gateway.channel === channel);
}

export function hasChannel(parts: Pick<NoticeParts, 'gateways'>, channel: NoticeChannel): boolean {
  return gatewayOf(parts, channel) !== undefined;
}
