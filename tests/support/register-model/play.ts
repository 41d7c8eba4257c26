import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, vi } from 'vitest';
import type { PinKeys } from '#core/ports/pin-keys.ts';
import type { Signer } from '#core/ports/signer.ts';
import type { AuditHead } from '#core/audit/trail-store.ts';
import { auditCommand } from '#entries/cli/audit-command.ts';
import { loadTrust } from '#entries/load-trust.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { ReaderHost } from '#entries/process-reader.ts';
import { createSpoolingStore } from '#files/content-store.ts';
import { answerReaderRequest } from '#reader/answer-reader-request.ts';
import { inProcessSigner } from '#scripts/demo/in-process-signer.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { specOf, type CallInput, type CallName, type CallOutput } from '#shared/contract/contract.ts';
import { FIRST_PERSON_ID, type Role } from '#shared/domain/roles.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { fullDocument } from '../../unit/edxml/sample-messages.ts';
import { addKeys, importLetter, type OfficeKeys } from '../office-letters.ts';
import { agency, createOfficeHub } from '../office-hub.ts';
import { openTestOffice, repositoryRoot, testPki, type TestOffice } from '../test-office.ts';
import { createVirtualTime } from '../virtual-time.ts';
import { bookOfYear, callerOf, newModel, type Model, type ModelPerson } from './model.ts';

export const OWN = 'H15.01';
export const OTHER = 'H15.02';
const PIN = '739182';
/** When a play begins, in ms after the keys of the tests became valid: the clock may be set back a few days. */
const AFTER_KEYS_MS = 30 * 24 * 3_600_000;

type Input<N extends CallName> = Omit<CallInput<N>, 'commandId'>;

/** A register that is played with, beside its model. */
export interface Play {
  readonly office: TestOffice;
  readonly fileId: string;
  readonly keys: OfficeKeys;
  /** Between these instants the keys sign. */
  readonly keysValid: { readonly from: string; readonly until: string };
  readonly anchors: AuditHead[];
  now(): Date;
  /** Turns the clock, and lets happen what is due then. */
  turnClock(ms: number): Promise<void>;
  restart(): Promise<void>;
  /** Revision of a document as it is now. */
  revisionOf(id: string): number;
  /** A letter of another office comes through the exchange; its id here. */
  receive(codeNumber: number): Promise<string>;
  until(what: string, probe: () => boolean): Promise<void>;
  rows<Row>(sql: string, ...params: readonly unknown[]): Row[];
  /** What would change with any write. */
  mark(): string;
  /** The last command that was done, for whoever sends it again. */
  last: { readonly name: CallName; readonly input: object; readonly value: unknown } | null;
  close(): Promise<void>;
}

/** Fast on purpose: what is tried here is who may, not how hard a PIN is to guess. */
const pinKeys: PinKeys = {
  scheme: 'test',
  newSalt: () => new Uint8Array([1, 2, 3]),
  derive: (pin, salt) => Promise.resolve(createHash('sha256').update(pin).update(salt).digest()),
};

/** Opens each key file once: its encryption is slow on purpose, and not what is tried here. */
function rememberingSigner(): Signer {
  const opened = new Map<string, ReturnType<typeof openPkcs12>>();
  const inspected = new Map<string, ReturnType<Signer['inspect']>>();
  return {
    inspect: (key, password, certificate) => {
      const name = JSON.stringify(key);
      const known = inspected.get(name) ?? inProcessSigner.inspect(key, password, certificate);
      inspected.set(name, known);
      return known;
    },
    sign: async (key, password, certificate, data) => {
      if (key.kind !== 'file') throw new Error(key.kind);
      const known = opened.get(key.path) ?? openPkcs12(await readFile(key.path), password);
      opened.set(key.path, known);
      const credential = known.keyOf(certificate);
      if (!credential) throw new Error('another key');
      return await credential.signData(data);
    },
  };
}
const signer = rememberingSigner();

