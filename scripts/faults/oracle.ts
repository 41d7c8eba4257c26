import { deliveryStates, type DeliveryState } from '#shared/domain/delivery.ts';
import type { IncomingState } from '#shared/domain/incoming-state.ts';
import { numberKey, type Ledger, type Letter } from './ledger.ts';

/** A register of an office as it is found on its disk. */
export interface OfficeObservation {
  /** Its own agency code. */
  readonly office: string;
  /** Letters queued or sent. */
  readonly letters: readonly (Letter & {
    readonly state: string;
    readonly deliveries: readonly { readonly agency: string; readonly state: DeliveryState }[];
    /** What carried it, and the agency code under which that was taken; null while it has no receipt. */
    readonly taken: { readonly message: string; readonly under: string } | null;
  })[];
  readonly arrivals: readonly {
    readonly id: string;
    /** Agency code of the sender. */
    readonly sender: string;
    readonly state: IncomingState;
    /** Of the main attachment; null when it has none. */
    readonly hash: string | null;
  }[];
  /** Every number of every book and year. */
  readonly books: readonly {
    readonly direction: 'outgoing' | 'incoming';
    readonly year: number;
    readonly startedFrom: number;
    readonly numbers: readonly { readonly number: number; readonly document: string }[];
  }[];
  /** Messages that the exchange took, with the agency code under which it did. */
  readonly handedOver: readonly { readonly message: string; readonly under: string }[];
  /** Messages that have no receipt. */
  readonly waiting: readonly { readonly message: string; readonly kind: string; readonly why: string }[];
  readonly setAside: readonly { readonly message: string; readonly sender: string; readonly code: string }[];
  /** How many items of its inbox the exchange lists that it has not taken in. */
  readonly unread: number;
}

export interface InboxObservation {
  readonly agency: string;
  /** The sequence that its numbers belong to. */
  readonly epoch: string;
  /** Numbers of its deliveries, in order. */
  readonly numbers: readonly number[];
  /** The last number that the exchange says it gave. */
  readonly last: number;
}

export interface Observation {
  readonly offices: readonly OfficeObservation[];
  readonly inboxes: readonly InboxObservation[];
  /** Of the messages that the offices handed over or set aside, those whose bytes the exchange does not have. */
  readonly gone: ReadonlySet<string>;
}

/** Each list is empty when all is well; otherwise it says what is not, one line each. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly stuck: readonly string[];
  readonly gaps: readonly string[];
  readonly wrongState: readonly string[];
  /** Letters that are where they belong, one for each addressee. */
  readonly deliveries: number;
}

export function isClean({ lost, doubled, stuck, gaps, wrongState }: Verdict): boolean {
  return [lost, doubled, stuck, gaps, wrongState].every((list) => list.length === 0);
}

