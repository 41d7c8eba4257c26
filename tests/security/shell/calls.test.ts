import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCallAnswerer, type CallAnswerer } from '#main/calls/answer-call.ts';
import { createDropAnswerer } from '#main/calls/dropped-files.ts';
import { createFileTokens } from '#main/files/file-tokens.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { defaultSettings } from '#shared/contract/shell.ts';
import { callNames, type MainHandlers } from '#shared/contract/contract.ts';
import { MAX_MESSAGE_CHARS } from '#shared/contract/define.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import { roles, type Role } from '#shared/domain/roles.ts';
import { recordingLog } from '../../unit/main/fakes.ts';

const screen = { url: 'app://vanthu/index.html', isMainFrame: true };

let calls: string[];
let fail: (() => never) | null;
let answer: CallAnswerer;
let signedIn: readonly Role[] | null;
let log: ReturnType<typeof recordingLog>;

beforeEach(() => {
  calls = [];
  fail = null;
  signedIn = roles;
  log = recordingLog();
  const settings = defaultSettings;
  const restored = { replaced: null, epoch: 1, missingFiles: 0, numbersKnown: true };
  const called = <T>(name: string, value: T): T => {
    calls.push(name);
    fail?.();
    return value;
  };
  const handlers: MainHandlers = {
    'app.info': () => called('app.info', { version: '1', electron: '33', platform: 'linux', demo: false }),
    'app.exportDiagnostics': () => called('app.exportDiagnostics', { saved: true }),
    'settings.get': () => called('settings.get', settings),
    'settings.update': () => called('settings.update', settings),
    'backup.state': () =>
      called('backup.state', {
        place: null,
        interval: 'day',
        warnAfterDays: 3,
        lastGood: null,
        lastFailure: null,
        running: null,
        overdue: false,
        backups: [],
        replaced: [],
      }),
    'backup.storage': () =>
      called('backup.storage', {
        database: 0,
        letters: 0,
        letterFiles: 0,
        aside: 0,
        replaced: 0,
        logs: 0,
        other: 0,
        free: 0,
      }),
    'backup.choosePlace': () => called('backup.choosePlace', { chosen: false }),
    'backup.change': () => called('backup.change', {}),
    'backup.now': () => called('backup.now', { at: '', databaseBytes: 0, copiedFiles: 0, missingFiles: 0 }),
    'backup.restore': () => called('backup.restore', restored),
    'backup.undoRestore': () => called('backup.undoRestore', restored),
    'files.pick': () => called('files.pick', { files: [] }),
    'files.saveCopy': () => called('files.saveCopy', { saved: false }),
    'files.saveCalendar': () => called('files.saveCalendar', { saved: false }),
    'files.savePrint': () => called('files.savePrint', { saved: false }),
    'files.print': () => ({ printed: true }),
    'files.pickPrint': () => called('files.pickPrint', { file: { token: '', name: '', size: 0 } }),
  };
  answer = createCallAnswerer(
    handlers,
    () => signedIn,
    () => 'correlation',
    log,
  );
});

describe('who may call', () => {
  const command = (name: string, input: object = {}) =>
    answer(screen, { name, input: { ...input, commandId: randomUUID() } });

  it('backups are arranged and put back by an administrator, and made by whoever keeps the books too', async () => {
    signedIn = ['records-clerk', 'leader', 'officer'];
    const refused = { ok: false, code: 'NOT_ALLOWED', params: { may: 'administrator' } };
    for (const name of ['backup.restore', 'backup.undoRestore'])
      expect(await command(name, { id: 'x' })).toMatchObject(refused);
    expect(await command('backup.choosePlace')).toMatchObject(refused);
    expect(await command('backup.change', { interval: 'never', warnAfterDays: 7 })).toMatchObject(refused);
    expect(calls).toEqual([]);
    signedIn = ['leader', 'officer'];
    expect(await command('backup.now')).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
    signedIn = ['administrator'];
    await command('backup.restore', { id: 'x' });
    signedIn = ['records-clerk'];
    await command('backup.now');
    expect(calls).toEqual(['backup.restore', 'backup.now']);
  });

  it('a locked screen learns how it looks and what it is, and nothing else', async () => {
    signedIn = null;
    expect(await answer(screen, { name: 'settings.get', input: {} })).toMatchObject({ ok: true });
    expect(await answer(screen, { name: 'app.info', input: {} })).toMatchObject({ ok: true });
    expect(await answer(screen, { name: 'backup.state', input: {} })).toMatchObject({ code: 'SIGNED_OUT' });
    expect(await command('backup.now')).toMatchObject({ code: 'SIGNED_OUT' });
    expect(await command('files.pick', { purpose: 'letter' })).toMatchObject({ code: 'SIGNED_OUT' });
    expect(calls).toEqual(['settings.get', 'app.info']);
  });
});

