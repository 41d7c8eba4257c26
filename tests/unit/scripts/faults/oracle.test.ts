import { describe, expect, it } from 'vitest';
import { openLedger, type Letter, type OpenLedger } from '#scripts/faults/ledger.ts';
import { isClean, judge, type Observation, type OfficeObservation, type Verdict } from '#scripts/faults/oracle.ts';

// A sends two letters, to B and C and to B; B registered the first and has the second before it, C returned its one.
const first: Letter = {
  id: 'a1',
  office: 'A',
  hash: '11'.repeat(32),
  codeText: '1/X',
  year: 2026,
  recipients: ['B', 'C'],
};
const second: Letter = { id: 'a2', office: 'A', hash: '22'.repeat(32), codeText: '2/X', year: 2026, recipients: ['B'] };

type Changes = Partial<Record<'A' | 'B' | 'C', Partial<OfficeObservation>>>;

const nothing = { letters: [], arrivals: [], books: [], handedOver: [], waiting: [], setAside: [], unread: 0 } as const;
const handedOver = [
  { message: 'message of a1', under: 'A' },
  { message: 'message of a2', under: 'A' },
];
const sound: Readonly<Record<'A' | 'B' | 'C', OfficeObservation>> = {
  A: {
    ...nothing,
    office: 'A',
    handedOver,
    letters: [
      {
        ...first,
        state: 'sent',
        taken: { message: 'message of a1', under: 'A' },
        deliveries: [
          { agency: 'B', state: 'accepted' },
          { agency: 'C', state: 'refused' },
        ],
      },
      {
        ...second,
        state: 'sent',
        taken: { message: 'message of a2', under: 'A' },
        deliveries: [{ agency: 'B', state: 'arrived' }],
      },
    ],
    books: [
      {
        direction: 'outgoing',
        year: 2026,
        startedFrom: 0,
        numbers: [
          { number: 1, document: 'a1' },
          { number: 2, document: 'a2' },
        ],
      },
    ],
  },
  B: {
    ...nothing,
    office: 'B',
    arrivals: [
      { id: 'b1', sender: 'A', state: 'registered', hash: first.hash },
      { id: 'b2', sender: 'A', state: 'arrived', hash: second.hash },
      { id: 'b3', sender: 'HOSTILE', state: 'arrived', hash: null },
    ],
    books: [{ direction: 'incoming', year: 2026, startedFrom: 0, numbers: [{ number: 1, document: 'b1' }] }],
  },
  C: { ...nothing, office: 'C', arrivals: [{ id: 'c1', sender: 'A', state: 'returned', hash: first.hash }] },
};

function soundLedger(): OpenLedger {
  const ledger = openLedger();
  ledger.commit(first);
  ledger.commit(second);
  ledger.give({ office: 'A', direction: 'outgoing', year: 2026, number: 1, document: 'a1' });
  ledger.give({ office: 'A', direction: 'outgoing', year: 2026, number: 2, document: 'a2' });
  ledger.give({ office: 'B', direction: 'incoming', year: 2026, number: 1, document: 'b1' });
  return ledger;
}

const codes: Readonly<Record<string, string>> = { A: 'A', A2: 'A', B: 'B', C: 'C' };
const officeOf = (code: string): string | null => codes[code] ?? null;

const inboxOfB: Observation['inboxes'] = [{ agency: 'B', epoch: 'e', numbers: [1, 2, 3], last: 3 }];

function judged(
  changes: Changes = {},
  ledger = soundLedger(),
  { inboxes = inboxOfB, gone = [] }: { inboxes?: Observation['inboxes']; gone?: readonly string[] } = {},
): Verdict {
  const offices = (['A', 'B', 'C'] as const).map((office) => ({ ...sound[office], ...changes[office] }));
  return judge(ledger, { offices, inboxes, gone: new Set(gone) }, officeOf);
}

/** The verdict has something of this one sort, and nothing of another. */
function only(verdict: Verdict, sort: keyof Omit<Verdict, 'deliveries'>): readonly string[] {
  for (const other of ['lost', 'doubled', 'stuck', 'gaps', 'wrongState'] as const) {
    if (other !== sort) expect(verdict[other]).toEqual([]);
  }
  expect(verdict[sort]).not.toEqual([]);
  expect(isClean(verdict)).toBe(false);
  return verdict[sort];
}

const withoutHash = (office: 'B' | 'C', hash: string): Partial<OfficeObservation> => ({
  arrivals: sound[office].arrivals.filter((arrival) => arrival.hash !== hash),
});

it('finds nothing where all is well, and counts what arrived', () => {
  const verdict = judged();
  expect(verdict).toEqual({ lost: [], doubled: [], stuck: [], gaps: [], wrongState: [], deliveries: 3 });
  expect(isClean(verdict)).toBe(true);
});

