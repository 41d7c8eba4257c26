import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Log } from '#core/ports/system.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { agency, createOfficeHub, type OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, importLetter, sealedLetter } from '#tests/support/office-letters.ts';
import { readRows } from '#tests/support/office-database.ts';
import { storeOnFullDisk } from '#tests/support/full-disk.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import {
  addCertificate,
  openTestOffice,
  repositoryRoot,
  sampleLetter,
  testPki,
  type TestOffice,
} from '#tests/support/test-office.ts';
import { makeTextPdf } from '#tests/support/vietnamese-pdf.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';

let hub: OfficeHub;
let office: TestOffice;
let logged: string[];
const log: Log = {
  info: (...all) => void logged.push(JSON.stringify(all)),
  warn: (...all) => void logged.push(JSON.stringify(all)),
  error: (event, error, details) =>
    void logged.push(
      `${event} ${error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error)} ${JSON.stringify(details)}`,
    ),
};

beforeEach(async () => {
  logged = [];
  hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
  office = await openTestOffice({ log, ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
});
afterEach(() => office.close());

const path = (name: string) => join(office.dataDir, name);
function write(name: string, bytes: Uint8Array | string): string {
  writeFileSync(path(name), bytes);
  return path(name);
}
/** Names of everything in the file store, finished or not. */
const stored = () =>
  existsSync(path('files'))
    ? readdirSync(path('files'), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map(({ name }) => name)
    : [];
const propose = async (file: string) => {
  const answer = await office.call('letters.propose', { token: office.token(file), commandId: crypto.randomUUID() });
  return answer.ok ? 'ok' : answer.code;
};

const lockedLetter = join(repositoryRoot, 'tests/fixtures/letters/bad/password.pdf');

describe('a letter that cannot be used is named for what it is, and nothing of it stays', () => {
  it.each<[string, string, () => string]>([
    ['not a PDF', 'PDF_NOT_PDF', () => write('a.pdf', 'Đây là một văn bản Word')],
    ['a picture named .pdf', 'PDF_NOT_PDF', () => write('a.pdf', Buffer.from('89504e470d0a1a0a0000', 'hex'))],
    ['empty', 'PDF_EMPTY', () => write('a.pdf', '')],
    ['with a password', 'PDF_ENCRYPTED', () => lockedLetter],
    ['without pages', 'PDF_BROKEN', () => write('a.pdf', makePdf({ kids: [] }))],
    ['cut off', 'PDF_BROKEN', () => write('a.pdf', readFileSync(sampleLetter).subarray(0, 20_000))],
    [
      'of 200 MB',
      'PDF_TOO_LARGE',
      () => {
        const file = write('a.pdf', makePdf());
        truncateSync(file, 200 * 1024 * 1024);
        return file;
      },
    ],
    ['a folder', 'FILE_UNREADABLE', () => office.dataDir],
    ['gone meanwhile', 'FILE_UNREADABLE', () => path('never.pdf')],
  ])('%s: %s', async (_, code, make) => {
    expect(await propose(make())).toBe(code);
    expect(stored()).toEqual([]);
  });

  it.each(['MẬT', 'TỐI MẬT', 'TUYỆT MẬT'])(
    'marked %s: refused, not kept, and not a word of it in the log',
    async (mark) => {
      const secret = makeTextPdf([
        { text: 'UBND TỈNH ĐẮK LẮK', x: 80, y: 780 },
        { text: mark, x: 80, y: 700 },
        { text: 'Nội dung kín đáo', x: 80, y: 600 },
      ]);
      const file = write('mat.pdf', secret);
      expect(await propose(file)).toBe('SECRET_DOCUMENT');
      expect(stored()).toEqual([]);
      expect(logged.join('\n')).not.toContain('kín đáo');
      expect(
        readRows(office.dataDir, 'SELECT * FROM command')
          .map((row) => JSON.stringify(row))
          .join(),
      ).not.toContain('kín');
    },
  );

  it('an import on a full disk is refused with DISK_FULL and works once there is room', async () => {
    let full = true;
    await office.restart({ ports: { gateway: hub.gateway, files: storeOnFullDisk(office.dataDir, () => full) } });
    expect(await propose(sampleLetter)).toBe('DISK_FULL');
    expect(stored()).toEqual([]);
    full = false;
    expect(await propose(sampleLetter)).toBe('ok');
  });

  it('a token that nobody gave out is expired', async () => {
    expect(await office.refused('letters.propose', { token: crypto.randomUUID() })).toBe('FILE_TOKEN_EXPIRED');
    for (const token of ['../../etc/passwd', '/etc/passwd', 'a'.repeat(37), '']) {
      expect(await office.refused('letters.propose', { token })).toBe('INVALID_INPUT');
    }
  });

  it('refusing a file does not take away an equal one that was received', async () => {
    const locked = readFileSync(lockedLetter);
    const item = hub.slip(
      'H15.01',
      'H15.02',
      writeEdxmlDocument({
        ...fullDocument,
        from: organ('H15.02', 'Sở Nội vụ'),
        to: [organ('H15.01')],
        business: null,
        attachments: [
          { contentId: '1', name: 'khoa.pdf', contentType: 'application/pdf', description: '', bytes: locked },
        ],
      }),
    );
    const row = await office.until(
      'arrival',
      async () => (await office.ok('incoming.list', { box: 'to-register' })).rows[0],
    );
    expect(item.seq).toBe(1);
    expect(await propose(lockedLetter)).toBe('PDF_ENCRYPTED');
    const attached = createHash('sha256').update(locked).digest('hex');
    expect(existsSync(path(fileAddress(attached)))).toBe(true);
    expect((await office.ok('incoming.get', { id: row.id })).warnings).toContain('PDF_ENCRYPTED');
  });
});

describe('keys', () => {
  const addKey = async (file: string, password = TEST_PKI_PASSWORD) => {
    const input = {
      token: office.token(file),
      password,
      role: 'person' as const,
      imageToken: null,
      commandId: crypto.randomUUID(),
    };
    const answer = await office.call('certificates.add', input);
    return answer.ok ? 'ok' : answer.code;
  };

  it('a wrong password, a broken file, no file', async () => {
    expect(await addKey(testPki().p12('person'), 'sai mật khẩu')).toBe('P12_WRONG_PASSWORD');
    expect(await addKey(write('a.p12', 'không phải'))).toBe('P12_BROKEN');
    expect(await addKey(path('none.p12'))).toBe('P12_MISSING');
    expect((await office.ok('certificates.list', {})).certificates).toEqual([]);
  });

  it.each([
    ['is no PNG', 'GIF89a', 'IMAGE_NOT_PNG'],
    ['cannot be drawn', '\x89PNG\r\n\x1a\nbroken off', 'SIGN_IMAGE_UNSUPPORTED'],
  ])('an image that %s is refused and not kept', async (_, image, code) => {
    const answer = await office.call('certificates.add', {
      token: office.token(testPki().p12('person')),
      password: TEST_PKI_PASSWORD,
      role: 'person',
      imageToken: office.token(write('chuky.png', Buffer.from(image, 'latin1'))),
      commandId: crypto.randomUUID(),
    });
    expect(answer).toMatchObject({ ok: false, code });
    expect(stored()).toEqual([]);
  });

  it.each([
    ['expired', 'SIGN_CERT_EXPIRED'],
    ['future', 'SIGN_CERT_NOT_YET_VALID'],
    ['wrong-usage', 'SIGN_CERT_WRONG_USAGE'],
  ] as const)('%s: %s, and the letter stays as it was', async (subject, code) => {
    const certificateId = await addCertificate(office, subject, 'person');
    const { id, revision } = await approvedDraft(office, ['H15.02']);
    const numbered = await office.ok('outgoing.assignNumber', { id, revision });
    await decideAll(office.ok, numbered, { person: certificateId, seal: null });
    const before = stored();
    const input = { id, revision: numbered.revision, certificateId, password: TEST_PKI_PASSWORD };
    expect(await office.refused('outgoing.sign', input)).toBe(code);
    expect(await office.ok('outgoing.get', { id })).toMatchObject({ state: 'numbered', revision: numbered.revision });
    expect(stored()).toEqual(before);
  });

  it('a wrong password when signing: the letter stays as it was, and the right one works', async () => {
    const keys = await addKeys(office);
    const { id, revision } = await approvedDraft(office, ['H15.02']);
    const numbered = await office.ok('outgoing.assignNumber', { id, revision });
    await decideAll(office.ok, numbered, keys);
    const input = { id, revision: numbered.revision, certificateId: keys.person };
    expect(await office.refused('outgoing.sign', { ...input, password: 'sai' })).toBe('P12_WRONG_PASSWORD');
    expect(await office.ok('outgoing.get', { id })).toMatchObject({ state: 'numbered', revision: numbered.revision });
    expect(await office.ok('outgoing.sign', { ...input, password: TEST_PKI_PASSWORD })).toMatchObject({
      state: 'signed',
    });
  });

  it('passwords are in no log, no database, no file and no answer', async () => {
    const keys = await addKeys(office);
    const wrong = 'Mật-khẩu-sai-7391';
    const sealed = await sealedLetter(office, keys, ['H15.02']);
    const answers = [
      await office.call('certificates.add', {
        token: office.token(testPki().p12('person')),
        password: wrong,
        role: 'person',
        imageToken: null,
        commandId: crypto.randomUUID(),
      }),
      await office.call('outgoing.sign', {
        id: sealed.id,
        revision: 99,
        certificateId: keys.person,
        password: wrong,
        commandId: crypto.randomUUID(),
      }),
      await office.call('outgoing.sign', { id: sealed.id, password: wrong } as never),
      await office.call('certificates.add', { password: wrong, [wrong]: wrong } as never),
      await office.ok('certificates.list', {}),
      await office.ok('outgoing.get', { id: sealed.id }),
      office.events,
    ];
    const said = [JSON.stringify(answers), ...logged].join('\n');
    for (const password of [wrong, TEST_PKI_PASSWORD]) {
      expect(said).not.toContain(password);
      for (const file of readdirSync(office.dataDir, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue;
        const bytes = readFileSync(join(file.parentPath, file.name));
        expect(bytes.includes(password) ? file.name : '').toBe('');
      }
    }
    expect(JSON.stringify(await office.ok('certificates.list', {}))).not.toContain(testPki().dir);
  });
});

describe('names from outside', () => {
  it('attachments and ids lead to no file outside the store', async () => {
    const names = [
      '../../../../tmp/vanthu-escape.pdf',
      '/tmp/vanthu-escape.pdf',
      'C:\\Windows\\x.exe',
      '__proto__',
      'a\0b.pdf',
    ];
    hub.slip(
      'H15.01',
      'H15.02',
      writeEdxmlDocument({
        ...fullDocument,
        from: organ('H15.02', '__proto__'),
        to: [organ('H15.01')],
        business: null,
        attachments: names.map((name, at) => ({
          contentId: String(at),
          name,
          contentType: 'application/pdf',
          description: '',
          bytes: makePdf({ content: `% ${at}` }),
        })),
      }),
    );
    const row = await office.until(
      'arrival',
      async () => (await office.ok('incoming.list', { box: 'to-register' })).rows[0],
    );
    const detail = await office.ok('incoming.get', { id: row.id });
    expect([detail.file, ...detail.attachments]).toHaveLength(names.length);
    expect(existsSync('/tmp/vanthu-escape.pdf')).toBe(false);
    expect(stored().every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
    for (const fileId of ['../../../etc/passwd', `${'a'.repeat(61)}/..`, 'A'.repeat(64), '', '__proto__']) {
      expect(await office.refused('letters.signedRevision', { fileId, index: 0 })).toBe('INVALID_INPUT');
    }
  });

  it('a signed revision that is not there is told', async () => {
    const fileId = await importLetter(office);
    expect(await office.refused('letters.signedRevision', { fileId: 'a'.repeat(64), index: 0 })).toBe('FILE_MISSING');
    expect((await office.call('letters.signedRevision', { fileId, index: 5, commandId: crypto.randomUUID() })).ok).toBe(
      false,
    );
  });
});
