import { z } from 'zod';
import { urgencies } from '../domain/urgency.ts';
import { instantSchema, messageIdSchema, sha256Schema } from './common.ts';
import { defineRoute, json } from './route.ts';

/** Longest time the server holds an inbox request open, in seconds. */
export const MAX_INBOX_WAIT_SECONDS = 25;
const MAX_INBOX_LIMIT = 200;

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

/** `cursor` is the `after` of the next request: the last item's seq, or the request's own when nothing came. */
const inboxPageSchema = z.object({
  items: z.array(inboxItemSchema),
  cursor: z.int().nonnegative(),
});
export type InboxPage = z.infer<typeof inboxPageSchema>;

/** What was delivered to the caller's agency after a sequence number; with `wait` held open while there is nothing. */
export const readInbox = defineRoute({
  method: 'GET',
  path: '/v1/inbox',
  signed: true,
  query: z.object({
    after: z.coerce.number<number>().int().nonnegative().default(0),
    limit: z.coerce.number<number>().int().min(1).max(MAX_INBOX_LIMIT).default(50),
    /** Seconds. */
    wait: z.coerce.number<number>().int().min(0).max(MAX_INBOX_WAIT_SECONDS).default(0),
  }),
  answer: json(inboxPageSchema),
});
