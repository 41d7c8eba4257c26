import fc from 'fast-check';
import { expect } from 'vitest';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { NumberChoice } from '#shared/contract/outgoing.ts';
import { roles, type Role } from '#shared/domain/roles.ts';
import { blankPlacement, importLetter, plainFields } from '../office-letters.ts';
import {
  bookOfYear,
  callerOf,
  dayOf,
  hasAdministrator,
  lastDay,
  partsOf,
  yearOf,
  type Model,
  type ModelArrival,
  type ModelLetter,
  type ModelPerson,
} from './model.ts';
import { agree, anchor, ask, OTHER, personInput, repeatLast, signIn, type Expected, type Play } from './play.ts';

export type Step = fc.AsyncCommand<Model, Play>;

/** Who does it: a person of the office, whoever she is, or (null) one who may. */
const by = fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(9) });
const at = fc.nat(30);
const clerk: readonly Role[] = ['records-clerk'];
const clerkOrOfficer: readonly Role[] = ['records-clerk', 'officer'];
const noAdministrator: readonly Role[] = ['records-clerk', 'officer', 'leader'];
const keepers: readonly Role[] = ['records-clerk', 'administrator'];
const administrator: readonly Role[] = ['administrator'];

/** A step that can be printed, and repeated on a fresh office while the sequence is made shorter. */
function step<A>(
  name: string,
  args: fc.Arbitrary<A>,
  run: (model: Model, play: Play, args: A) => Promise<void>,
): fc.Arbitrary<Step> {
  return args.map((given) => ({
    check: () => true,
    run: async (model, play) => {
      await run(model, play, given);
      agree(model, play);
      anchor(play);
    },
    toString: () => `${name}(${fc.stringify(given)})`,
  }));
}

/** One that a person of the office does. */
function done<A extends object>(
  name: string,
  may: readonly Role[],
  args: { readonly [K in keyof A]: fc.Arbitrary<A[K]> },
  run: (model: Model, play: Play, args: A) => Promise<void>,
): fc.Arbitrary<Step> {
  return step(name, fc.tuple(by, fc.record(args)), async (model, play, [who, given]) => {
    await signIn(model, play, whoDoes(model, who, may));
    await run(model, play, given);
  });
}

function whoDoes(model: Model, who: number | null, may: readonly Role[]): ModelPerson {
  const isAble = (one: ModelPerson) => one.active && one.hasPin && may.some((role) => one.roles.includes(role));
  const person = who === null ? model.people.find(isAble) : model.people[who % model.people.length];
  const [anybody] = model.people;
  const found = person ?? anybody;
  if (found === undefined) throw new Error('nobody is there');
  return found;
}

/** One of those that the step is for, one time in six any; undefined where there is none. */
function pick<T>(list: readonly T[], index: number, fits: (one: T) => boolean = () => true): T | undefined {
  const from = index % 6 === 5 ? list : list.filter(fits);
  return from[index % Math.max(from.length, 1)];
}

const target = (play: Play, { id }: { readonly id: string }) => ({ id, revision: play.revisionOf(id) });
const inState = (state: string, wanted: readonly string[]): Expected => (wanted.includes(state) ? null : 'WRONG_STATE');

/** A step of a letter that does nothing but change its state. */
function letterStep(
  name: 'outgoing.approve' | 'outgoing.reopen' | 'outgoing.discard' | 'outgoing.restore',
  may: readonly Role[],
  from: readonly string[],
  to: string,
): fc.Arbitrary<Step> {
  return done(name, may, { which: at }, async (model, play, { which }) => {
    const letter = pick(model.letters, which, ({ state }) => from.includes(state));
    if (letter === undefined) return;
    const answer = await ask(model, play, name, may, target(play, letter), inState(letter.state, from));
    if (answer !== null) letter.state = to;
  });
}

