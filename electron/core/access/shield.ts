import { veilTrailRow } from '../audit/trail-row.ts';
import type { BookEntry } from '#shared/contract/books.ts';
import type { CallOutput, OwnedBy, QueryName } from '#shared/contract/contract.ts';
import { listedFieldsOf, type FieldName } from '#shared/domain/document-fields.ts';
import type { Direction } from '#shared/domain/direction.ts';

type Hidden = ReadonlySet<string>;
type CoreQuery = Extract<OwnedBy<'core'>, QueryName>;
type Veil<N extends CoreQuery> = (answer: CallOutput<N>, hidden: Hidden) => CallOutput<N>;

/** What is seen of a document by those who may not see it: that its number is taken, of which day, and how urgent it is. */
const seenByAll: readonly FieldName[] = ['codeText', 'date', 'urgency', 'expressAt', 'dueAt', 'paper'];

/** Tells of no document; or of that alone which was asked for, and then the question was refused; or of numbers alone. */
const nothing = null;

/**
 * What each query tells of limited documents to those who may not see them. One missing does not compile; what searches,
 * filters or counts leaves them out in its own statement.
 */
const veils: { readonly [N in CoreQuery]: Veil<N> | null } = {
  'access.of': nothing,
  'audit.state': nothing,
  'audit.list': (answer, hidden) => ({ ...answer, rows: answer.rows.map((row) => veilTrailRow(row, hidden)) }),
  'board.today': (answer, hidden) => {
    const lines = (each: typeof answer.expressLines) =>
      each.map((line) => (hidden.has(line.id) ? { ...line, abstract: '', lead: '', hidden: true as const } : line));
    return {
      ...answer,
      expressLines: lines(answer.expressLines),
      overdueLines: lines(answer.overdueLines),
      opinionLines: lines(answer.opinionLines),
      signatureLines: lines(answer.signatureLines),
    };
  },
  'board.week': nothing,
  'books.list': nothing,
  'books.entries': (answer, hidden) => ({ ...answer, entries: veilEntries(answer.entries, hidden) }),
  'books.notations': nothing,
  'books.reserved': nothing,
  'books.unsure': nothing,
  'certificates.list': nothing,
  'directory.grouped': nothing,
  'directory.groups': nothing,
  'directory.lists': nothing,
  'directory.search': nothing,
  'directory.resolve': nothing,
  'duty.get': nothing,
  'duty.numberTried': nothing,
  'exchange.line': nothing,
  'exchange.check': nothing,
  'exchange.setAside': nothing,
  'feedback.bundle': nothing,
  'feedback.list': nothing,
  'feedback.unread': nothing,
  'feedback.sentBundle': nothing,
  'feedback.overseen': nothing,
  'feedback.overseenBundle': nothing,
  'forms.list': nothing,
  'forms.read': nothing,
  'handling.choices': nothing,
  'handling.answerCandidates': (answer, hidden) => ({
    candidates: answer.candidates.filter(({ id }) => !hidden.has(id)),
  }),
  'incoming.list': (answer, hidden) => ({ ...answer, rows: veilRows('incoming', answer.rows, hidden) }),
  'incoming.get': nothing,
  'incoming.lane': (answer, hidden) => ({
    ...answer,
    letters: answer.letters.map((letter) =>
      hidden.has(letter.id) ? { ...letter, agencyName: '', hidden: true as const } : letter,
    ),
  }),
  'incoming.forwardChoices': nothing,
  'incoming.nextNumber': nothing,
  'incoming.calendar': nothing,
  'incoming.electronicTwins': nothing,
  'incoming.handlingSheet': nothing,
  'office.identity': nothing,
  'office.workTime': nothing,
  'office.listValues': nothing,
  'office.counts': nothing,
  'office.paperRules': nothing,
  'office.search': nothing,
  'outgoing.list': (answer, hidden) => ({ ...answer, rows: veilRows('outgoing', answer.rows, hidden) }),
  'outgoing.get': nothing,
  'outgoing.openedToday': (answer, hidden) => ({ rows: veilRows('outgoing', answer.rows, hidden) }),
  'outgoing.lastDueRule': nothing,
  'outgoing.nextNumber': nothing,
  'outgoing.nextSuffix': nothing,
  'outgoing.look': nothing,
  'outgoing.notations': nothing,
  'oversight.supervision': nothing,
  'oversight.figures': nothing,
  'oversight.deliveries': nothing,
  'oversight.sentDocuments': nothing,
  'oversight.reminder': nothing,
  'relations.of': (answer, hidden) => ({
    relations: answer.relations.map((relation) => {
      const { other } = relation;
      if (other === null || !hidden.has(other.id)) return relation;
      return { ...relation, agencyName: '', other: { ...other, agencyName: '', abstract: '', hidden: true as const } };
    }),
  }),
  'people.list': nothing,
  'people.accounts': nothing,
  'people.delegations': nothing,
  'session.state': nothing,
};

/** The answer of a query as somebody may see it to whom these documents are hidden. */
export function veiled(name: string, answer: unknown, hidden: Hidden): unknown {
  const veil = veils[name as CoreQuery] as ((answer: unknown, hidden: Hidden) => unknown) | null | undefined;
  return hidden.size === 0 || veil === null || veil === undefined ? answer : veil(answer, hidden);
}

function veilRows<Row extends { readonly id: string }>(
  direction: Direction,
  rows: readonly Row[],
  hidden: Hidden,
): Row[] {
  const fields = listedFieldsOf(direction).filter((name) => !seenByAll.includes(name));
  return rows.map((row) => {
    if (!hidden.has(row.id)) return row;
    const values = row as Readonly<Record<string, unknown>>;
    // Texts are empty, a day or an hour is none: nothing of another kind stands in lists.
    const veil = fields.map((name) => [name, typeof values[name] === 'string' ? blankOf(name) : values[name]]);
    return { ...row, ...(Object.fromEntries(veil) as Partial<Row>), hidden: true };
  });
}

const blankOf = (name: FieldName): string | null => (name === 'meetingAt' ? null : '');

/** Rows of a book: every number is there, and of a hidden document no more than its number and day. */
export function veilEntries(entries: readonly BookEntry[], hidden: Hidden): BookEntry[] {
  return entries.map((entry) => {
    if (entry.documentId === null || !hidden.has(entry.documentId)) return entry;
    const fields = Object.entries(entry.fields).map(([name, value]): [string, string | null] => [
      name,
      seenByAll.some((each) => each === name) ? value : name === 'abstract' ? LIMITED_TEXT : null,
    ]);
    return {
      ...entry,
      reason: entry.reason === null ? null : '',
      goesTo: '',
      keeper: '',
      fields: Object.fromEntries(fields),
    };
  });
}

/** What stands in a book in the place of what is not shown. */
export const LIMITED_TEXT = '(phạm vi hẹp)';