describe('lost', () => {
  it('a letter that one of its addressees does not have', () => {
    expect(only(judged({ C: withoutHash('C', first.hash) }), 'lost')).toEqual(['1/X of A (11111111) is not at C']);
  });
  it('a letter found in the outbox after a crash took the answer', () => {
    const ledger = openLedger();
    ledger.give({ office: 'A', direction: 'outgoing', year: 2026, number: 1, document: 'a1' });
    expect(only(judged({ C: withoutHash('C', first.hash) }, ledger), 'lost')).toEqual([
      '1/X of A (11111111) is not at C',
    ]);
  });
  it('a letter that its own office no longer knows', () => {
    const letters = sound.A.letters.slice(0, 1);
    expect(only(judged({ A: { letters } }), 'lost')).toEqual(['2/X of A (22222222) is not in its own register']);
  });
  it('a letter that arrived with other bytes', () => {
    const arrivals = [{ ...sound.C.arrivals[0]!, hash: 'ff'.repeat(32) }];
    const verdict = judged({ C: { arrivals } });
    expect(verdict.lost).toHaveLength(1);
    expect(verdict.wrongState).toEqual(['C has a letter of A that nobody sent (ffffffff)']);
  });
});

describe('doubled', () => {
  it('a letter that is twice in a register', () => {
    const arrivals = [...sound.B.arrivals, { id: 'b9', sender: 'A', state: 'arrived', hash: second.hash } as const];
    expect(only(judged({ B: { arrivals } }), 'doubled')).toEqual(['2/X of A (22222222) is 2 times at B']);
  });
  it('a number that was given to two documents', () => {
    const ledger = soundLedger();
    ledger.give({ office: 'A', direction: 'outgoing', year: 2026, number: 2, document: 'a3' });
    const verdict = judged({}, ledger);
    expect(verdict.doubled).toEqual(['A: outgoing number 2 of 2026 was given 2 times']);
    expect(verdict.gaps).toEqual(['A: outgoing number 2 of 2026 was given and is not kept']);
  });
});

describe('stuck', () => {
  it('a message without a receipt', () => {
    const waiting = [{ message: 'm1', kind: 'status', why: 'waiting' }];
    expect(only(judged({ C: { waiting } }), 'stuck')).toEqual(['C: status m1 waits (waiting)']);
  });
  it('a letter that has not left', () => {
    const letters = sound.A.letters.map((letter) => ({
      ...letter,
      state: letter.id === 'a2' ? 'queued' : letter.state,
    }));
    expect(only(judged({ A: { letters } }), 'stuck')).toEqual(['2/X of A (22222222) is queued']);
  });
  it('an inbox that is not read to its end', () => {
    expect(only(judged({ B: { unread: 2 } }), 'stuck')).toEqual(['B: 2 items of its inbox are not taken in']);
  });
  it('a message of an honest office that was set aside, and not a stranger’s', () => {
    const of = (sender: string) => [{ message: 'm1', sender, code: 'EDXML_INVALID' }];
    expect(only(judged({ B: { setAside: of('A') } }), 'stuck')).toEqual([
      'B: message m1 of A was set aside (EDXML_INVALID)',
    ]);
    expect(isClean(judged({ B: { setAside: of('HOSTILE') } }))).toBe(true);
  });
});

describe('gaps', () => {
  const book = (numbers: readonly number[], startedFrom = 0): OfficeObservation['books'] => [
    {
      direction: 'incoming',
      year: 2026,
      startedFrom,
      numbers: numbers.map((number) => ({ number, document: number === 1 ? 'b1' : `b${number}0` })),
    },
  ];
  it('a number that a book left out', () => {
    expect(only(judged({ B: { books: book([1, 3]) } }), 'gaps')).toHaveLength(1);
    expect(only(judged({ B: { books: book([1, 2, 2]) } }), 'gaps')).toHaveLength(1);
    expect(only(judged({ B: { books: book([1, 2], 240) } }), 'gaps')).toHaveLength(1);
  });
  it('a number that was answered and is in no book', () => {
    expect(only(judged({ B: { books: [] } }), 'gaps')).toEqual([
      'B: incoming number 1 of 2026 was given and is not kept',
    ]);
  });
  it.each([
    { numbers: [1, 3], last: 3 },
    { numbers: [1, 2], last: 3 },
    { numbers: [2, 3], last: 3 },
  ])('an inbox with the numbers $numbers of $last', (inbox) => {
    expect(only(judged({}, soundLedger(), { inboxes: [{ agency: 'B', epoch: 'e', ...inbox }] }), 'gaps')).toHaveLength(
      1,
    );
  });
});