/** @param officeOf the office that an agency code stands for; null for one that is not under the oracle */
export function judge(
  ledger: Ledger,
  { offices, inboxes, gone }: Observation,
  officeOf: (agencyCode: string) => string | null,
): Verdict {
  const lost: string[] = [];
  const doubled: string[] = [];
  const stuck: string[] = [];
  const gaps: string[] = [];
  const wrongState: string[] = [];
  let deliveries = 0;

  const found = new Map(offices.map((office) => [office.office, office]));
  const registers = new Map(offices.map((office) => [office.office, countHashes(office)]));
  const rolledBackIds = new Set(ledger.rolledBack.map(({ id }) => id));
  const committed = new Map(ledger.letters.map((letter) => [letter.id, letter]));
  for (const { letters } of offices) {
    for (const letter of letters) if (!rolledBackIds.has(letter.id)) committed.set(letter.id, letter);
  }
  const arrivalsOf = (letter: Letter, recipient: string): number =>
    registers.get(officeOf(recipient) ?? '')?.get(letter.hash) ?? 0;

  // What was taken under a code is handed over again only under that code, for which a merged office does not speak.
  const beyondReach = new Set(
    offices.flatMap(({ office, handedOver }) =>
      ledger.merged.has(office)
        ? handedOver.filter(({ message, under }) => under === office && gone.has(message)).map(({ message }) => message)
        : [],
    ),
  );

  for (const letter of committed.values()) {
    const kept = found.get(letter.office)?.letters.find(({ id }) => id === letter.id);
    if (kept === undefined) lost.push(`${name(letter)} is not in its own register`);
    else if (kept.state !== 'sent') stuck.push(`${name(letter)} is ${kept.state}`);
    for (const recipient of letter.recipients) {
      const count = arrivalsOf(letter, recipient);
      if (count > 0) deliveries += 1;
      else if (kept?.taken == null || !beyondReach.has(kept.taken.message))
        lost.push(`${name(letter)} is not at ${recipient}`);
      if (count > 1) doubled.push(`${name(letter)} is ${count} times at ${recipient}`);
      const state = kept?.deliveries.find(({ agency }) => agency === recipient)?.state;
      const complaint = judgeState(letter, recipient, state);
      if (kept !== undefined && count === 1 && complaint !== null) wrongState.push(complaint);
    }
  }
  for (const letter of ledger.rolledBack) {
    for (const recipient of letter.recipients) {
      const count = arrivalsOf(letter, recipient);
      if (count === 0 && letter.left)
        lost.push(`${name(letter)} left before its office was restored, not at ${recipient}`);
      if (count > 0) deliveries += 1;
      if (count > 1) doubled.push(`${name(letter)} is ${count} times at ${recipient}`);
    }
  }

  function judgeState(letter: Letter, recipient: string, state: DeliveryState | undefined): string | null {
    const office = officeOf(recipient) ?? '';
    const arrival = found.get(office)?.arrivals.find(({ hash }) => hash === letter.hash);
    if (arrival === undefined || state === undefined) return `${name(letter)} has no state at ${recipient}`;
    const expected = expectedStates[arrival.state];
    const rank = (of: DeliveryState): number => deliveryStates.indexOf(of);
    // What a merged office reports of letters to its old code comes from a stranger to them, and what others report of
    // letters that it sent under its old code waits in an inbox that nobody reads.
    const toOldCode = ledger.merged.has(office) && recipient === office;
    const fromOldCode = ledger.merged.has(letter.office) && arrival.sender === letter.office;
    if (toOldCode || fromOldCode) {
      return rank(state) >= rank('delivered') ? null : wrong(letter, recipient, state, expected);
    }
    // What a restored recipient reported before is not taken back.
    const isAhead = rank(state) > rank(expected);
    if (isAhead && (ledger.restored.has(office) || sharesItsCode(letter))) return null;
    return state === expected ? null : wrong(letter, recipient, state, expected);
  }

  function sharesItsCode(letter: Letter): boolean {
    return ledger.rolledBack.some((other) => other.office === letter.office && other.codeText === letter.codeText);
  }

  const hashes = new Set([...committed.values(), ...ledger.rolledBack].map(({ hash }) => hash));
  for (const { office, arrivals, books, waiting, setAside, unread } of offices) {
    for (const { sender, hash } of arrivals) {
      if (officeOf(sender) !== null && !hashes.has(hash ?? '')) {
        wrongState.push(`${office} has a letter of ${sender} that nobody sent (${hash?.slice(0, 8) ?? 'no page'})`);
      }
    }
    for (const { message, kind, why } of waiting) {
      // What came in just as the books went over was reported under the old code, for which nobody speaks any more.
      const isOfOldCode = kind === 'status' && ledger.merged.has(office) && why.startsWith('blocked SENDER_MISMATCH');
      if (!isOfOldCode) stuck.push(`${office}: ${kind} ${message} waits (${why})`);
    }
    if (unread > 0) stuck.push(`${office}: ${unread} items of its inbox are not taken in`);
    for (const { message, sender, code } of setAside) {
      if (officeOf(sender) !== null && !isExplained({ office, message, sender, code })) {
        stuck.push(`${office}: message ${message} of ${sender} was set aside (${code})`);
      }
    }
    for (const book of books) gaps.push(...gapsOf(office, book));
    gaps.push(...forgottenNumbers(ledger, office, books));
  }

  function isExplained({ office, message, sender, code }: SetAside): boolean {
    // Nobody is left who could send it once more; an exchange that was put back does not even know its id.
    if (code === 'MESSAGE_LOST' || code === 'MESSAGE_FORGOTTEN')
      return beyondReach.has(message) || isForgotten(message, sender);
    if (code !== 'STATUS_OF_UNKNOWN_DOCUMENT' && code !== 'STATUS_FROM_STRANGER') return false;
    if (code === 'STATUS_FROM_STRANGER' && ledger.merged.has(officeOf(sender) ?? '')) return true;
    // Reports about a letter that it forgot; its number may be another letter's now, to others.
    return ledger.rolledBack.some(
      (letter) => letter.office === office && letter.recipients.some((code_) => officeOf(code_) === officeOf(sender)),
    );
  }

  /** Its sender knew it only in the tail that it lost, and the exchange has it no more. */
  function isForgotten(message: string, sender: string): boolean {
    const office = officeOf(sender) ?? '';
    const isKept = found.get(office)?.handedOver.some((one) => one.message === message) ?? false;
    return ledger.restored.has(office) && gone.has(message) && !isKept;
  }

  doubled.push(...doubledNumbers(ledger));
  for (const { agency, numbers, last } of inboxes) {
    const wanted = numbers.every((number, index) => number === index + 1) && numbers.length === last;
    if (!wanted) gaps.push(`inbox of ${agency}: ${numbers.length} items, the last number is ${last}`);
  }
  return { lost, doubled, stuck, gaps, wrongState, deliveries };
}

