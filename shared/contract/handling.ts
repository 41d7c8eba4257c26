import { z } from 'zod';
import { assignmentParts, handlingStages, outcomeKinds, remarkKinds, remarkVoices } from '../domain/handling.ts';
import { incomingStates } from '../domain/incoming-state.ts';
import { daySchema, idSchema, instantSchema, revisionSchema, shortText, target } from './common.ts';
import { command, query } from './define.ts';
import { writtenMessageErrors } from './error-groups.ts';

const remarkText = z.string().trim().max(2000);
const assigneeKindSchema = z.enum(['unit', 'person']);

/** Who is to have a document, and with which part in it. */
export const assigneeSchema = z.strictObject({
  part: z.enum(assignmentParts),
  kind: assigneeKindSchema,
  id: idSchema,
});

/** How an incoming document is finished. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('letter'), answerId: idSchema }),
  z.strictObject({ kind: z.literal('by-hand'), codeText: shortText.min(1), date: daySchema.nullable() }),
  z.strictObject({ kind: z.literal('no-answer'), reason: remarkText.min(1) }),
]);
export type GivenOutcome = z.infer<typeof outcomeSchema>;

export const remarkSchema = z.object({
  kind: z.enum(remarkKinds),
  voice: z.enum(remarkVoices),
  speakerName: z.string(),
  speakerTitle: z.string(),
  /** Differs from the speaker where the clerk copied what a leader wrote on paper. */
  writerName: z.string(),
  text: z.string(),
  at: instantSchema,
});
export type Remark = z.infer<typeof remarkSchema>;

export const assignmentSchema = z.object({
  part: z.enum(assignmentParts),
  kind: assigneeKindSchema,
  id: idSchema,
  name: z.string(),
  dueAt: instantSchema.nullable(),
  note: z.string(),
  assignedAt: instantSchema,
});

/** How a document was finished, as it is shown and printed. */
export const shownOutcomeSchema = z.object({
  kind: z.enum(outcomeKinds),
  answerId: idSchema.nullable(),
  codeText: z.string().nullable(),
  date: daySchema.nullable(),
  reason: z.string().nullable(),
});

/** The handling of one incoming document, beside what the book says of it. */
export const handlingSchema = z.object({
  stage: z.enum(handlingStages),
  /** The leader whose opinion is waited for. */
  askedLeader: z.object({ id: idSchema, name: z.string() }).nullable(),
  askedAt: instantSchema.nullable(),
  /** Who has it now; after it is finished, who had it then. */
  assignments: z.array(assignmentSchema),
  remarks: z.array(remarkSchema),
  finishedAt: instantSchema.nullable(),
  outcome: shownOutcomeSchema.nullable(),
  /** The sender has been told that it is finished, or may have been: undoing that is told as well, with a reason. */
  finishIsTold: z.boolean(),
  /** Put aside until this instant. */
  asideUntil: instantSchema.nullable(),
});
export type HandlingDetail = z.infer<typeof handlingSchema>;

const choiceSchema = z.object({
  kind: assigneeKindSchema,
  id: idSchema,
  name: z.string(),
  title: z.string(),
  unitName: z.string(),
  isLeader: z.boolean(),
  /** How often documents of the same sender were given there in the last 30 days. */
  times: z.int(),
});
export type HandlingChoice = z.infer<typeof choiceSchema>;

const targetSchema = z.object({ id: idSchema, revision: revisionSchema, state: z.enum(incomingStates) });

/** Several documents, each as the screen knows it. */
const targets = z.array(z.strictObject(target)).min(1).max(200);
/** What became of each of several documents: one that cannot go with the others does not hold them back. */
const answers = z.object({
  answers: z.array(
    z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), ...targetSchema.shape }),
      z.object({ ok: z.literal(false), id: idSchema, code: z.string() }),
    ]),
  ),
});
export type HandlingAnswers = z.infer<typeof answers>;

