import type { Sqlite } from '../connection/sqlite.ts';
import { firstSchema } from './0001-first-schema.ts';
import { inboxSequences } from './0002-inbox-sequences.ts';
import { watching } from './0003-watching.ts';
import { issueTerms } from './0004-issue-terms.ts';
import { changedTerms } from './0005-changed-terms.ts';
import { meetings } from './0006-meetings.ts';
import { paper } from './0007-paper.ts';
import { books } from './0008-books.ts';
import { feedback } from './0009-feedback.ts';
import { comparableCodes } from './0010-comparable-codes.ts';
import { people } from './0011-people.ts';
import { forms } from './0012-forms.ts';
import { unknownLetters } from './0013-unknown-letters.ts';
import { lists } from './0014-lists.ts';
import { lastLook } from './0015-last-look.ts';
import { audit } from './0016-audit.ts';
import { handling } from './0017-handling.ts';
import { notationAndGroups } from './0018-notation-and-groups.ts';
import { sources } from './0019-sources.ts';
import { relations } from './0020-relations.ts';
import { outgoing } from './0021-outgoing.ts';
import { limited } from './0022-limited.ts';
import { listsOfYears } from './0023-lists-of-years.ts';
import { auditOrder } from './0024-audit-order.ts';
import { mailFormatsAndPages } from './0025-mail-formats-and-pages.ts';
import { unflushedFiles } from './0026-unflushed-files.ts';
import { recallAnswers } from './0027-recall-answers.ts';
import { postings } from './0028-postings.ts';
import { mendedDrafts } from './0029-mended-drafts.ts';
import { earlierRecallAnswer } from './0030-earlier-recall-answer.ts';
import { signedAttachments } from './0031-signed-attachments.ts';

/**
 * Changes tables and data from one version of the schema to the next. Runs in a transaction with foreign keys off, so
 * that a table may be rebuilt; every reference is checked before it is kept.
 */
export type Migration = (sqlite: Sqlite) => void;

/** Append-only. The position (from 1) is the schema version of a database that has it. */
export const migrations: readonly Migration[] = [
  firstSchema,
  inboxSequences,
  watching,
  issueTerms,
  changedTerms,
  meetings,
  paper,
  books,
  feedback,
  comparableCodes,
  people,
  forms,
  unknownLetters,
  lists,
  lastLook,
  audit,
  handling,
  notationAndGroups,
  sources,
  relations,
  outgoing,
  limited,
  listsOfYears,
  auditOrder,
  mailFormatsAndPages,
  unflushedFiles,
  recallAnswers,
  postings,
  mendedDrafts,
  earlierRecallAnswer,
  signedAttachments,
];