interface SetAside {
  readonly office: string;
  readonly message: string;
  readonly sender: string;
  readonly code: string;
}

/** What the sender must know of a recipient, by what the recipient did. */
const expectedStates: Readonly<Record<IncomingState, DeliveryState>> = {
  arrived: 'arrived',
  registered: 'accepted',
  returned: 'refused',
  done: 'completed',
};

const name = ({ office, codeText, hash }: Letter): string => `${codeText} of ${office} (${hash.slice(0, 8)})`;

const wrong = (letter: Letter, recipient: string, state: DeliveryState, expected: DeliveryState): string =>
  `${name(letter)}: its sender says ${state} of ${recipient}, which makes it ${expected}`;

function countHashes({ arrivals }: OfficeObservation): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { hash } of arrivals) if (hash !== null) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  return counts;
}

function gapsOf(office: string, book: OfficeObservation['books'][number]): string[] {
  const numbers = book.numbers.map(({ number }) => number).toSorted((one, other) => one - other);
  const firstWrong = numbers.findIndex((number, index) => number !== book.startedFrom + 1 + index);
  if (firstWrong < 0) return [];
  return [
    `${office}: ${book.direction} book of ${book.year} has ${numbers[firstWrong]} as its ${firstWrong + 1}th number`,
  ];
}

function forgottenNumbers(ledger: Ledger, office: string, books: OfficeObservation['books']): string[] {
  const kept = new Set(
    books.flatMap(({ direction, year, numbers }) => numbers.map((number) => numberKey({ direction, year, ...number }))),
  );
  return ledger.given
    .filter((given) => given.office === office && !kept.has(numberKey(given)))
    .map(
      ({ direction, year, number }) => `${office}: ${direction} number ${number} of ${year} was given and is not kept`,
    );
}

function doubledNumbers({ given }: Ledger): string[] {
  const documents = new Map<string, Set<string>>();
  for (const { office, direction, year, number, document } of given) {
    const key = `${office}: ${direction} number ${number} of ${year}`;
    documents.set(key, (documents.get(key) ?? new Set()).add(document));
  }
  return [...documents].filter(([, of]) => of.size > 1).map(([key, of]) => `${key} was given ${of.size} times`);
}