describe('wrong state', () => {
  it.each([
    ['arrived', 'C'],
    ['completed', 'B'],
    ['delivered', 'B'],
  ] as const)('a sender that says %s of %s', (state, agency) => {
    const letters = sound.A.letters.map((letter) => ({
      ...letter,
      deliveries: letter.deliveries.map((one) =>
        letter.id === 'a1' && one.agency === agency ? { ...one, state } : one,
      ),
    }));
    expect(only(judged({ A: { letters } }), 'wrongState')).toHaveLength(1);
  });
});

describe('an office that was put back to an older copy', () => {
  const held = (letters: readonly Letter[], numbers: readonly string[]) => ({
    letters,
    numbers: new Set(numbers),
    messages: new Map(letters.map(({ id }) => [id, `message of ${id}`])),
  });
  /** A forgets its second letter, and gives its number to another one. */
  function rolledBack(left: boolean): OpenLedger {
    const ledger = soundLedger();
    ledger.rollBack('A', held([first, second], []), held([first], ['outgoing 2026 1 a1']), () => left);
    ledger.give({ office: 'A', direction: 'outgoing', year: 2026, number: 2, document: 'a3' });
    return ledger;
  }
  const forgotten: Partial<OfficeObservation> = {
    letters: sound.A.letters.slice(0, 1),
    handedOver: handedOver.slice(0, 1),
    books: [
      {
        ...sound.A.books[0]!,
        numbers: [
          { number: 1, document: 'a1' },
          { number: 2, document: 'a3' },
        ],
      },
    ],
  };

  it('may forget what it did since, and give its numbers again', () => {
    expect(isClean(judged({ A: forgotten }, rolledBack(true)))).toBe(true);
    expect(isClean(judged({ A: forgotten, B: withoutHash('B', second.hash) }, rolledBack(false)))).toBe(true);
  });
  it('still owes what had left it', () => {
    const verdict = judged({ A: forgotten, B: withoutHash('B', second.hash) }, rolledBack(true));
    expect(only(verdict, 'lost')).toEqual(['2/X of A (22222222) left before its office was restored, not at B']);
  });
  it('owes it once', () => {
    const arrivals = [...sound.B.arrivals, { id: 'b9', sender: 'A', state: 'arrived', hash: second.hash } as const];
    for (const left of [true, false]) only(judged({ A: forgotten, B: { arrivals } }, rolledBack(left)), 'doubled');
  });
  it('owes no more what the exchange lost as well', () => {
    const ledger = rolledBack(true);
    ledger.stillLeft(() => false);
    expect(isClean(judged({ A: forgotten, B: withoutHash('B', second.hash) }, ledger))).toBe(true);
  });
  it('does not cover what it lost before', () => {
    const ledger = soundLedger();
    ledger.rollBack('A', held([first], []), held([first], ['outgoing 2026 1 a1']), () => true);
    expect(only(judged({ A: forgotten }, ledger), 'lost')).toEqual(['2/X of A (22222222) is not in its own register']);
  });
  it('sets aside reports about what it forgot, from its addressees alone', () => {
    for (const code of ['STATUS_OF_UNKNOWN_DOCUMENT', 'STATUS_FROM_STRANGER']) {
      const from = (sender: string) => [{ message: 'm1', sender, code }];
      expect(isClean(judged({ A: { ...forgotten, setAside: from('B') } }, rolledBack(true)))).toBe(true);
      only(judged({ A: { ...forgotten, setAside: from('C') } }, rolledBack(true)), 'stuck');
      only(judged({ A: { setAside: from('B') } }), 'stuck');
    }
    const other = [{ message: 'm1', sender: 'B', code: 'EDXML_INVALID' }];
    only(judged({ A: { ...forgotten, setAside: other } }, rolledBack(true)), 'stuck');
  });
  it.each(['MESSAGE_LOST', 'MESSAGE_FORGOTTEN'])('cannot send again what the exchange lost of it (%s)', (code) => {
    const at = (message: string) => ({ setAside: [{ message, sender: 'A', code }] });
    const gone = ['message of a1', 'message of a2', 'status of A'];
    const B = withoutHash('B', second.hash);
    const verdictOf = (message: string, ledger = rolledBack(false), missing: readonly string[] = gone): Verdict =>
      judged({ A: forgotten, B: { ...B, ...at(message) } }, ledger, { gone: missing });
    expect(isClean(verdictOf('message of a2'))).toBe(true);
    expect(isClean(verdictOf('status of A'))).toBe(true);
    // What its register still holds is handed over again, and what the exchange has can be fetched.
    only(verdictOf('message of a1'), 'stuck');
    only(verdictOf('message of a2', rolledBack(false), []), 'stuck');
    expect(verdictOf('status of A', soundLedger()).stuck).toHaveLength(1);
  });
  it('reported as a recipient what it no longer knows', () => {
    const ledger = soundLedger();
    ledger.rollBack('B', held([], []), held([], []), () => true);
    const arrivals = sound.B.arrivals.map((arrival) => ({ ...arrival, state: 'arrived' as const }));
    expect(isClean(judged({ B: { arrivals, books: [] } }, ledger))).toBe(true);
    const behind = sound.B.arrivals.map((arrival) => ({ ...arrival, state: 'done' as const }));
    expect(only(judged({ B: { arrivals: behind, books: [] } }, ledger), 'wrongState')).toHaveLength(2);
  });
});