/** The way of a letter. */
const forward: readonly fc.Arbitrary<Step>[] = [
  done('draft', clerkOrOfficer, {}, async (model, play) => {
    const caller = callerOf(model, play.now());
    const mayRead = caller !== null && clerkOrOfficer.some((role) => caller.roles.includes(role));
    const input = {
      // What is imported and taken by no letter is put away after a day: each draft imports its own.
      fileId: mayRead ? await importLetter(play.office) : play.fileId,
      fileName: 'cong-van.pdf',
      fields: plainFields,
      placement: blankPlacement,
      recipients: [OTHER],
    };
    const answer = await ask(model, play, 'outgoing.create', clerkOrOfficer, input, null);
    if (answer !== null) model.letters.push({ id: answer.id, state: 'draft', date: null });
  }),
  letterStep('outgoing.approve', clerkOrOfficer, ['draft'], 'approved'),
  done(
    'number',
    clerk,
    { which: at, how: fc.constantFrom('next', 'next', 'next', 'reserved', 'beside'), number: at },
    async (model, play, { which, how, number }) => {
      const letter = pick(model.letters, which, ({ state }) => state === 'approved');
      if (letter === undefined) return;
      const now = play.now();
      const book = bookOfYear(model, 'outgoing', yearOf(now));
      const take = choose(how, book.numbers, number);
      const expected = refusalOfNumber(model, letter, now, take);
      const input = { ...target(play, letter), take };
      const answer = await ask(model, play, 'outgoing.assignNumber', clerk, input, expected);
      if (answer === null) return;
      if (take.kind === 'next') {
        book.last += 1;
        expect([answer.number, answer.suffix]).toEqual([book.last, '']);
      }
      book.numbers.set(`${answer.number}${answer.suffix}`, { state: 'given', documentId: letter.id });
      letter.state = 'numbered';
      letter.date = dayOf(now);
    },
  ),
  signStep('outgoing.sign', ['leader'], 'person', 'numbered', 'signed'),
  signStep('outgoing.seal', clerk, 'seal', 'signed', 'sealed'),
  done('send', clerk, { which: at }, async (model, play, { which }) => {
    const letter = pick(model.letters, which, ({ state }) => state === 'sealed');
    if (letter === undefined) return;
    // A letter beside it may have got another day since it was signed.
    await decide(model, play, letter, 'sealed', {});
    const input = target(play, letter);
    const answer = await ask(model, play, 'outgoing.send', clerk, input, inState(letter.state, ['sealed']));
    if (answer === null) return;
    const isSent = () => play.rows('SELECT 1 FROM document WHERE id = ? AND state = ?', letter.id, 'sent').length === 1;
    await play.until('the receipt', isSent);
    letter.state = 'sent';
  }),
];

/** Its ways back. */
const letters: readonly fc.Arbitrary<Step>[] = [
  letterStep('outgoing.reopen', noAdministrator, ['approved'], 'draft'),
  letterStep('outgoing.discard', clerkOrOfficer, ['draft'], 'discarded'),
  letterStep('outgoing.restore', clerkOrOfficer, ['discarded'], 'draft'),
  done('cancel', clerk, { which: at }, async (model, play, { which }) => {
    const from = ['numbered', 'signed', 'sealed'];
    const letter = pick(model.letters, which, ({ state }) => from.includes(state));
    if (letter === undefined) return;
    const input = { ...target(play, letter), reason: 'Sai thể thức' };
    const answer = await ask(model, play, 'outgoing.cancel', clerk, input, inState(letter.state, from));
    if (answer !== null) letter.state = 'cancelled';
  }),
];

function choose(how: string, numbers: ReadonlyMap<string, { readonly state: string }>, index: number): NumberChoice {
  if (how === 'next') return { kind: 'next' };
  const wanted = how === 'reserved' ? 'reserved' : 'given';
  const keys = [...numbers].filter(([key, { state }]) => state === wanted && partsOf(key).suffix === '');
  const [key] = pick(keys, index) ?? ['999'];
  const { number } = partsOf(key);
  return how === 'reserved' ? { kind: 'reserved', number, suffix: '' } : { kind: 'beside', number };
}

