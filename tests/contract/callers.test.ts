import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNames, specOf, type CallName } from '#shared/contract/contract.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import { FIRST_PERSON_ID, roles, type Role } from '#shared/domain/roles.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { noLog } from '#entries/machine-ports.ts';
import { createContentStore } from '#files/content-store.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { blankPlacement, createDraft, importLetter, plainFields } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeEach(async () => {
  office = await openTestOffice();
});
afterEach(() => office.close());

/** Gives the person at the workstation these roles and no others. */
function holdOnly(...held: readonly Role[]): void {
  const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
  sqlite.prepare('DELETE FROM person_role').run();
  for (const role of held) sqlite.prepare('INSERT INTO person_role VALUES (?, ?)').run(FIRST_PERSON_ID, role);
  sqlite.close();
}

const commands = callNames.filter((name) => ownerOf(name) === 'core' && specOf(name)?.kind === 'command');
const mayOf = (name: CallName): readonly Role[] | null => specOf(name)?.may ?? null;

describe('who may call', () => {
  const input = async (name: CallName): Promise<object> => {
    const { id, revision } = await createDraft(office, []);
    return name === 'outgoing.create'
      ? {
          fileId: await importLetter(office),
          fileName: 'a.pdf',
          fields: plainFields,
          placement: blankPlacement,
          recipients: [],
        }
      : { id, revision };
  };

  it('a person without the role is refused, nothing happens, and with the role it goes on', async () => {
    const made = await input('outgoing.create');
    const target = await input('outgoing.discard');
    holdOnly('leader');
    expect(await office.refused('outgoing.create', made as never)).toBe('NOT_ALLOWED');
    expect(await office.refused('outgoing.discard', target as never)).toBe('NOT_ALLOWED');
    expect((await office.ok('office.counts', {})).outgoing.drafts).toBe(2);
    holdOnly('officer');
    await office.ok('outgoing.create', made as never);
    await office.ok('outgoing.discard', target as never);
  });

  it('the answer names the roles that may', async () => {
    holdOnly();
    const answer = await office.call('outgoing.seal', {
      id: randomUUID(),
      revision: 1,
      certificateId: randomUUID(),
      password: '',
      commandId: randomUUID(),
    });
    expect(answer).toMatchObject({ ok: false, code: 'NOT_ALLOWED', params: { may: 'records-clerk' } });
  });

  it('an answer that is remembered is not told to one who may not ask', async () => {
    const { id, revision } = await createDraft(office, []);
    const commandId = randomUUID();
    await office.ok('outgoing.discard', { id, revision, commandId } as never);
    holdOnly();
    expect(await office.refused('outgoing.discard', { id, revision, commandId } as never)).toBe('NOT_ALLOWED');
  });

  it.each(commands)('%s says who may', (name) => {
    const may = mayOf(name);
    if (may === null) return;
    expect(may.length).toBeGreaterThan(0);
    for (const role of may) expect(roles).toContain(role);
  });

  it('whoever sits there may look, and the seal is the records office’s alone (Điều 32)', async () => {
    holdOnly();
    await office.ok('outgoing.list', { box: 'drafts' });
    await office.ok('office.counts', {});
    expect(mayOf('outgoing.seal')).toEqual(['records-clerk']);
    expect(mayOf('outgoing.sign')).toEqual(['leader']);
    expect(commands.filter((name) => mayOf(name) === null).toSorted()).toEqual([
      'books.print',
      'books.workbook',
      'exchange.syncNow',
      'feedback.answer',
      'feedback.markRead',
      'feedback.send',
      'feedback.sendAgain',
      'forms.forget',
      'forms.keep',
      'handling.remark',
      'incoming.markOpened',
      'letters.signedRevision',
      'oversight.reminderFile',
      'oversight.workbook',
      'printing.form',
      'printing.handlingSheet',
      'printing.verification',
      'session.changePin',
      'session.lock',
      'session.signIn',
      'session.signInByAccount',
    ]);
  });
});

describe('an error code that the call does not declare', () => {
  it('is a bug: the caller gets UNEXPECTED, the log says which code and which call', async () => {
    const errors: { event: string; error: unknown; details: unknown }[] = [];
    const strange = openTestOffice({
      log: { ...noLog, error: (event, error, details) => void errors.push({ event, error, details }) },
      ports: {
        files: { ...createContentStore(office.dataDir), size: () => Promise.reject(new CodedError('BOOK_IN_USE')) },
      },
    });
    const other = await strange;
    try {
      const answer = await other.call('outgoing.create', {
        fileId: 'a'.repeat(64),
        fileName: 'a.pdf',
        fields: plainFields,
        placement: blankPlacement,
        recipients: [],
        commandId: randomUUID(),
      });
      expect(answer).toMatchObject({ ok: false, code: 'UNEXPECTED', params: {}, retryable: false });
      expect(errors).toMatchObject([
        { event: 'call-failed', details: { name: 'outgoing.create', undeclared: 'BOOK_IN_USE' } },
      ]);
    } finally {
      await other.close();
    }
  });

  it('a declared one is passed on', async () => {
    const code = await office.refused('outgoing.create', {
      fileId: 'a'.repeat(64),
      fileName: 'a.pdf',
      fields: plainFields,
      placement: blankPlacement,
      recipients: [],
    });
    expect(code).toBe('FILE_MISSING');
  });
});

