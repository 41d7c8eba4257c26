/** A letter as somebody outside knows it: what makes it this one is the SHA-256 of its main attachment. */
export interface Letter {
  /** Its row in the sender's register. */
  readonly id: string;
  /** Agency code of the office that wrote it. */
  readonly office: string;
  readonly hash: string;
  readonly codeText: string;
  readonly year: number;
  /** Agency codes. */
  readonly recipients: readonly string[];
}

/** A letter that only the lost tail of a restored register knew. */
export interface RolledBackLetter extends Letter {
  /** Whether the exchange had accepted it and, so far as is known, has not lost it since. */
  readonly left: boolean;
  /** Id of the message that carried it; null when none was made. */
  readonly message: string | null;
}

/** A number that an office answered to a clerk. */
export interface GivenNumber {
  readonly office: string;
  readonly direction: 'outgoing' | 'incoming';
  readonly year: number;
  readonly number: number;
  readonly document: string;
}

/**
 * What the offices promised, written down outside of them as it was said.
 *
 * A commitment is a letter whose `outgoing.send` was answered ok, or that is found queued or sent in its register after
 * a crash took the answer. It binds for good, with one exception: an office put back to an older copy forgets what it
 * did since ("the tail"), and nobody can remember it in its place. At that moment, and for that office only:
 *
 * - its letters queued or sent in the tail are rolled back. One that the exchange had accepted by then has left the
 *   office: it must still be in each addressee's register exactly once, though its sender knows no state of it. One
 *   that the exchange had not accepted may be there once (it was under way), never twice.
 * - its numbers given in the tail, of both books, may be given again. What arrived in the tail comes again from the
 *   exchange: it is owed by its sender as before.
 * - a recipient's status about a rolled-back letter finds no letter, or the one that got its number: it may be set aside
 *   there, and may have moved a state of that other one.
 *
 * When the exchange is put back as well, senders send again what it lost; a rolled-back letter has no sender that could,
 * so what the exchange no longer has of those is owed no more. The same holds for one whose file was lost there.
 */
export interface Ledger {
  readonly letters: readonly Letter[];
  readonly rolledBack: readonly RolledBackLetter[];
  readonly given: readonly GivenNumber[];
  /** Offices that were put back at least once. */
  readonly restored: ReadonlySet<string>;
  /** Offices whose books go on under another code: what they report of letters to the old one comes from a stranger. */
  readonly merged: ReadonlySet<string>;
}

/** What a register held when it was looked at. */
export interface Held {
  /** Letters queued or sent. */
  readonly letters: readonly Letter[];
  /** Documents with a number, as `<direction> <year> <number> <document>`. */
  readonly numbers: ReadonlySet<string>;
}

/** A register just before it is put back. */
export interface Tail extends Held {
  /** Messages of its letters, by letter. */
  readonly messages: ReadonlyMap<string, string>;
}

export interface OpenLedger extends Ledger {
  commit(letter: Letter): void;
  give(number: GivenNumber): void;
  merge(office: string): void;
  /** The office goes back from `tail` to `copy`; `left` says of a message whether the exchange has it. */
  rollBack(office: string, tail: Tail, copy: Held, left: (message: string) => boolean): void;
  /** Of the rolled-back letters that the exchange had, these alone are still owed. */
  stillLeft(isLeft: (message: string) => boolean): void;
}

export const numberKey = ({ direction, year, number, document }: Omit<GivenNumber, 'office'>): string =>
  `${direction} ${year} ${number} ${document}`;

export function openLedger(): OpenLedger {
  const letters = new Map<string, Letter>();
  const rolledBack: RolledBackLetter[] = [];
  const given: GivenNumber[] = [];
  const restored = new Set<string>();
  const merged = new Set<string>();
  return {
    get letters() {
      return [...letters.values()];
    },
    rolledBack,
    given,
    restored,
    merged,
    commit: (letter) => void letters.set(letter.id, letter),
    give: (number) => void given.push(number),
    merge: (office) => void merged.add(office),
    rollBack: (office, tail, copy, left) => {
      restored.add(office);
      const kept = new Set(copy.letters.map(({ id }) => id));
      // A committed letter that is not even in the tail is lost, and stays a commitment.
      for (const letter of tail.letters) {
        if (kept.has(letter.id)) continue;
        letters.delete(letter.id);
        const message = tail.messages.get(letter.id) ?? null;
        rolledBack.push({ ...letter, message, left: message !== null && left(message) });
      }
      const still = given.filter((one) => one.office !== office || copy.numbers.has(numberKey(one)));
      given.splice(0, given.length, ...still);
    },
    stillLeft: (isLeft) => {
      for (const [index, letter] of rolledBack.entries()) {
        rolledBack[index] = { ...letter, left: letter.left && isLeft(letter.message ?? '') };
      }
    },
  };
}