/** The reading process without a process of its own. */
function readerInProcess(dataDir: string): ReaderHost {
  const trustDirs = [join(repositoryRoot, 'resources/trust'), join(dataDir, 'trust')];
  const sources = { store: createSpoolingStore(dataDir), trust: () => loadTrust(trustDirs, noLog) };
  return {
    start: (replied) => ({
      post: (request) => void answerReaderRequest(sources, request).then(replied),
      kill: () => undefined,
    }),
  };
}

const staff: readonly (readonly [name: string, roles: readonly Role[]])[] = [
  ['Phạm Quốc Huy', ['administrator']],
  ['Lê Thị Bình', ['records-clerk']],
  ['Nguyễn Văn Dũng', ['leader']],
  ['Trần Văn An', ['officer']],
];

/** An office with four people who sign in, keys, and a line to another office. */
export async function openPlay(): Promise<{ play: Play; model: Model }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'vanthu-play-'));
  const hub = createOfficeHub([agency(OWN, 'Văn phòng UBND tỉnh Đắk Lắk'), agency(OTHER, 'Sở Nội vụ')]);
  const [person] = await signer.inspect({ kind: 'file', path: testPki().p12('person') }, TEST_PKI_PASSWORD, null);
  if (!person) throw new Error('no key');
  const { notBefore, notAfter } = person;
  const world = createVirtualTime(Date.parse(notBefore) + AFTER_KEYS_MS);
  const ports = { gateway: hub.gateway, clock: world.clock, timers: world.timers, pinKeys };
  const office = await openTestOffice({ dataDir, ports, signer, readerHost: readerInProcess(dataDir) });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await world.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  const keys = await addKeys(office);
  const fileId = await importLetter(office);
  const people: ModelPerson[] = [];
  for (const [name, roles] of staff) {
    const { personId } = await office.ok('people.savePerson', personInput(null, name, roles));
    await office.ok('people.setPin', { personId, pin: PIN });
    people.push({ id: personId, roles, active: true, hasPin: true, named: true });
  }
  await office.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null });
  // She who was there before anybody had a name cannot sign in.
  people.push({
    id: FIRST_PERSON_ID,
    roles: ['records-clerk', 'leader', 'officer', 'administrator'],
    active: true,
    hasPin: false,
    named: false,
  });

  const sqlite = new Database(join(dataDir, 'vanthu.db'), { readonly: true });
  const rows: Play['rows'] = (sql, ...params) => sqlite.prepare<unknown[], never>(sql).all(...params);
  const play: Play = {
    office,
    fileId,
    keys,
    keysValid: { from: notBefore, until: notAfter },
    anchors: [],
    last: null,
    now: world.clock.now,
    turnClock: async (ms) => {
      world.jump(ms);
      await world.pass(0);
    },
    restart: () => office.restart(),
    revisionOf: (id) => rows<{ revision: number }>('SELECT revision FROM document WHERE id = ?', id)[0]?.revision ?? 1,
    receive: async (codeNumber) => {
      const message = writeEdxmlDocument({
        ...fullDocument,
        timing: null,
        dueDate: null,
        meeting: null,
        documentId: `${OTHER},2026/11/24,${codeNumber}/SNV-VP`,
        codeNumber: String(codeNumber),
        codeNotation: 'SNV-VP',
        otherInfo: { ...fullDocument.otherInfo, priority: 0 },
        responseFor: [],
      });
      const { messageId } = hub.slip(OWN, OTHER, message);
      const find = () =>
        rows<{ id: string }>('SELECT document_id AS id FROM received_message WHERE message_id = ?', messageId)[0]?.id;
      await world.until('the arrival', () => find() !== undefined);
      return find() ?? '';
    },
    until: async (what, probe) => void (await world.until(what, probe)),
    rows,
    mark: () => String(sqlite.pragma('data_version', { simple: true })),
    close: async () => {
      sqlite.close();
      await office.close();
    },
  };
  await world.pass(0);
  return { play, model: newModel(people, world.clock.now()) };
}

export const personInput = (personId: string | null, name: string, roles: readonly Role[]) => ({
  personId,
  name,
  title: '',
  unitId: null,
  roles: [...roles],
  position: 0,
  windowsAccount: '',
});

