import { z } from 'zod';
import { urgencies } from '../domain/urgency.ts';
import { instantSchema, messageIdSchema, sha256Schema } from './common.ts';
import { defineRoute, json } from './route.ts';

/** Longest time the server holds an inbox request open, in seconds. */
export const MAX_INBOX_WAIT_SECONDS = 25;
const MAX_INBOX_LIMIT = 200;

/**
 * Where a reader of changed deliveries stands, in the epoch of its page. Whoever has none, or one of another epoch, reads from
 * the start; reading something again changes nothing.
 */
export const watchPositionSchema = z.string().regex(/^\d{1,20}$/);

const inboxItemSchema = z.object({
  seq: z.int().positive(),
  kind: z.enum(['document', 'status']),
  messageId: messageIdSchema,
  from: z.string(),
  size: z.int().nonnegative(),
  sha256: sha256Schema,
  acceptedAt: instantSchema,
  urgency: z.enum(urgencies),
});
export type InboxItem = z.infer<typeof inboxItemSchema>;

/** A number means something only in the sequence that gave it: an exchange restored from a copy gives numbers again. */
export const epochSchema = z.uuid();

const inboxPageSchema = z.object({
  /** The sequence that the numbers of this page belong to. */
  epoch: epochSchema,
  /** Last number of the sequence. */
  last: z.int().nonnegative(),
  /**
   * Whether the position that was asked from is one of this sequence. When it is not, there are no items, and whoever
   * asks reads from the start.
   */
  continues: z.boolean(),
  items: z.array(inboxItemSchema),
  /** The `after` of the next request: the last item's seq, or the request's own when nothing came. */
  cursor: z.int().nonnegative(),
  /** Messages of the caller's own agency whose bytes the exchange lost: it asks for them again, under the same ids. */
  resend: z.array(messageIdSchema),
  /** How far the deliveries that the caller watches have changed (`readWatch`). */
  watch: watchPositionSchema,
});
export type InboxPage = z.infer<typeof inboxPageSchema>;

/**
 * What was delivered to the caller's agency after a position; with `wait` held open while there is nothing. A position is
 * a number, the epoch that gave it, and the message that stands there; the start needs no more than 0.
 */
export const readInbox = defineRoute({
  method: 'GET',
  path: '/v1/inbox',
  signed: true,
  query: z.object({
    after: z.coerce.number<number>().int().nonnegative().default(0),
    epoch: epochSchema.optional(),
    /** The message with the number `after`. */
    anchor: messageIdSchema.optional(),
    limit: z.coerce.number<number>().int().min(1).max(MAX_INBOX_LIMIT).default(50),
    /** The `watch` of the last page: the answer does not wait when it is another now. */
    watch: watchPositionSchema.optional(),
    /** Seconds. */
    wait: z.coerce.number<number>().int().min(0).max(MAX_INBOX_WAIT_SECONDS).default(0),
  }),
  answer: json(inboxPageSchema),
});