describe('a call that is not right', () => {
  it.each([
    ['a stranger’s', { url: 'https://example.com/', isMainFrame: true }],
    ['a frame’s', { url: screen.url, isMainFrame: false }],
    ['a gone frame’s', null],
  ])('is answered and not run: %s', async (_who, caller) => {
    expect(await answer(caller, { name: 'app.info', input: {} })).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
    expect(calls).toEqual([]);
  });

  it.each([
    ['no message', undefined],
    ['null', null],
    ['a text', 'app.info'],
    ['a number', 7],
    ['no name', { input: {} }],
    ['a name that is none', { name: 7, input: {} }],
    ['more than a call', { name: 'app.info', input: {}, extra: 1 }],
    ['unknown input', { name: 'app.info', input: { path: '/etc/passwd' } }],
    ['no input', { name: 'app.info' }],
    ['a wrong purpose', { name: 'files.pick', input: { purpose: 'anything', commandId: randomUUID() } }],
    ['a command without id', { name: 'files.pick', input: { purpose: 'letter' } }],
    [
      'a path for a file id',
      { name: 'files.saveCopy', input: { fileId: '../../x', suggestedName: 'x', commandId: randomUUID() } },
    ],
    [
      'a width out of bounds',
      { name: 'settings.update', input: { change: { widths: { a: 1e9 } }, commandId: randomUUID() } },
    ],
  ])('gets INVALID_INPUT: %s', async (_what, message) => {
    expect(await answer(screen, message)).toMatchObject({
      ok: false,
      code: 'INVALID_INPUT',
      correlationId: 'correlation',
    });
    expect(calls).toEqual([]);
  });

  it.each(['nothing.here', '', 'constructor', '__proto__', 'toString', 'app', 'app.__proto__', 'app.info.x'])(
    'gets UNKNOWN_CALL: %s',
    async (name) => {
      expect(await answer(screen, { name, input: {} })).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
    },
  );

  it.each(callNames.filter((name) => ownerOf(name) === 'core'))(
    'gets UNKNOWN_CALL when core owns it: %s',
    async (name) => {
      expect(await answer(screen, { name, input: {} })).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
    },
  );

  it('gets PAYLOAD_TOO_LARGE', async () => {
    const input = { text: 'x'.repeat(MAX_MESSAGE_CHARS) };
    expect(await answer(screen, { name: 'app.info', input })).toMatchObject({ ok: false, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('is answered though it is nested deeper than any stack, or contains itself', async () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 200_000; level += 1) deep = { a: deep };
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const input of [deep, circular]) {
      expect(await answer(screen, { name: 'app.info', input })).toMatchObject({ ok: false });
    }
  });

  it('is always answered, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: true, withMap: true, withDate: true }), async (message) => {
        expect((await answer(screen, message)).ok).toBe(false);
        expect((await answer(screen, { name: 'settings.update', input: message })).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
    expect(calls).toEqual([]);
  });
});

describe('a call that is right', () => {
  it('is run, with the answer of its handler', async () => {
    expect(await answer(screen, { name: 'settings.get', input: {} })).toEqual({
      ok: true,
      value: defaultSettings,
    });
  });

  it('is run once, however often the same command comes', async () => {
    const message = { name: 'files.pick', input: { purpose: 'letter', commandId: randomUUID() } };
    const answers = await Promise.all([answer(screen, message), answer(screen, message)]);
    answers.push(await answer(screen, message));
    expect(calls).toEqual(['files.pick']);
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('is run again after it failed', async () => {
    const message = { name: 'settings.update', input: { change: {}, commandId: randomUUID() } };
    fail = () => {
      throw new CodedError('SETTINGS_NOT_SAVED', {}, { retryable: true });
    };
    expect(await answer(screen, message)).toMatchObject({ ok: false, code: 'SETTINGS_NOT_SAVED', retryable: true });
    fail = null;
    expect(await answer(screen, message)).toMatchObject({ ok: true });
  });

  it('answers a bug with UNEXPECTED; what it was stays in the log', async () => {
    fail = () => {
      throw new Error('/home/an/secret');
    };
    const given = await answer(screen, { name: 'app.info', input: {} });
    expect(given).toEqual({
      ok: false,
      code: 'UNEXPECTED',
      params: {},
      retryable: false,
      correlationId: 'correlation',
    });
    expect(log.lines).toEqual([expect.stringContaining('/home/an/secret')]);
  });

  it('answers a code that the call does not declare with UNEXPECTED', async () => {
    fail = () => {
      throw new CodedError('FILE_UNREADABLE');
    };
    expect(await answer(screen, { name: 'app.info', input: {} })).toMatchObject({ ok: false, code: 'UNEXPECTED' });
  });
});

describe('a drop', () => {
  it.each([undefined, null, [], [''], 'x', [7], [[]], Array.from({ length: 51 }, () => '/x')])(
    'that holds no files gets INVALID_INPUT: %j',
    async (message) => {
      const drop = createDropAnswerer(createFileTokens(randomUUID, Date.now), () => 'correlation', log);
      expect(await drop(screen, message)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
    },
  );

  it('of a folder or of nothing gets FILE_UNREADABLE, without its path', async () => {
    const drop = createDropAnswerer(createFileTokens(randomUUID, Date.now), () => 'correlation', log);
    const given = await drop(screen, [import.meta.dirname]);
    expect(given).toMatchObject({ ok: false, code: 'FILE_UNREADABLE', params: { name: 'shell' } });
    expect(await drop(screen, ['/nowhere/none.pdf'])).toMatchObject({ ok: false, code: 'FILE_UNREADABLE' });
  });

  it('of a file gives a token, to the screen alone', async () => {
    const drop = createDropAnswerer(createFileTokens(randomUUID, Date.now), () => 'correlation', log);
    expect(await drop(screen, [import.meta.filename])).toMatchObject({
      ok: true,
      value: { files: [{ name: 'calls.test.ts' }] },
    });
    expect(await drop(null, [import.meta.filename])).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
  });
});
