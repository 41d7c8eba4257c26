import type { DeliveryState } from '#shared/domain/delivery.ts';
import type { IncomingState } from '#shared/domain/incoming-state.ts';
import type { TestExchange } from '#tests/support/exchange-server.ts';
import { readRows } from '#tests/support/office-database.ts';
import { numberKey, type Held } from './ledger.ts';
import type { InboxObservation, OfficeObservation } from './oracle.ts';

interface LetterRow {
  readonly id: string;
  readonly state: string;
  readonly hash: string;
  readonly codeText: string;
  readonly year: number;
  readonly message: string | null;
  /** Exchange and agency, as the outbox keeps them. */
  readonly takenBy: string | null;
}

interface NumberRow {
  readonly direction: 'outgoing' | 'incoming';
  readonly year: number;
  readonly startedFrom: number;
  readonly number: number;
  readonly document: string;
}

function readLetters(folder: string, office: string): OfficeObservation['letters'] {
  const deliveries = new Map<string, { agency: string; state: DeliveryState }[]>();
  for (const { document, ...delivery } of readRows<{ document: string; agency: string; state: DeliveryState }>(
    folder,
    'SELECT document_id AS document, agency_code AS agency, state FROM delivery ORDER BY position',
  )) {
    deliveries.set(document, [...(deliveries.get(document) ?? []), delivery]);
  }
  return readRows<LetterRow>(
    folder,
    `SELECT o.id, o.state, o.file_id AS hash, o.code_text AS codeText, o.year, b.message_id AS message, b.taken_by AS takenBy
     FROM outgoing o LEFT JOIN outbox b ON b.document_id = o.id AND b.kind = 'document'
     WHERE o.state IN ('queued', 'sent')`,
  ).map(({ message, takenBy, ...letter }) => {
    const of = deliveries.get(letter.id) ?? [];
    const taken = message === null || takenBy === null ? null : { message, under: codeOf(takenBy) };
    return { ...letter, office, deliveries: of, taken, recipients: of.map(({ agency }) => agency) };
  });
}

/** Of exchange and agency, as the outbox keeps them, the agency. */
const codeOf = (takenBy: string): string => takenBy.split(' ')[1] ?? '';

function readNumbers(folder: string): NumberRow[] {
  return readRows<NumberRow>(
    folder,
    `SELECT b.direction, n.year, coalesce(y.started_from, 0) AS startedFrom, n.number, n.document_id AS document
     FROM book_number n JOIN book b ON b.id = n.book_id
     LEFT JOIN book_year y ON y.book_id = n.book_id AND y.year = n.year ORDER BY n.book_id, n.year, n.number`,
  );
}

/** What a register holds that a restore would roll back; `folder` may also be a copy. */
export function readHeld(folder: string, office: string): Held {
  return {
    letters: readLetters(folder, office),
    numbers: new Set(readNumbers(folder).map(numberKey)),
  };
}

/** Whether a letter to this agency has not left yet. */
export function hasQueuedTo(folder: string, agencyCode: string): boolean {
  const sql = `SELECT 1 FROM delivery r JOIN document d ON d.id = r.document_id
               WHERE d.state = 'queued' AND r.agency_code = ? LIMIT 1`;
  return readRows(folder, sql, agencyCode).length > 0;
}

/** Ids of letters whose message was handed over, with the id of the message. */
export function readMessageIds(folder: string): ReadonlyMap<string, string> {
  const rows = readRows<{ document: string; message: string }>(
    folder,
    `SELECT document_id AS document, message_id AS message FROM outbox WHERE kind = 'document'`,
  );
  return new Map(rows.map(({ document, message }) => [document, message]));
}

function readSetting(folder: string, name: string): string | null {
  const [row] = readRows<{ value: string }>(folder, 'SELECT value FROM setting WHERE name = ?', name);
  return row?.value ?? null;
}

/** Agency code that an office is enrolled under; null before its first enrolment. */
export const readAgency = (folder: string): string | null => readSetting(folder, 'agency-code');

/** Id of the workstation that an office is enrolled as; null before its first enrolment. */
export const readWorkstation = (folder: string): string | null => readSetting(folder, 'workstation-id');

