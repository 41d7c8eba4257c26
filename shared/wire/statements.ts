/**
 * What an office states about documents that it sent or received. A statement is signed like every request, has an id of its
 * own under which it counts once, and is believed only from the one who may state it.
 */
import { z } from 'zod';
import { invitationAnswers } from '../domain/meeting.ts';
import { callOutcomes } from '../domain/watched-delivery.ts';
import { agencyCodeSchema, instantSchema, messageIdSchema } from './common.ts';
import { defineRoute, json } from './route.ts';

/** Most statements of one request: within the limit of a JSON body. */
export const MAX_STATEMENTS = 50;

const text = (max: number) => z.string().trim().max(max);
const required = (max: number) => text(max).min(1);

const statement = {
  /** Made by the workstation; the same statement again has the same id. */
  id: z.uuid(),
  /** The message that brought the document. */
  messageId: messageIdSchema,
  /** When it happened by the office's clock; the exchange's own time is kept beside it and counts. */
  at: instantSchema,
  /** Who did it. */
  person: text(200),
};
/** A sender names the recipient that it speaks of; a recipient speaks of its own delivery. */
const about = { recipient: agencyCodeSchema };

/** By the agency that received the document. */
const recipientStatements = [
  /** A person opened it: arriving is not opening. */
  z.strictObject({ ...statement, event: z.literal('opened') }),
  z.strictObject({ ...statement, event: z.literal('paper-received') }),
  /** One question at a time: the next one after its answer. */
  z.strictObject({ ...statement, event: z.literal('extension-asked'), until: instantSchema, reason: required(500) }),
  z.strictObject({
    ...statement,
    event: z.literal('invitation-answered'),
    answer: z.enum(invitationAnswers),
    /** Who comes instead, with the title and the number to reach them under. */
    attendee: text(200),
    title: text(200).default(''),
    phone: text(30).default(''),
    /** Why nobody comes. */
    note: text(500),
  }),
] as const;

/** By the agency that sent it. */
const senderStatements = [
  /** `item` is the number under which the post took it, on `day` in Việt Nam; empty for a courier of its own. */
  z.strictObject({
    ...statement,
    ...about,
    event: z.literal('paper-posted'),
    item: text(60),
    day: z.iso.date().optional(),
  }),
  z.strictObject({
    ...statement,
    ...about,
    event: z.literal('call-recorded'),
    phone: text(30),
    spokeTo: text(200),
    outcome: z.enum(callOutcomes),
    note: text(500),
  }),
  /** A person presses "Nhắc": the officer on duty is told once more, now. */
  z.strictObject({ ...statement, ...about, event: z.literal('reminder-asked') }),
  /** `question` is the id of the statement that asked; `until` the deadline from now on when it is granted, else the one asked for. */
  z.strictObject({
    ...statement,
    ...about,
    event: z.literal('extension-answered'),
    question: z.uuid(),
    granted: z.boolean(),
    until: instantSchema,
    reason: text(500),
  }),
  /** Another hour of "hỏa tốc hẹn giờ", from now on. */
  z.strictObject({ ...statement, ...about, event: z.literal('hour-changed'), expressAt: instantSchema }),
] as const;

export const statementSchema = z.discriminatedUnion('event', [...recipientStatements, ...senderStatements]);
export type Statement = z.infer<typeof statementSchema>;
export type StatedEvent = Statement['event'];

/** Statements that speak of the stating agency's own delivery. */
export const RECIPIENT_EVENTS: readonly StatedEvent[] = [
  'opened',
  'paper-received',
  'extension-asked',
  'invitation-answered',
];

export const STATEMENT_REFUSALS = [
  /** The agency neither sent nor received such a document, or may not state this of it. */
  'NOT_YOURS',
  /** Stated before under this id with other words. */
  'OTHER_CONTENT',
  /** More reminders or changes than one document may have. */
  'TOO_MANY',
  /** An hour or deadline that is past. */
  'IN_THE_PAST',
  /** The recipient has dealt with the document or sent it back, or the sender has recalled it. */
  'FINISHED',
  /** The document has no fixed hour that could be changed. */
  'NO_HOUR',
  /** The last question of this recipient has no answer yet. */
  'ALREADY_ASKED',
  /** An answer to a question that this recipient never asked. */
  'NOT_ASKED',
  /** The question was answered before, in other words. */
  'ALREADY_ANSWERED',
  /** Something that is said to have happened on a day to come. */
  'IN_THE_FUTURE',
] as const;

export const putStatements = defineRoute({
  method: 'POST',
  path: '/v1/statements',
  signed: true,
  body: json(z.object({ statements: z.array(statementSchema).min(1).max(MAX_STATEMENTS) })),
  answer: json(
    z.object({
      results: z.array(
        z.object({
          id: z.uuid(),
          /** null when it counts. A newer server may refuse for reasons this client does not know. */
          refused: z.string().nullable(),
        }),
      ),
    }),
  ),
});