function refusalOfNumber(model: Model, letter: ModelLetter, now: Date, take: NumberChoice): Expected {
  if (letter.state !== 'approved') return 'WRONG_STATE';
  const book = bookOfYear(model, 'outgoing', yearOf(now));
  if (book.closed) return 'BOOK_YEAR_CLOSED';
  switch (take.kind) {
    case 'next': {
      // A clock that was set back gives no number by itself.
      const last = lastDay(model, book);
      return last !== null && last > dayOf(now) ? 'DATE_BEFORE_LAST' : null;
    }
    case 'reserved':
      return book.numbers.get(String(take.number))?.state === 'reserved' ? null : 'NUMBER_NOT_RESERVED';
    case 'beside':
      return book.numbers.get(String(take.number))?.state === 'given' ? null : 'NUMBER_NOT_GIVEN';
  }
}

/** Accepts what the last look finds, where whoever is there may. */
async function decide(
  model: Model,
  play: Play,
  letter: ModelLetter,
  state: string,
  keys: { readonly person?: string; readonly seal?: string },
): Promise<void> {
  const caller = callerOf(model, play.now());
  if (letter.state !== state || caller === null || !noAdministrator.some((role) => caller.roles.includes(role))) return;
  await decideAll(play.office.ok, target(play, letter), { person: null, seal: null, ...keys });
}

function signStep(
  name: 'outgoing.sign' | 'outgoing.seal',
  may: readonly Role[],
  key: 'person' | 'seal',
  from: string,
  to: string,
): fc.Arbitrary<Step> {
  return done(name, may, { which: at }, async (model, play, { which }) => {
    const letter = pick(model.letters, which, ({ state }) => state === from);
    if (letter === undefined) return;
    await decide(model, play, letter, from, { [key]: play.keys[key] });
    const input = { ...target(play, letter), certificateId: play.keys[key], password: TEST_PKI_PASSWORD };
    const now = play.now().toISOString();
    const expected =
      inState(letter.state, [from]) ??
      (now < play.keysValid.from ? 'SIGN_CERT_NOT_YET_VALID' : now > play.keysValid.until ? 'SIGN_CERT_EXPIRED' : null);
    const answer = await ask(model, play, name, may, input, expected);
    if (answer !== null) letter.state = to;
  });
}

const paperFields = (codeText: string) => ({
  agencyName: 'Sở Tài chính',
  codeText,
  date: '2026-11-02',
  documentType: 'Công văn',
  abstract: 'V/v dự toán',
  signerName: '',
  signerTitle: '',
  pageAmount: null,
  ...noMeeting,
  urgency: 'normal' as const,
  dueAt: null,
  forwardTo: '',
  paper: 'arrived' as const,
});

let received = 0;
const inHand: readonly string[] = ['registered'];

const paper: fc.Arbitrary<Step> = done(
  'paper',
  clerk,
  { code: fc.nat(4), accept: fc.boolean() },
  async (model, play, { code, accept }) => {
    const codeText = `${code + 1}/STC-NS`;
    const year = yearOf(play.now());
    const isTwin = model.arrivals.some((one) => one.codeText === codeText);
    const expected =
      isTwin && !accept ? 'DUPLICATE_DOCUMENT' : bookOfYear(model, 'incoming', year).closed ? 'BOOK_YEAR_CLOSED' : null;
    const input = { fields: paperFields(codeText), senderCode: null, acceptDuplicate: accept };
    const answer = await ask(model, play, 'incoming.registerPaper', clerk, input, expected);
    if (answer === null) return;
    const arrival = newArrival(answer.id, codeText, 'registered', true);
    model.arrivals.push(arrival);
    enter(model, arrival, year);
  },
);

