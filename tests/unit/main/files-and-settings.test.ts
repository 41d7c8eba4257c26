import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dialogs } from '#main/calls/dialogs.ts';
import { createMainHandlers } from '#main/calls/main-handlers.ts';
import { diagnosticsReport } from '#main/diagnostics/diagnostics-report.ts';
import { openLog } from '#main/diagnostics/log.ts';
import { createFileTokens } from '#main/files/file-tokens.ts';
import { suggestedName } from '#main/files/suggested-name.ts';
import { createSecrets, type Cipher } from '#main/security/secrets.ts';
import { defaultSettings } from '#shared/contract/shell.ts';
import { loadSettings, type StoredSettings } from '#main/settings/settings-store.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { recordingLog, silentLog } from './fakes.ts';

let folder: string;
const now = () => new Date('2026-03-02T01:02:03.004Z');

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shell-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('file tokens', () => {
  it('stand for a file with the size it has now, any number of times, for 30 minutes', async () => {
    let time = 0;
    const tokens = createFileTokens(randomUUID, () => time);
    const file = path.join(folder, 'công văn.pdf');
    await writeFile(file, '1234');
    const picked = await tokens.issue(file);
    expect(picked).toEqual({
      token: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      name: 'công văn.pdf',
      size: 4,
    });
    await writeFile(file, '12345');
    expect(await tokens.resolve(picked.token)).toEqual({ path: file, name: 'công văn.pdf', size: 5 });
    time = 30 * 60_000 - 1;
    expect(await tokens.resolve(picked.token)).not.toBeNull();
    time += 1;
    expect(await tokens.resolve(picked.token)).toBeNull();
  });

  it('mean nothing when unknown or when the file is gone', async () => {
    const tokens = createFileTokens(randomUUID, () => 0);
    const file = path.join(folder, 'a.pdf');
    await writeFile(file, '1');
    const { token } = await tokens.issue(file);
    await rm(file);
    expect(await tokens.resolve(token)).toBeNull();
    expect(await tokens.resolve(randomUUID())).toBeNull();
  });

  it('are not given for folders or for nothing', async () => {
    const tokens = createFileTokens(randomUUID, () => 0);
    await expect(tokens.issue(folder)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
    await expect(tokens.issue(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('suggested names', () => {
  it.each([
    ['241/VPUBND-HCTC.pdf', '241-VPUBND-HCTC.pdf'],
    ['..\\..\\Startup\\a.exe', '-..-Startup-a.exe'],
    ['CON.pdf', '_CON.pdf'],
    ['  .pdf', 'pdf'],
    ['', 'van-ban'],
    ['\u0080công\u009f văn.pdf', 'công văn.pdf'],
    ['Quyết định\u202e fdp.exe', 'Quyết định fdp.exe'],
  ])('%j becomes %j', (name, expected) => {
    expect(suggestedName(name)).toBe(expected);
  });

  it('hold no separator and no control character, and are never too long', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const safe = suggestedName(name);
        return safe.length > 0 && safe.length <= 151 && !/[/\\:*?"<>|\p{Cc}]/u.test(safe);
      }),
    );
  });
});

describe('settings', () => {
  /** Writes as electron-store does. */
  const storeAt = (file: string) => () => ({
    set: (values: StoredSettings) => {
      if (failing) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      writes.push(values);
      written = JSON.stringify(values);
      void file;
    },
  });
  let writes: StoredSettings[] = [];
  let written = '';
  let failing = false;
  beforeEach(() => {
    writes = [];
    failing = false;
  });

  it('start with the defaults', () => {
    const file = path.join(folder, 'settings.json');
    expect(loadSettings(file, storeAt(file), silentLog, now).get()).toEqual(defaultSettings);
  });

  it('keep what was changed, widths by name', async () => {
    const file = path.join(folder, 'settings.json');
    const settings = loadSettings(file, storeAt(file), silentLog, now);
    settings.update({ widths: { list: 300 } });
    settings.update({ theme: 'dark', widths: { page: 500 } });
    settings.rememberWindowPlace({ x: 1, y: 2, width: 1000, height: 700, maximized: true });
    await writeFile(file, written);
    const again = loadSettings(file, storeAt(file), silentLog, now);
    expect(again.get()).toEqual({ ...defaultSettings, theme: 'dark', widths: { list: 300, page: 500 } });
    expect(again.windowPlace()).toEqual({ x: 1, y: 2, width: 1000, height: 700, maximized: true });
  });

  it('of an earlier version are kept, and what it did not know is as for a new one', async () => {
    const file = path.join(folder, 'settings.json');
    const settings = { locale: 'en', theme: 'dark', widths: { list: 300 } } as const;
    await writeFile(file, JSON.stringify({ settings, window: null }));
    const loaded = loadSettings(file, storeAt(file), silentLog, now);
    expect(loaded.get()).toEqual({ ...settings, lists: {}, expressSound: true, staysInTray: true });
    loaded.update({ expressSound: false });
    expect(loaded.update({ locale: 'vi' })).toEqual({
      ...settings,
      lists: {},
      locale: 'vi',
      expressSound: false,
      staysInTray: true,
    });
  });

  it('stay as they were when they cannot be written', () => {
    const file = path.join(folder, 'settings.json');
    const settings = loadSettings(file, storeAt(file), silentLog, now);
    failing = true;
    expect(() => settings.update({ theme: 'dark' })).toThrow('SETTINGS_NOT_SAVED');
    expect(settings.get()).toEqual(defaultSettings);
    settings.rememberWindowPlace({ x: 1, y: 2, width: 1000, height: 700, maximized: true });
    expect(settings.windowPlace()).toBeNull();
  });

  it('do not grow without end', () => {
    const file = path.join(folder, 'settings.json');
    const settings = loadSettings(file, storeAt(file), silentLog, now);
    const widths = Object.fromEntries(Array.from({ length: 301 }, (_, index) => [`w${index}`, 100]));
    expect(() => settings.update({ widths })).toThrow('INVALID_INPUT');
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"settings":{}}',
    '{"settings":{"locale":"xx","theme":"system","widths":{}},"window":null}',
    '\u0000'.repeat(100),
  ])('that are damaged are kept aside, and the defaults are used: %j', async (content) => {
    const file = path.join(folder, 'settings.json');
    await writeFile(file, content);
    const log = recordingLog();
    expect(loadSettings(file, storeAt(file), log, now).get()).toEqual(defaultSettings);
    expect(await readdir(folder)).toEqual(['settings.json.damaged-2026-03-02T010203004Z']);
    expect(await readFile(path.join(folder, 'settings.json.damaged-2026-03-02T010203004Z'), 'utf8')).toBe(content);
    expect(log.lines).toEqual(['warn settings-damaged']);
  });
});

describe('secrets', () => {
  const cipher: Cipher = {
    isAvailable: () => true,
    encrypt: (text) => Buffer.from(`sealed ${text}`).map((byte) => byte ^ 0x5a),
    decrypt: (bytes) =>
      Buffer.from(bytes.map((byte) => byte ^ 0x5a))
        .toString()
        .slice('sealed '.length),
  };

  it('are encrypted, and read back', async () => {
    const file = path.join(folder, 'secrets.json');
    expect(await createSecrets(file, cipher, silentLog).set('workstation-key', 'mật khẩu')).toBe(true);
    expect(await readFile(file, 'utf8')).not.toContain('mật khẩu');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await createSecrets(file, cipher, silentLog).get('workstation-key')).toBe('mật khẩu');
  });

  it('are all kept when they are set at the same time', async () => {
    const secrets = createSecrets(path.join(folder, 'secrets.json'), cipher, silentLog);
    const names = Array.from({ length: 10 }, (_, index) => `name-${index}`);
    await Promise.all(names.map((name) => secrets.set(name, `value of ${name}`)));
    expect(await Promise.all(names.map((name) => secrets.get(name)))).toEqual(names.map((name) => `value of ${name}`));
    expect(await readdir(folder)).toEqual(['secrets.json']);
  });

  it('are kept plain, for the user alone, where there is no key store, with one warning', async () => {
    const log = recordingLog();
    const file = path.join(folder, 'secrets.json');
    const secrets = createSecrets(file, { ...cipher, isAvailable: () => false }, log);
    await secrets.set('a', '1');
    await secrets.set('b', '2');
    expect(await secrets.get('a')).toBe('1');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(log.lines).toEqual(['warn secrets-kept-plain']);
  });

  it('are null when there is none, or it belongs to another machine', async () => {
    const file = path.join(folder, 'secrets.json');
    const secrets = createSecrets(file, cipher, silentLog);
    expect(await secrets.get('none')).toBeNull();
    expect(await secrets.get('__proto__')).toBeNull();
    await secrets.set('a', '1');
    const elsewhere = createSecrets(
      file,
      {
        ...cipher,
        decrypt: () => {
          throw new Error('wrong key');
        },
      },
      silentLog,
    );
    expect(await elsewhere.get('a')).toBeNull();
  });

  it('are not written over a file that cannot be read', async () => {
    const file = path.join(folder, 'secrets.json');
    await writeFile(file, '{"version":1,"sec');
    const log = recordingLog();
    expect(await createSecrets(file, cipher, log).set('a', '1')).toBe(false);
    expect(await readFile(file, 'utf8')).toBe('{"version":1,"sec');
  });
});

describe('the log', () => {
  it('is rotated once it is full, and tells its last lines across both files', () => {
    const file = path.join(folder, 'logs', 'main.log');
    const log = openLog(file, now, 1_000);
    for (let line = 0; line < 40; line += 1) log.info('line', { line });
    const last = log.lastLines(5).map((line) => (JSON.parse(line) as { line: number }).line);
    expect(last).toEqual([35, 36, 37, 38, 39]);
  });

  it('never stops the application', async () => {
    await writeFile(path.join(folder, 'logs'), 'in the way');
    const log = openLog(path.join(folder, 'logs', 'main.log'), now);
    expect(() => {
      log.error('something');
    }).not.toThrow();
    expect(log.counts()).toEqual({ warnings: 0, errors: 1 });
  });
});

describe('diagnostics', () => {
  it('tell versions, sizes and the log, and hide the names of folders', async () => {
    await writeFile(path.join(folder, 'office.db'), '12345');
    const log = openLog(path.join(folder, 'logs', 'main.log'), now);
    log.error('call-failed', { stack: `at ${folder}/x.js` });
    await writeFile(path.join(folder, 'logs', 'core.log.old'), '{"event":"older"}\n');
    await writeFile(path.join(folder, 'logs', 'core.log'), '{"event":"core"}\n');
    const text = await diagnosticsReport({
      at: now(),
      versions: { electron: '33.2.1' },
      settings: defaultSettings,
      core: { state: 'ready', restarts: 1, failure: null },
      dataDir: folder,
      coreLogFile: path.join(folder, 'logs', 'core.log'),
      homeDir: '/home/nguyen.van.an',
      log,
    });
    expect(text).not.toContain(folder);
    expect(JSON.parse(text)).toMatchObject({
      versions: { electron: '33.2.1' },
      core: { restarts: 1 },
      counts: { errors: 1 },
      dataFolder: { 'office.db': 5, logs: null },
      log: [expect.stringContaining('<data>/x.js')],
      coreLog: ['{"event":"older"}', '{"event":"core"}'],
    });
  });
});

describe('diagnostics of a data folder that cannot be used', () => {
  it('say so instead of failing', async () => {
    const file = path.join(folder, 'no-folder');
    await writeFile(file, '');
    const text = await diagnosticsReport({
      at: now(),
      versions: {},
      settings: defaultSettings,
      core: { state: 'gave-up', restarts: 0, failure: 'FOLDER_NOT_WRITABLE' },
      dataDir: file,
      coreLogFile: path.join(file, 'logs', 'core.log'),
      homeDir: '/home/nguyen.van.an',
      log: openLog(path.join(file, 'logs', 'main.log'), now),
    });
    expect(JSON.parse(text)).toMatchObject({
      core: { failure: 'FOLDER_NOT_WRITABLE' },
      dataFolder: 'ENOTDIR',
      coreLog: ['log not read (ENOTDIR)', 'log not read (ENOTDIR)'],
    });
  });
});

describe('saving a copy', () => {
  const fileId = 'ab'.repeat(32);
  let target: string | null;
  let asked: string[];
  let withheld: readonly string[] = [];

  function handlers() {
    const dialogs: Dialogs = {
      pickFiles: () => Promise.resolve([]),
      pickBackupPlace: () => Promise.resolve(null),
      saveCopyTo: (name) => {
        asked.push(name);
        return Promise.resolve(target);
      },
      saveDiagnosticsTo: () => Promise.resolve(target),
    };
    const unused = () => Promise.reject(new Error('no backups here'));
    return createMainHandlers({
      about: { version: '1', electron: '33', platform: 'linux', demo: false },
      dataDir: path.join(folder, 'data'),
      mayRead: (wanted) => !withheld.includes(wanted),
      dialogs,
      printer: {
        toPaper: (landscape) => Promise.resolve(landscape),
        print: (kind) => Promise.resolve(new TextEncoder().encode(`%PDF ${kind}`)),
      },
      printDir: path.join(folder, 'data', 'printed'),
      tokens: createFileTokens(randomUUID, Date.now),
      settings: loadSettings(path.join(folder, 'settings.json'), () => ({ set: () => undefined }), silentLog, now),
      backups: {
        state: unused,
        storage: unused,
        setPlace: unused,
        change: unused,
        now: unused,
        restore: unused,
        undoRestore: unused,
        offers: unused,
        beforeStart: unused,
        start: () => undefined,
        stop: () => undefined,
      },
      settingsChanged: () => undefined,
      diagnostics: () => Promise.resolve('{}'),
      now,
      log: silentLog,
    });
  }
  const save = () => handlers()['files.saveCopy']({ fileId, suggestedName: '241/VPUBND.pdf', commandId: randomUUID() });

  beforeEach(async () => {
    withheld = [];
    asked = [];
    target = path.join(folder, 'copy.pdf');
    const stored = path.join(folder, 'data', fileAddress(fileId));
    await mkdir(path.dirname(stored), { recursive: true });
    await writeFile(stored, 'letter');
  });

  it('saves nothing that is not for whoever is there', async () => {
    withheld = [fileId];
    await expect(save()).rejects.toMatchObject({ code: 'LIMITED_DOCUMENT' });
    expect(asked).toEqual([]);
  });

  it('saves a print where the user says, never over what is kept, and keeps the last one as a picked file', async () => {
    const commandId = randomUUID();
    const print = () => handlers()['files.savePrint']({ suggestedName: 'bao-cao.pdf', commandId });
    await expect(print()).resolves.toEqual({ saved: true });
    expect(await readFile(path.join(folder, 'copy.pdf'), 'utf8')).toBe('%PDF numbered');
    target = path.join(folder, 'data', 'x.pdf');
    await expect(print()).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN' });
    target = null;
    await expect(print()).resolves.toEqual({ saved: false });
    const keep = (name: string) => Promise.resolve(handlers()['files.pickPrint']({ name, commandId }));
    await expect(keep('Công văn: 1.pdf')).resolves.toMatchObject({ file: { name: 'Công văn- 1.pdf', size: 16 } });
    await keep('b.pdf');
    expect(await readdir(path.join(folder, 'data', 'printed'))).toEqual(['b.pdf']);
  });

  it('writes the whole file where the user says', async () => {
    expect(await save()).toEqual({ saved: true });
    expect(await readFile(path.join(folder, 'copy.pdf'), 'utf8')).toBe('letter');
    expect(asked).toEqual(['241-VPUBND.pdf']);
    expect((await readdir(folder)).toSorted()).toEqual(['copy.pdf', 'data']);
  });

  it('does nothing when she changes her mind', async () => {
    target = null;
    expect(await save()).toEqual({ saved: false });
    expect(await readdir(folder)).toEqual(['data']);
  });

  it('tells a file that is not there before it asks where to', async () => {
    await rm(path.join(folder, 'data'), { recursive: true });
    await expect(save()).rejects.toMatchObject({ code: 'FILE_MISSING' });
    expect(asked).toEqual([]);
  });

  it('tells a target that cannot be written, and leaves nothing there', async () => {
    target = path.join(folder, 'no-such-folder', 'copy.pdf');
    await expect(save()).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN', params: { reason: 'ENOENT' } });
  });

  it('does not write into the data folder', async () => {
    target = path.join(folder, 'data', 'office.db');
    await expect(save()).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN', params: { reason: 'DATA_FOLDER' } });
  });
});