/** Signs somebody in; whoever has no PIN or has left cannot, and then nobody else is sent away. */
export async function signIn(model: Model, play: Play, person: ModelPerson): Promise<void> {
  if (model.signedIn === person) return;
  const input = { personId: person.id, pin: PIN };
  if (!person.active || !person.hasPin) {
    expect(await play.office.refused('session.signIn', input)).toBe('PIN_NOT_SET');
    return;
  }
  await play.office.ok('session.signIn', input);
  model.signedIn = person;
}

/** What the model says of a call: what refuses it; null lets it pass. */
export type Expected = string | null;

/**
 * Asks for something and compares with what the model says. What is refused, for want of a role or otherwise, changes nothing; what is done
 * stands in the trail in the name of who did it, and for whom. Null when it was refused.
 */
export async function ask<N extends CallName>(
  model: Model,
  play: Play,
  name: N,
  may: readonly Role[],
  input: Input<N>,
  expected: Expected,
): Promise<CallOutput<N> | null> {
  const caller = callerOf(model, play.now());
  const code =
    caller === null ? 'SIGNED_OUT' : may.some((role) => caller.roles.includes(role)) ? expected : 'NOT_ALLOWED';
  const before = play.mark();
  const head = lastRow(play);
  const full = { ...input, commandId: randomUUID() };
  const answer = await play.office.call(name, full as never);
  expect([name, answer.ok ? null : answer.code]).toEqual([name, code]);
  if (!answer.ok) {
    expect([name, 'changed nothing', play.mark()]).toEqual([name, 'changed nothing', before]);
    return null;
  }
  play.last = { name, input: full, value: answer.value };
  doneSoFar.set(name, (doneSoFar.get(name) ?? 0) + 1);
  if (caller === null) throw new Error(`${name} was done by nobody`);
  const ownRoles = caller.person.roles;
  const behalf = caller.actsFor !== null && !may.some((role) => ownRoles.includes(role)) ? caller.actsFor.id : '';
  const told = play.rows<{ actor: string; behalf: string }>(
    `SELECT DISTINCT actor_id AS actor, behalf_id AS behalf FROM audit WHERE seq > ? AND actor_kind = 'person'`,
    head,
  );
  expect([name, told]).toEqual([name, [{ actor: caller.person.id, behalf }]]);
  return answer.value;
}

/** How often each command was done: a play in which nothing is ever done says nothing. */
export const doneSoFar = new Map<CallName, number>();

const lastRow = ({ rows }: Play): number => rows<{ seq: number }>('SELECT max(seq) AS seq FROM audit')[0]?.seq ?? 0;

/** Whether the same command, sent once more, is answered and changes nothing. */
export async function repeatLast(model: Model, play: Play): Promise<void> {
  if (play.last === null) return;
  const { name, input, value } = play.last;
  const caller = callerOf(model, play.now());
  const may = specOf(name)?.may ?? null;
  const before = play.mark();
  const answer = await play.office.call(name, input);
  if (caller === null) expect(answer).toMatchObject({ ok: false, code: 'SIGNED_OUT' });
  else if (may !== null && !may.some((role) => caller.roles.includes(role))) {
    expect(answer).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  } else expect(answer).toEqual({ ok: true, value });
  expect(play.mark()).toBe(before);
}

interface NumberRow {
  readonly book: string;
  readonly year: number;
  readonly number: number;
  readonly suffix: string;
  readonly state: string;
  readonly documentId: string | null;
  readonly reason: string | null;
  readonly reservedFor: string | null;
}