const arrivals: readonly fc.Arbitrary<Step>[] = [
  step('receive', fc.constant(null), async (model, play) => {
    received += 1;
    const id = await play.receive(received);
    model.arrivals.push(newArrival(id, `${received}/SNV-VP`, 'arrived', false));
  }),
  done('register', clerk, { which: at, accept: fc.boolean() }, async (model, play, { which, accept }) => {
    const arrival = pick(model.arrivals, which, ({ state }) => state === 'arrived');
    if (arrival === undefined) return;
    const { fields } =
      callerOf(model, play.now()) === null
        ? { fields: paperFields(arrival.codeText) }
        : await play.office.ok('incoming.get', { id: arrival.id });
    const year = yearOf(play.now());
    const book = bookOfYear(model, 'incoming', year);
    // All that comes has one page: the second number for it is asked about.
    const isTwin = model.arrivals.some(
      (one) => one !== arrival && !one.onPaper && (one.state === 'registered' || one.state === 'done'),
    );
    const expected =
      inState(arrival.state, ['arrived']) ??
      (isTwin && !accept ? 'DUPLICATE_DOCUMENT' : book.closed ? 'BOOK_YEAR_CLOSED' : null);
    const input = { ...target(play, arrival), fields, acceptDuplicate: accept };
    const answer = await ask(model, play, 'incoming.register', clerk, input, expected);
    if (answer === null) return;
    enter(model, arrival, year);
    expect([answer.arrivalNumber, answer.year]).toEqual([book.last, year]);
  }),
  paper,
  done('return', clerk, { which: at }, async (model, play, { which }) => {
    const arrival = pick(model.arrivals, which, ({ state }) => state === 'arrived');
    if (arrival === undefined) return;
    const input = { ...target(play, arrival), reason: 'Gửi nhầm' };
    const answer = await ask(model, play, 'incoming.return', clerk, input, inState(arrival.state, ['arrived']));
    if (answer !== null) arrival.state = 'returned';
  }),
  done('submit', clerkOrOfficer, { which: at, leader: at }, async (model, play, { which, leader }) => {
    const arrival = pick(model.arrivals, which, ({ state }) => inHand.includes(state));
    const asked = pick(model.people, leader, (one) => one.active && one.roles.includes('leader'));
    if (arrival === undefined || asked === undefined) return;
    const isLeader = asked.active && asked.named && asked.roles.includes('leader');
    const open = arrival.state === 'registered' && arrival.undecided;
    const input = { documents: [target(play, arrival)], leaderId: asked.id, note: '' };
    // One that cannot go is told of in the answer.
    if (!open && isLeader) return;
    const answer = await ask(model, play, 'handling.submit', clerkOrOfficer, input, isLeader ? null : 'NOT_A_LEADER');
    if (answer !== null) arrival.askedLeader = asked;
  }),
  done('assign', ['records-clerk', 'leader'], { which: at, lead: at }, async (model, play, { which, lead }) => {
    const arrival = pick(model.arrivals, which, ({ state }) => inHand.includes(state));
    const person = pick(model.people, lead, ({ active }) => active);
    if (arrival === undefined || person === undefined || arrival.state !== 'registered') return;
    const assignees = [{ part: 'lead' as const, kind: 'person' as const, id: person.id }];
    const input = { documents: [target(play, arrival)], assignees, dueAt: null, note: '' };
    const expected = person.active && person.named ? null : 'NOBODY_SUCH';
    const answer = await ask(model, play, 'handling.assign', ['records-clerk', 'leader'], input, expected);
    if (answer === null) return;
    arrival.lead = person;
    arrival.askedLeader = null;
    arrival.undecided = false;
  }),
  done('finish', noAdministrator, { which: at }, async (model, play, { which }) => {
    const arrival = pick(model.arrivals, which, ({ state }) => inHand.includes(state));
    if (arrival === undefined) return;
    const expected = inState(arrival.state, inHand);
    const answer = await ask(model, play, 'incoming.complete', noAdministrator, target(play, arrival), expected);
    if (answer !== null) arrival.state = 'done';
  }),
  done('undo', noAdministrator, { which: at }, async (model, play, { which }) => {
    const arrival = pick(model.arrivals, which, ({ state }) => state === 'done');
    if (arrival === undefined) return;
    const input = { ...target(play, arrival), reason: 'Chưa xong' };
    const expected = inState(arrival.state, ['done']);
    const answer = await ask(model, play, 'handling.reopen', noAdministrator, input, expected);
    if (answer === null) return;
    arrival.state = 'registered';
    // Who has left meanwhile cannot have it back.
    if (arrival.lead?.active === false) arrival.lead = null;
    // Another step may be open now than before: it was told to its sender, or not.
    arrival.undecided = false;
  }),
];