/** Whether a workstation may speak for its agency. */
export async function knowsWorkstation(exchange: TestExchange, id: string | null): Promise<boolean> {
  const { rows } = await exchange.database.query(
    'SELECT 1 FROM workstations WHERE id = $1 AND revoked_at IS NULL AND replaced_at IS NULL',
    [id],
  );
  return rows.length > 0;
}

export function observeOffice(folder: string, office: string, inboxes: readonly InboxObservation[]): OfficeObservation {
  const books = new Map<
    string,
    OfficeObservation['books'][number] & { numbers: { number: number; document: string }[] }
  >();
  for (const { direction, year, startedFrom, number, document } of readNumbers(folder)) {
    const key = `${direction} ${year}`;
    const book = books.get(key) ?? { direction, year, startedFrom, numbers: [] };
    book.numbers.push({ number, document });
    books.set(key, book);
  }
  return {
    office,
    letters: readLetters(folder, office),
    arrivals: readRows<{ id: string; sender: string; state: IncomingState; hash: string | null }>(
      folder,
      `SELECT d.id, m.sender_code AS sender, d.state, a.file_id AS hash FROM document d
       JOIN received_message m ON m.document_id = d.id
       LEFT JOIN attachment a ON a.document_id = d.id AND a.role = 'main'`,
    ),
    books: [...books.values()],
    handedOver: readRows<{ message: string; takenBy: string }>(
      folder,
      'SELECT message_id AS message, taken_by AS takenBy FROM outbox WHERE taken_by IS NOT NULL',
    ).map(({ message, takenBy }) => ({ message, under: codeOf(takenBy) })),
    waiting: readRows<{ message: string; kind: string; why: string }>(
      folder,
      `SELECT message_id AS message, kind, state || ' ' || coalesce(error_code, '') || ', ' || attempts || ' attempts' AS why
       FROM outbox WHERE state <> 'done'`,
    ),
    setAside: readRows<{ message: string; sender: string; code: string }>(
      folder,
      'SELECT message_id AS message, sender_code AS sender, code FROM inbox_problem',
    ),
    unread: countUnread(folder, inboxes),
  };
}

/** What its inbox lists beyond its position, and what it listed itself and has not taken in. */
function countUnread(folder: string, inboxes: readonly InboxObservation[]): number {
  const agencyCode = readAgency(folder);
  const inbox = inboxes.find(({ agency }) => agency === agencyCode);
  if (inbox === undefined) return 0;
  const [position] = readRows<{ seq: number }>(
    folder,
    'SELECT seq FROM inbox_position WHERE agency_code = ? AND epoch = ?',
    inbox.agency,
    inbox.epoch,
  );
  const [listed] = readRows<{ items: number }>(folder, 'SELECT count(*) AS items FROM inbox_item');
  return Math.max(0, inbox.last - (position?.seq ?? 0)) + (listed?.items ?? 0);
}

export async function observeInboxes(exchange: TestExchange, codes: readonly string[]): Promise<InboxObservation[]> {
  const { rows } = await exchange.database.query<{
    agency: string;
    epoch: string;
    last: string;
    numbers: string[] | null;
  }>(
    `SELECT a.code AS agency, i.epoch, a.last_seq AS last,
       (SELECT array_agg(d.seq ORDER BY d.seq) FROM deliveries d WHERE d.agency_code = a.code) AS numbers
     FROM agencies a CROSS JOIN exchange_identity i WHERE a.code = ANY($1)`,
    [codes],
  );
  return rows.map(({ agency, epoch, last, numbers }) => ({
    agency,
    epoch,
    last: Number(last),
    numbers: (numbers ?? []).map(Number),
  }));
}

/** Which of these messages the exchange has. */
export async function acceptedMessages(exchange: TestExchange, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await exchange.database.query<{ id: string }>('SELECT id FROM messages WHERE id = ANY($1)', [ids]);
  return new Set(rows.map(({ id }) => id));
}

/** Which of these messages the exchange does not have, or knows as lost. */
export async function goneMessages(exchange: TestExchange, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await exchange.database.query<{ id: string }>(
    'SELECT id FROM messages WHERE id = ANY($1) AND lost_at IS NULL',
    [ids],
  );
  const whole = new Set(rows.map(({ id }) => id));
  return new Set(ids.filter((id) => !whole.has(id)));
}