it('asks no more of the state of a letter to the old code of a merged office than that it was reached', () => {
  const ledger = soundLedger();
  ledger.merge('C');
  const stateAtC = (state: 'delivered' | 'queued') => ({
    letters: sound.A.letters.map((letter) => ({
      ...letter,
      deliveries: letter.deliveries.map((one) => (one.agency === 'C' ? { ...one, state } : one)),
    })),
  });
  expect(isClean(judged({ A: stateAtC('delivered') }, ledger))).toBe(true);
  only(judged({ A: stateAtC('queued') }, ledger), 'wrongState');
  only(judged({ A: stateAtC('delivered') }), 'wrongState');
});

it('lets wait at a merged office what it reported under its old code, and nothing else', () => {
  const report = { message: 'm1', kind: 'status', why: 'blocked SENDER_MISMATCH, 1 attempts' };
  const stuckOf = (waiting: OfficeObservation['waiting'], isMerged: boolean): number => {
    const ledger = soundLedger();
    if (isMerged) ledger.merge('B');
    return judged({ B: { waiting } }, ledger).stuck.length;
  };
  expect(stuckOf([report], true)).toBe(0);
  expect(stuckOf([report], false)).toBe(1);
  expect(stuckOf([{ ...report, kind: 'document' }], true)).toBe(1);
  expect(stuckOf([{ ...report, why: 'waiting, 1 attempts' }], true)).toBe(1);
});

it('asks no more of the states of what a merged office sent under its old code, and all of what it sent since', () => {
  const ledger = soundLedger();
  ledger.merge('A');
  const letters = sound.A.letters.map((letter) => ({
    ...letter,
    deliveries: letter.deliveries.map((one) => ({ ...one, state: 'delivered' as const })),
  }));
  expect(isClean(judged({ A: { letters } }, ledger))).toBe(true);
  const arrivals = sound.B.arrivals.map((one) => (one.sender === 'A' ? { ...one, sender: 'A2' } : one));
  expect(only(judged({ A: { letters }, B: { arrivals } }, ledger), 'wrongState')).toHaveLength(2);
});

it('asks no letter of a merged office that was taken under its old code and whose bytes are gone, and any other', () => {
  const lost = { message: 'message of a2', sender: 'A', code: 'MESSAGE_LOST' };
  const B = { ...withoutHash('B', second.hash), setAside: [lost] };
  const verdictOf = (gone: readonly string[], { isMerged = true, under = 'A' } = {}): Verdict => {
    const ledger = soundLedger();
    if (isMerged) ledger.merge('A');
    const letters = sound.A.letters.map((letter) => ({
      ...letter,
      taken: { message: `message of ${letter.id}`, under },
    }));
    const A = { letters, handedOver: handedOver.map(({ message }) => ({ message, under })) };
    return judged({ A, B }, ledger, { gone });
  };
  expect(isClean(verdictOf(['message of a2']))).toBe(true);
  for (const verdict of [
    verdictOf([]),
    verdictOf(['message of a1']),
    verdictOf(['message of a2'], { isMerged: false }),
    verdictOf(['message of a2'], { under: 'A2' }),
  ]) {
    expect(verdict.lost).toEqual(['2/X of A (22222222) is not at B']);
    expect(verdict.stuck).toHaveLength(1);
  }
});

it('asks no report of a merged office that the exchange knew under its old code before it was put back', () => {
  const A = { handedOver: [...handedOver, { message: 's1', under: 'A' }, { message: 's2', under: 'A2' }] };
  const stuckOf = (message: string, { isMerged = true, gone = ['s1', 's2'] } = {}): readonly string[] => {
    const ledger = soundLedger();
    if (isMerged) ledger.merge('A');
    return judged({ A, B: { setAside: [{ message, sender: 'A', code: 'MESSAGE_FORGOTTEN' }] } }, ledger, { gone })
      .stuck;
  };
  expect(stuckOf('s1')).toEqual([]);
  expect(stuckOf('s2')).toEqual(['B: message s2 of A was set aside (MESSAGE_FORGOTTEN)']);
  expect(stuckOf('s1', { isMerged: false })).toHaveLength(1);
  expect(stuckOf('s1', { gone: [] })).toHaveLength(1);
});