const newArrival = (id: string, codeText: string, state: ModelArrival['state'], onPaper: boolean): ModelArrival => ({
  id,
  codeText,
  state,
  onPaper,
  lead: null,
  askedLeader: null,
  undecided: true,
});

function enter(model: Model, arrival: ModelArrival, year: number): void {
  const book = bookOfYear(model, 'incoming', year);
  book.last += 1;
  book.numbers.set(String(book.last), { state: 'given', documentId: arrival.id });
  arrival.state = 'registered';
}

const bookIds = fc.constantFrom('outgoing', 'incoming');
/** Years after the first. */
const later = fc.constantFrom(0, 0, 1);

const books: readonly fc.Arbitrary<Step>[] = [
  done('reserve', clerk, { count: fc.integer({ min: 1, max: 3 }) }, async (model, play, { count }) => {
    const book = bookOfYear(model, 'outgoing', yearOf(play.now()));
    const input = { bookId: 'outgoing', count, reservedFor: 'Phòng Nội chính' };
    const expected = book.closed ? 'BOOK_YEAR_CLOSED' : null;
    const answer = await ask(model, play, 'books.reserve', clerk, input, expected);
    if (answer === null) return;
    expect([answer.first, answer.last]).toEqual([book.last + 1, book.last + count]);
    for (let each = 0; each < count; each += 1) {
      book.last += 1;
      book.numbers.set(String(book.last), { state: 'reserved' });
    }
  }),
  done('drop', clerk, { later, which: at }, async (model, play, { later: years, which }) => {
    const year = model.firstYear + years;
    const book = bookOfYear(model, 'outgoing', year);
    const [key] = pick([...book.numbers], which, ([, { state }]) => state === 'reserved') ?? ['999'];
    const reason = 'Không ban hành';
    const input = { bookId: 'outgoing', year, ...partsOf(key), reason };
    const expected = book.numbers.get(key)?.state === 'reserved' ? null : 'NUMBER_NOT_RESERVED';
    const answer = await ask(model, play, 'books.dropReserved', clerk, input, expected);
    if (answer !== null) book.numbers.set(key, { state: 'void', reason });
  }),
  done(
    'start',
    keepers,
    { bookId: bookIds, later, last: fc.nat(300) },
    async (model, play, { later: years, ...choice }) => {
      const given = { ...choice, year: model.firstYear + years };
      const book = bookOfYear(model, given.bookId, given.year);
      const expected = book.closed ? 'BOOK_YEAR_CLOSED' : book.last > book.startedFrom ? 'BOOK_IN_USE' : null;
      const answer = await ask(model, play, 'books.startFrom', keepers, given, expected);
      if (answer === null) return;
      book.last = given.last;
      book.startedFrom = given.last;
    },
  ),
  done('close', keepers, { bookId: bookIds, later }, async (model, play, { bookId, later: years }) => {
    const given = { bookId, year: model.firstYear + years };
    const book = bookOfYear(model, given.bookId, given.year);
    const isLeft = [...book.numbers.values()].some(({ state }) => state === 'reserved');
    const expected = given.year >= yearOf(play.now()) ? 'BOOK_YEAR_RUNNING' : isLeft ? 'RESERVED_NUMBERS_LEFT' : null;
    const answer = await ask(model, play, 'books.closeYear', keepers, given, expected);
    if (answer !== null) book.closed = true;
  }),
  done('reopenYear', keepers, { bookId: bookIds, later }, async (model, play, { bookId, later: years }) => {
    const given = { bookId, year: model.firstYear + years };
    const answer = await ask(model, play, 'books.reopenYear', keepers, given, null);
    if (answer !== null) bookOfYear(model, given.bookId, given.year).closed = false;
  }),
];