/** The register says what the model says, and is in order by itself. */
export function agree(model: Model, play: Play): void {
  const documents = play.rows<{ id: string; state: string }>('SELECT id, state FROM document ORDER BY id');
  const expected = [...model.letters, ...model.arrivals].map(({ id, state }) => ({ id, state }));
  expect(documents).toEqual(expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)));

  const years = play.rows<{ book: string; year: number; startedFrom: number; last: number; closedAt: string | null }>(
    'SELECT book_id AS book, year, started_from AS startedFrom, last, closed_at AS closedAt FROM book_year',
  );
  const numbers = play.rows<NumberRow>(
    `SELECT book_id AS book, year, number, suffix, state, document_id AS documentId, reason, reserved_for AS reservedFor
     FROM book_number`,
  );
  for (const { book, year, startedFrom, last, closedAt } of years) {
    const modelled = bookOfYear(model, book, year);
    expect([book, year, startedFrom, last, closedAt !== null]).toEqual([
      book,
      year,
      modelled.startedFrom,
      modelled.last,
      modelled.closed,
    ]);
    const here = numbers.filter((row) => row.book === book && row.year === year);
    const found = new Map(here.map((row) => [`${row.number}${row.suffix}`, row]));
    expect([...found.keys()].toSorted()).toEqual([...modelled.numbers.keys()].toSorted());
    for (const [key, { state, documentId, reason }] of found) {
      const wanted = modelled.numbers.get(key);
      expect([key, state]).toEqual([key, wanted?.state]);
      if (wanted?.state === 'given') expect(documentId).toBe(wanted.documentId);
      if (wanted?.state === 'void') expect(reason).toBe(wanted.reason);
    }
    // No number is missing: each is a document's, or kept for somebody, or void for a reason.
    for (let number = startedFrom + 1; number <= last; number += 1) {
      const row = found.get(String(number));
      const explained =
        row?.state === 'given' ? row.documentId : row?.state === 'reserved' ? row.reservedFor : row?.reason;
      expect([book, year, number, (explained ?? '') !== '']).toEqual([book, year, number, true]);
    }
  }
  // A number is one document's, and a document has one number.
  const given = numbers.flatMap(({ documentId }) => documentId ?? []);
  expect(new Set(given).size).toBe(given.length);

  const left = play.rows(
    `SELECT a.document_id FROM assignment a JOIN person p ON p.id = a.person_id JOIN document d ON d.id = a.document_id
     WHERE a.closed_at IS NULL AND d.state NOT IN ('done', 'returned') AND p.active = 0`,
  );
  expect(['documents in the hands of who has left', left]).toEqual(['documents in the hands of who has left', []]);
  const unheard = play.rows(
    `SELECT h.document_id FROM handling h JOIN person p ON p.id = h.asked_leader
     WHERE h.stage = 'submitted' AND p.active = 0`,
  );
  expect(['documents that wait for the word of who has left', unheard]).toEqual([
    'documents that wait for the word of who has left',
    [],
  ]);
  const leads = play.rows<{ id: string; lead: string }>(
    `SELECT document_id AS id, person_id AS lead FROM assignment WHERE part = 'lead' AND closed_at IS NULL ORDER BY 1`,
  );
  const wanted = model.arrivals.flatMap(({ id, lead, state }) =>
    lead === null || state !== 'registered' ? [] : [{ id, lead: lead.id }],
  );
  expect(leads).toEqual(wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1)));

  const roles = play.rows<{ id: string; active: number; roles: string | null }>(
    `SELECT id, active, (SELECT group_concat(role) FROM (SELECT role FROM person_role WHERE person_id = p.id ORDER BY role))
       AS roles FROM person p ORDER BY id`,
  );
  expect(roles.map((row) => [row.id, row.active === 1, row.roles ?? ''])).toEqual(
    model.people
      .map(({ id, active, roles: held }) => [id, active, held.toSorted().join(',')])
      .toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  );
}

/** Notes where the trail ends now: later it must still be there. */
export function anchor(play: Play): void {
  const [head] = play.rows<AuditHead>('SELECT seq, hash, epoch FROM audit ORDER BY seq DESC LIMIT 1');
  if (head !== undefined) play.anchors.push(head);
}

/** Whether the whole trail is in order, with every end that it had, as `vanthu audit verify` says. */
export async function verifyTrail({ office, anchors }: Play): Promise<void> {
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const ends = anchors.flatMap(({ seq, epoch, hash }) => ['--anchor', `${seq}:${epoch}:${hash}`]);
    const status = await auditCommand(['verify', '--data-dir', office.dataDir, ...ends]);
    expect([status, said.mock.calls]).toEqual([0, [[expect.stringMatching(/^whole: /u)]]]);
  } finally {
    said.mockRestore();
  }
}