describe('a register that cannot be read', () => {
  it('answers every call, and never leaves the screen without one', async () => {
    const errors: string[] = [];
    const other = await openTestOffice({ log: { ...noLog, error: (event) => void errors.push(event) } });
    const { dataDir } = other;
    const sqlite = new Database(join(dataDir, 'vanthu.db'));
    sqlite.exec('DROP TABLE person_role');
    sqlite.close();
    try {
      const start = { bookId: 'outgoing', year: 2026, last: 1, commandId: randomUUID() };
      expect(await other.call('books.startFrom', start)).toMatchObject({ ok: false, code: 'UNEXPECTED' });
      expect(await other.call('exchange.syncNow', { commandId: randomUUID() })).toMatchObject({ ok: false });
      expect(errors).toEqual(['call-failed', 'call-failed']);
    } finally {
      await other.close();
    }
  });
});

describe('what a screen hears after a command', () => {
  const heardSince = (from: number) =>
    office.events.slice(from).flatMap(({ event, payload }) => (event === 'answers.changed' ? payload.queries : []));

  it('is which queries have another answer, and no more', async () => {
    const draft = await createDraft(office, []);
    let from = office.events.length;
    await office.ok('outgoing.discard', { id: draft.id, revision: draft.revision });
    expect(heardSince(from).toSorted()).toEqual([
      'access.of',
      'audit.list',
      'audit.state',
      'board.today',
      'books.entries',
      'handling.answerCandidates',
      'office.counts',
      'office.listValues',
      'office.search',
      'outgoing.get',
      'outgoing.lastDueRule',
      'outgoing.list',
      'outgoing.look',
      'outgoing.nextNumber',
      'outgoing.openedToday',
      'relations.of',
    ]);
    from = office.events.length;
    await office.ok('office.setUp', { agencyName: 'Sở Nội vụ', agencyCode: 'H15.02' });
    expect(heardSince(from).toSorted()).toEqual([
      'audit.state',
      'directory.grouped',
      'directory.groups',
      'directory.resolve',
      'office.identity',
      'office.paperRules',
      'office.workTime',
      'outgoing.look',
      'oversight.reminder',
      'oversight.supervision',
      'session.state',
    ]);
    from = office.events.length;
    await office.ok('books.startFrom', { bookId: 'outgoing', year: 2026, last: 7 });
    expect(heardSince(from).toSorted()).toEqual([
      'audit.state',
      'books.entries',
      'books.list',
      'books.notations',
      'books.reserved',
      'books.unsure',
      'incoming.nextNumber',
      'outgoing.look',
      'outgoing.nextNumber',
      'outgoing.nextSuffix',
      'outgoing.notations',
    ]);
  });

  it('is told also when an enrolled office starts: a screen may have asked before the key was there', async () => {
    const hub = createOfficeHub([agency('H15.01', 'Văn phòng')]);
    const enrolled = await openTestOffice({ ports: { gateway: hub.gateway } });
    try {
      await enrolled.ok('exchange.enrol', {
        serverUrl: 'http://hub.invalid',
        code: 'H15.01',
        workstationName: 'Máy 1',
      });
      const from = enrolled.events.length;
      await enrolled.restart();
      const heard = enrolled.events
        .slice(from)
        .flatMap(({ event, payload }) => (event === 'answers.changed' ? payload.queries : []));
      expect(heard).toContain('office.identity');
      expect(await enrolled.ok('office.identity', {})).toMatchObject({ enrolled: true });
    } finally {
      await enrolled.close();
    }
  });

  it('is nothing when the command was refused', async () => {
    const from = office.events.length;
    await office.refused('outgoing.discard', { id: randomUUID(), revision: 1 });
    expect(office.events.slice(from)).toEqual([]);
  });

  it('every query says what its answer shows, but for those that are asked anew each time', () => {
    const silent = callNames.filter((name) => {
      const spec = specOf(name);
      return ownerOf(name) === 'core' && spec?.kind === 'query' && spec.reads.length === 0;
    });
    // A bundle that somebody looks at must not change under her eyes; what a window keeps of its forms it knows itself.
    expect(silent.toSorted()).toEqual([
      'duty.numberTried',
      'exchange.check',
      'feedback.bundle',
      'feedback.overseenBundle',
      'forms.list',
      'forms.read',
    ]);
  });
});