const someRoles = fc.subarray([...roles]);

/** Steps that say who may do what. */
export const peopleSteps: readonly fc.Arbitrary<Step>[] = [
  done('hire', administrator, { roles: someRoles, pin: fc.boolean() }, async (model, play, given) => {
    const name = `Người thứ ${model.people.length}`;
    const input = personInput(null, name, given.roles);
    const answer = await ask(model, play, 'people.savePerson', administrator, input, null);
    if (answer === null) return;
    const person = { id: answer.personId, roles: given.roles, active: true, hasPin: given.pin, named: true };
    model.people.push(person);
    if (given.pin) await play.office.ok('people.setPin', { personId: person.id, pin: '739182' });
  }),
  done('roles', administrator, { who: at, roles: someRoles }, async (model, play, given) => {
    const person = pick(model.people, given.who);
    if (person === undefined) return;
    const input = personInput(person.id, `Người ${person.id.slice(0, 4)}`, given.roles);
    const after = model.people.map((one) => (one === person ? { ...one, roles: given.roles, active: true } : one));
    const expected = hasAdministrator(after) ? null : 'LAST_ADMINISTRATOR';
    const answer = await ask(model, play, 'people.savePerson', administrator, input, expected);
    if (answer === null) return;
    person.roles = given.roles;
    person.active = true;
    person.named = true;
  }),
  done('dismiss', administrator, { who: at, to: fc.option(at) }, async (model, play, given) => {
    const person = pick(model.people, given.who, ({ active }) => active);
    const heir = given.to === null ? null : (pick(model.people, given.to, ({ active }) => active) ?? null);
    if (person === undefined) return;
    const hers = model.arrivals.filter(
      ({ state, lead, askedLeader }) => state === 'registered' && (lead === person || askedLeader === person),
    );
    const after = model.people.map((one) => (one === person ? { ...one, active: false } : one));
    const expected =
      !person.active || heir?.active === false
        ? 'PERSON_NOT_ACTIVE'
        : hers.length > 0 && (heir === null || heir === person)
          ? 'ASSIGNED_DOCUMENTS_LEFT'
          : hasAdministrator(after)
            ? null
            : 'LAST_ADMINISTRATOR';
    const input = { personId: person.id, handOverTo: heir?.id ?? null };
    const answer = await ask(model, play, 'people.removePerson', administrator, input, expected);
    if (answer === null) return;
    person.active = false;
    for (const arrival of hers) {
      if (arrival.lead === person) arrival.lead = heir;
      if (arrival.askedLeader === person) arrival.askedLeader = heir;
    }
  }),
  done(
    'delegate',
    ['leader', 'administrator'],
    { from: at, to: at, fromDay: fc.integer({ min: -2, max: 3 }), days: fc.integer({ min: -1, max: 20 }) },
    async (model, play, given) => {
      const now = play.now();
      const from = pick(model.people, given.from, (one) => one.active && one.roles.includes('leader'));
      const to = pick(model.people, given.to, ({ active }) => active);
      if (from === undefined || to === undefined) return;
      const [fromDay, toDay] = [dayOf(now, given.fromDay), dayOf(now, given.fromDay + given.days)];
      const caller = callerOf(model, now);
      const isOwn = caller?.person === from || caller?.roles.includes('administrator') === true;
      const expected = !isOwn
        ? 'DELEGATION_NOT_OWN'
        : !from.active || !to.active
          ? 'PERSON_NOT_ACTIVE'
          : !from.roles.includes('leader')
            ? 'DELEGATOR_NOT_LEADER'
            : from === to || toDay < fromDay || toDay < dayOf(now)
              ? 'DELEGATION_DAYS_WRONG'
              : null;
      const input = { fromPersonId: from.id, toPersonId: to.id, fromDay, toDay };
      const answer = await ask(model, play, 'people.delegate', ['leader', 'administrator'], input, expected);
      if (answer !== null) model.delegations.push({ id: answer.id, from, to, fromDay, toDay, ended: false });
    },
  ),
  done('endDelegation', ['leader', 'administrator'], { which: at }, async (model, play, { which }) => {
    const now = play.now();
    const delegation = pick(model.delegations, which, ({ ended }) => !ended);
    if (delegation === undefined) return;
    const caller = callerOf(model, now);
    const isOwn = caller?.person === delegation.from || caller?.roles.includes('administrator') === true;
    const expected = delegation.toDay < dayOf(now) ? 'NOT_FOUND' : isOwn ? null : 'DELEGATION_NOT_OWN';
    const input = { delegationId: delegation.id };
    const answer = await ask(model, play, 'people.endDelegation', ['leader', 'administrator'], input, expected);
    if (answer !== null) delegation.ended = true;
  }),
  step('signIn', at, async (model, play, who) => {
    const person = model.people[who % model.people.length];
    if (person !== undefined) await signIn(model, play, person);
  }),
  step('lock', fc.constant(null), async (model, play) => {
    await play.office.ok('session.lock', {});
    model.signedIn = null;
  }),
];

