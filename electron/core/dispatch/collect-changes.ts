import type { Topic } from '#shared/contract/topics.ts';
import { UNSURE_NUMBERS } from '#shared/domain/unsure-numbers.ts';
import { TRAIL_CHECK } from '../audit/trail-check.ts';
import { SIGN_IN_RULES } from '../people/sign-in-rules.ts';
import type { StatementRecord } from '../watching/watching-stores.ts';
import type { ReadStores, WriteStores } from '../ports/stores.ts';

type Method = (...args: never[]) => unknown;
/** Methods that a transaction has and a reader has not. */
type Writes<S extends keyof WriteStores> = Exclude<keyof WriteStores[S], keyof ReadStores[S]>;
type TopicsOf<F> = F extends (...args: infer Args) => unknown ? (...args: Args) => readonly Topic[] : never;
/** What each way of writing changes, as far as screens care. One missing does not compile. */
type Changes = {
  readonly [S in keyof WriteStores as Writes<S> extends never ? never : S]: {
    readonly [M in Writes<S>]: TopicsOf<WriteStores[S][M]>;
  };
};

/** What a sender states names the recipient that it speaks of. */
const directionOf = ({ statement }: StatementRecord): Topic => ('recipient' in statement ? 'outgoing' : 'incoming');

const nothing = (): readonly Topic[] => [];
const always =
  (...topics: readonly Topic[]) =>
  () =>
    topics;

const settingTopics: Readonly<Record<string, readonly Topic[]>> = {
  'paper-rules': ['office', 'outgoing'],
  [UNSURE_NUMBERS]: ['books'],
  [SIGN_IN_RULES]: ['people', 'session'],
  [TRAIL_CHECK]: ['audit'],
};

const changes: Changes = {
  settings: {
    set: (name) => settingTopics[name] ?? [],
  },
  commands: { remember: nothing, forgetBefore: nothing },
  office: { setAgency: always('office'), setConnection: always('office') },
  people: {
    setWorkstation: nothing,
    putUnit: always('people'),
    putPerson: always('people'),
    deactivateUnit: always('people'),
    deactivatePerson: always('people'),
    putPin: always('people'),
    noteFailure: nothing,
    forgetFailures: nothing,
    setLocked: nothing,
    addDelegation: always('people'),
    endDelegation: always('people'),
    handOver: always('incoming'),
  },
  agencies: { put: always('directory'), putList: always('directory'), dropList: always('directory') },
  books: {
    take: always('books'),
    takeReserved: always('books'),
    takeSuffix: always('books'),
    startFrom: always('books'),
    voidUpTo: always('books'),
    reserve: always('books'),
    dropReserved: always('books'),
    insert: always('books'),
    change: always('books'),
    setActive: always('books'),
    closeYear: always('books'),
    putNotation: always('books', 'outgoing'),
    dropNotation: always('books', 'outgoing'),
  },
  outgoing: {
    insert: always('outgoing'),
    update: always('outgoing'),
    setTargets: always('outgoing'),
    setOtherTargets: always('outgoing'),
    setOtherPosted: always('outgoing'),
    setOtherResult: always('outgoing'),
    replaceTarget: always('outgoing'),
    advanceDelivery: always('outgoing'),
    setPaper: always('outgoing'),
    setRecallAnswer: always('outgoing'),
  },
  decisions: { put: always('outgoing') },
  incoming: {
    insert: always('incoming'),
    update: always('incoming'),
    putRecall: always('incoming'),
    markOpened: always('incoming'),
    setFiles: always('incoming'),
    addMail: always('incoming'),
    setArrival: always('incoming'),
    attach: always('incoming', 'books'),
    expectPaper: always('incoming'),
    join: always('incoming', 'line'),
  },
  access: {
    limit: always('incoming', 'outgoing', 'books'),
    open: always('incoming', 'outgoing', 'books'),
  },
  handling: {
    put: always('incoming'),
    assign: always('incoming'),
    close: always('incoming'),
    openFinished: always('incoming'),
    say: always('incoming'),
    putAside: always('incoming'),
    takeBack: always('incoming'),
  },
  relations: {
    add: always('incoming', 'outgoing'),
    remove: always('incoming', 'outgoing'),
    pin: always('incoming', 'outgoing'),
  },
  certificates: { insert: always('certificates'), remove: always('certificates') },
  // The other topic of an entry is its document's, which the transaction knows.
  history: { add: always('audit') },
  audit: { add: always('audit') },
  outbox: {
    add: (row) => ['line', row.kind === 'document' ? 'outgoing' : 'incoming'],
    update: (row) => ['line', row.kind === 'document' ? 'outgoing' : 'incoming'],
    withdraw: always('line', 'outgoing'),
    leaves: nothing,
    takeBack: always('line', 'incoming'),
    rename: nothing,
    lineIsBack: always('outgoing'),
  },
  inbox: { moveTo: nothing, add: always('line'), update: nothing, remove: always('line'), lineIsBack: nothing },
  statements: {
    add: (row) => ['line', directionOf(row)],
    update: (row) => ['line', directionOf(row)],
    lineIsBack: nothing,
  },
  watch: {
    // A letter of this office to itself is both.
    put: ({ documentId, delivery }) =>
      documentId === null
        ? ['incoming']
        : delivery.sender === delivery.recipient
          ? ['incoming', 'outgoing']
          : ['outgoing'],
    moveTo: nothing,
  },
  officeReports: { add: always('line'), update: always('line'), lineIsBack: nothing },
  feedback: {
    add: always('line', 'feedback'),
    update: always('line', 'feedback'),
    addAnswer: always('feedback'),
    markRead: always('feedback'),
    noteKnown: always('feedback'),
    lineIsBack: nothing,
  },
  inboxProblems: { add: always('set-aside'), remove: always('set-aside') },
  duty: { keep: always('duty'), forget: always('duty') },
  // The window that typed it knows it already.
  forms: { keep: nothing, forget: nothing },
  files: { keepMessage: nothing, forgetUnflushed: nothing },
};

/** Stores whose new rows the sync has to do something with. */
const queues: readonly string[] = ['outbox', 'inbox', 'statements', 'officeReports', 'feedback'];

/** The same stores, noting in `changed` what is written through them, and telling of each message that waits to be sent or fetched. */
export function collectChanges(stores: WriteStores, changed: Set<Topic>, queued: () => void): WriteStores {
  const collecting: Record<string, object> = { ...stores };
  for (const [name, methods] of Object.entries(changes)) {
    const store = stores[name as keyof WriteStores] as unknown as Readonly<Record<string, Method>>;
    const wrapped: Record<string, Method> = { ...store };
    for (const [method, topicsOf] of Object.entries(methods)) {
      wrapped[method] = (...args) => {
        const result = store[method]?.(...args);
        for (const topic of (topicsOf as (...given: never[]) => readonly Topic[])(...args)) changed.add(topic);
        if (queues.includes(name) && method === 'add') queued();
        return result;
      };
    }
    collecting[name] = wrapped;
  }
  return collecting as unknown as WriteStores;
}