/** Từ khi vào sổ tới khi có văn bản trả lời: who leads, helps and decides, and what the sender is told of it. */
export const handling = {
  /** Who can be given a document of this sender, with what was chosen last. */
  choices: query({
    reads: ['incoming', 'people'],
    input: { agencyName: z.string().max(500) },
    output: z.object({
      choices: z.array(choiceSchema),
      last: z.array(assigneeSchema),
    }),
  }),
  /** Letters of this office that may answer the document, those that say so first. */
  answerCandidates: query({
    reads: ['incoming', 'outgoing'],
    input: { id: idSchema, text: z.string().max(200) },
    output: z.object({
      candidates: z.array(
        z.object({
          id: idSchema,
          codeText: z.string(),
          date: daySchema.nullable(),
          abstract: z.string(),
          named: z.boolean(),
        }),
      ),
    }),
  }),
  /** Trình: asks a leader for an opinion. */
  submit: command({
    may: ['records-clerk', 'officer'],
    input: { documents: targets, leaderId: idSchema, note: remarkText },
    output: answers,
    errors: ['NOT_A_LEADER'],
  }),
  /**
   * Ý kiến chỉ đạo. The leader gives it, or the clerk copies what a leader wrote on paper (`leaderId`).
   */
  direct: command({
    may: ['leader', 'records-clerk'],
    input: { ...target, leaderId: idSchema.nullable(), opinion: remarkText.min(1) },
    output: targetSchema,
    errors: ['NOT_A_LEADER'],
  }),
  /** Phân công: everybody who has it from now on, one of whom leads. Reports 04 the first time. */
  assign: command({
    may: ['leader', 'records-clerk'],
    input: {
      documents: targets,
      assignees: z.array(assigneeSchema).min(1).max(50),
      dueAt: instantSchema.nullable(),
      note: remarkText,
    },
    output: answers,
    errors: ['ONE_LEAD', 'ASSIGNED_TWICE', 'NOBODY_SUCH', 'IN_THE_PAST', ...writtenMessageErrors],
  }),
  /** Takes it back from one of those who have it. */
  callBack: command({
    may: ['leader', 'records-clerk'],
    input: { ...target, assignee: assigneeSchema.omit({ part: true }), reason: remarkText },
    output: targetSchema,
    errors: ['NOT_ASSIGNED'],
  }),
  /** Somebody works on it. Reports 05 the first time. */
  start: command({
    may: ['records-clerk', 'officer', 'leader'],
    input: target,
    output: targetSchema,
    errors: writtenMessageErrors,
  }),
  /** Undoes finishing: the status 06 is taken back while it has not left; afterwards 05 goes with the reason. */
  reopen: command({
    may: ['records-clerk', 'officer', 'leader'],
    input: { ...target, reason: remarkText },
    output: targetSchema,
    errors: ['REASON_NEEDED', 'RECALL_AGREED', ...writtenMessageErrors],
  }),
  /** One more entry of the thread; entries are never changed. */
  remark: command({
    may: 'everybody',
    input: { id: idSchema, text: remarkText.min(1) },
    output: z.object({ id: idSchema }),
    errors: ['NOT_REGISTERED'],
  }),
  /** "Nhắc": whoever leads is reminded of an open document, in its thread. */
  remind: command({
    may: ['leader', 'records-clerk'],
    input: { id: idSchema },
    output: z.object({ name: z.string() }),
    errors: ['NOT_ASSIGNED', 'REMINDED_LATELY'],
  }),
  /** Out of the boxes until this day begins. */
  putAside: command({
    may: ['records-clerk', 'officer', 'leader'],
    input: { documents: targets, until: daySchema },
    output: answers,
    errors: ['IN_THE_PAST'],
  }),
  /** Into the boxes again. */
  takeBack: command({
    may: ['records-clerk', 'officer', 'leader'],
    input: { documents: targets },
    output: answers,
  }),
};