/** What a leader alone says, asked for by anybody: by her own right, by another's, or refused. */
export const leading: readonly fc.Arbitrary<Step>[] = [
  step('direct', fc.record({ who: at, which: at }), async (model, play, { who, which }) => {
    const arrival = pick(
      model.arrivals,
      which - (which % 6),
      ({ state, undecided }) => state === 'registered' && undecided,
    );
    const person = model.people[who % model.people.length];
    if (arrival === undefined || person === undefined) return;
    await signIn(model, play, person);
    const caller = callerOf(model, play.now());
    const input = { ...target(play, arrival), leaderId: null, opinion: 'Giao phòng Nội chính' };
    // The records clerk writes down what a leader said, and must say which.
    const expected = caller?.roles.includes('leader') === true ? null : 'NOT_A_LEADER';
    const answer = await ask(model, play, 'handling.direct', ['leader', 'records-clerk'], input, expected);
    if (answer !== null) arrival.askedLeader = null;
  }),
  paper,
];

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What happens to a machine. */
export const machineSteps: readonly fc.Arbitrary<Step>[] = [
  step('clock', fc.constantFrom(HOUR, DAY, DAY, 9 * DAY, 38 * DAY, -DAY), async (_model, play, ms) => {
    await play.turnClock(ms);
  }),
  // To the last seconds of the year in Việt Nam, or over them.
  step('midnight', fc.constantFrom(-30_000, 30_000), async (_model, play, ms) => {
    const newYear = Date.parse(`${yearOf(play.now()) + 1}-01-01T00:00:00+07:00`);
    await play.turnClock(newYear - play.now().getTime() + ms);
  }),
  step('restart', fc.constant(null), async (model, play) => {
    await play.restart();
    model.signedIn = null;
  }),
  step('again', fc.constant(null), repeatLast),
  step('stale', at, async (model, play, which) => {
    const letter = pick(model.letters, which, ({ state }) => state === 'draft');
    if (letter === undefined) return;
    await signIn(model, play, whoDoes(model, null, clerkOrOfficer));
    const input = { id: letter.id, revision: play.revisionOf(letter.id) + 1 };
    await ask(model, play, 'outgoing.discard', clerkOrOfficer, input, 'STALE_REVISION');
  }),
];

/** Letters and arrivals come oftener than people, as in an office, and go forward oftener than back. */
export const allSteps: readonly fc.Arbitrary<Step>[] = [
  ...[...letters, ...arrivals, ...forward, ...forward, ...forward].flatMap((each) => [each, each]),
  ...books,
  ...peopleSteps,
  ...machineSteps,
];
