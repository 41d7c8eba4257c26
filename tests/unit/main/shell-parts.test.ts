import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeTarget, noticeText } from '#main/desktop/notice-text.ts';
import { readLaunchOptions } from '#main/launch-options.ts';
import { prepareDataFolder } from '#main/prepare-data-folder.ts';
import { cleanEnvironment } from '#main/processes/clean-environment.ts';
import { createNetworkWatch, networkSignature } from '#main/processes/network-watch.ts';
import { Screens, type Screen } from '#main/processes/screens.ts';
import { runSmokeTest } from '#main/smoke-test.ts';
import { placeWindow } from '#main/windows/place-window.ts';
import { recoveryAction, recoveryPage, recoveryStyleHash } from '#main/windows/recovery-page.ts';
import { locales } from '#shared/contract/shell.ts';
import { fillMessage, shellMessages } from '#shared/messages/shell-messages.ts';
import { shellVi } from '#shared/messages/shell.vi.ts';

describe('launch options', () => {
  it('take the data folder from the switch, the environment, or the system, in this order', () => {
    const env = { VANTHU_DATA_DIR: '/from/env' };
    expect(readLaunchOptions(['electron', '--data-dir=/from/switch'], env, '/default').dataDir).toBe('/from/switch');
    expect(readLaunchOptions(['electron'], env, '/default').dataDir).toBe('/from/env');
    expect(readLaunchOptions(['electron', '--data-dir='], { VANTHU_DATA_DIR: '' }, '/default').dataDir).toBe(
      '/default',
    );
    expect(readLaunchOptions(['--data-dir=here'], {}, '/default').dataDir).toBe(path.resolve('here'));
  });

  it('know the smoke test and the demonstration', () => {
    expect(readLaunchOptions([], {}, '/d')).toEqual({ dataDir: '/d', smokeTestFile: null, demo: false });
    expect(readLaunchOptions(['--smoke-test=/r.json', '--demo'], {}, '/d')).toEqual({
      dataDir: '/d',
      smokeTestFile: '/r.json',
      demo: true,
    });
  });
});

describe('the data folder', () => {
  it('is made, and has one name only', async () => {
    const base = await mkdtemp(path.join(tmpdir(), 'shell-'));
    const made = prepareDataFolder(path.join(base, 'a', '..', 'b', 'c'));
    expect(made).toEqual({ path: path.join(base, 'b', 'c'), usable: true });
    await rm(base, { recursive: true });
  });

  it('that cannot be made is named all the same', () => {
    expect(prepareDataFolder(path.join(import.meta.filename, 'x'))).toEqual({
      path: path.join(import.meta.filename, 'x'),
      usable: false,
    });
  });
});

describe('the environment of child processes', () => {
  it('holds what they need and nothing that changes how they run', () => {
    const env = {
      PATH: '/bin',
      NODE_OPTIONS: '--require x',
      ELECTRON_RUN_AS_NODE: '1',
      LC_ALL: 'vi_VN',
      TOKEN: 's',
      HTTPS_PROXY: 'http://p',
      UNSET: undefined,
    };
    expect(cleanEnvironment(env)).toEqual({ PATH: '/bin', LC_ALL: 'vi_VN', HTTPS_PROXY: 'http://p' });
  });
});

describe('the network watch', () => {
  const card = (address: string, internal = false) => ({ address, internal }) as never;

  it('sees an address come and go, and no other change', () => {
    let interfaces: Parameters<typeof networkSignature>[0] = { lo: [card('127.0.0.1', true)] };
    const changed = createNetworkWatch(() => networkSignature(interfaces));
    expect(changed()).toBe(false);
    interfaces = { ...interfaces, eth0: [card('10.0.0.2')] };
    expect(changed()).toBe(true);
    interfaces = { eth0: [card('10.0.0.2')] };
    expect(changed()).toBe(false);
    interfaces = {};
    expect(changed()).toBe(true);
  });
});

describe('screens', () => {
  function setUp(isReady: boolean) {
    const core = { ready: isReady, ports: 0 };
    const screens = new Screens<number>({
      isReady: () => core.ready,
      connect: () => {
        core.ports += 1;
      },
      createChannel: () => [1, 2],
    });
    const screen = (id: number) => {
      const heard: string[] = [];
      const made: Screen<number> & { heard: string[] } = {
        id,
        heard,
        givePort: (port) => heard.push(`port ${port}`),
        tell: (event, payload) => heard.push(`${event} ${JSON.stringify(payload)}`),
      };
      return made;
    };
    return { core, screens, screen };
  }

  it('get a port at once when core is ready, and a fresh one on each load', () => {
    const { core, screens, screen } = setUp(true);
    const page = screen(1);
    expect(screens.add(page)).toBe(true);
    expect(screens.add(page)).toBe(false);
    expect(page.heard).toEqual(['port 2', 'port 2']);
    expect(core.ports).toBe(2);
  });

  it('get one as soon as core is ready, and hear when it is gone', () => {
    const { core, screens, screen } = setUp(false);
    const page = screen(1);
    screens.add(page);
    expect(page.heard).toEqual([]);
    core.ready = true;
    screens.coreReady();
    screens.coreGone();
    expect(page.heard).toEqual(['port 2', 'core.available {"available":true}', 'core.available {"available":false}']);
  });

  it('are forgotten when they close', () => {
    const { screens, screen } = setUp(true);
    const page = screen(1);
    screens.add(page);
    screens.remove(1);
    screens.tellAll('answers.changed', { queries: [] });
    expect(page.heard).toEqual(['port 2']);
  });
});

describe('the place of the window', () => {
  const area = { x: 0, y: 0, width: 1920, height: 1040 };

  it('is the one it had', () => {
    const place = { x: 100, y: 50, width: 1200, height: 800, maximized: false };
    expect(placeWindow(place, [area])).toEqual({ x: 100, y: 50, width: 1200, height: 800 });
  });

  it('is chosen by the system when the screen it was on is gone', () => {
    const place = { x: 2500, y: 50, width: 1200, height: 800, maximized: false };
    expect(placeWindow(place, [area])).toEqual({ width: 1200, height: 800 });
  });

  it('is 1366×768 at first, less where the screen is smaller, and never too small to work in', () => {
    expect(placeWindow(null, [area])).toEqual({ width: 1366, height: 768 });
    expect(placeWindow(null, [{ x: 0, y: 0, width: 1093, height: 582 }])).toEqual({ width: 1093, height: 600 });
  });

  it('can be grasped wherever it is put', () => {
    const coordinate = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(coordinate, coordinate, size, size, (x, y, width, height) => {
        const placed = placeWindow({ x, y, width, height, maximized: false }, [area]);
        if (placed.x === undefined || placed.y === undefined) return;
        expect(placed.x).toBeLessThan(area.width);
        expect(placed.x + placed.width).toBeGreaterThan(0);
        expect(placed.y).toBeGreaterThanOrEqual(0);
        expect(placed.y).toBeLessThan(area.height);
      }),
    );
  });
});

describe('the recovery page', () => {
  const codes = Object.keys(shellVi.failures) as (keyof typeof shellVi.failures)[];

  it.each(locales.flatMap((locale) => codes.map((code) => [locale, code] as const)))(
    'says in %s what %s means, what is kept and what to do',
    (locale, code) => {
      const page = recoveryPage({ code, params: {} }, null, locale);
      const { what, kept, next } = shellMessages(locale).failures[code];
      for (const text of [what, kept, next, code]) expect(page).toContain(text);
      expect(page).not.toContain('<script');
    },
  );

  it('has the very style sheet that its policy allows', () => {
    const style =
      /<style>([^]*)<\/style>/.exec(recoveryPage({ code: 'UNEXPECTED', params: {} }, null, 'vi'))?.[1] ?? '';
    expect(createHash('sha256').update(style).digest('base64')).toBe(recoveryStyleHash);
  });

  it('has buttons that the shell knows, and follows no other link', () => {
    const page = recoveryPage({ code: 'CORE_CRASHED', params: {} }, null, 'vi');
    const links = [...page.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => recoveryAction(href));
    expect(links).toEqual(['try-again', 'export-diagnostics', 'quit']);
    expect(recoveryAction('app://vanthu/recovery/format-disk')).toBeNull();
    expect(recoveryAction('https://example.com/try-again')).toBeNull();
  });
});

describe('notices', () => {
  it('name the document in the language of the office', () => {
    const params = { agencyName: 'UBND tỉnh Đắk Lắk', codeText: '241/VPUBND-HCTC', abstract: 'V/v họp' };
    expect(noticeText(shellMessages('vi'), 'express-arrived', params)).toEqual({
      title: 'Văn bản hỏa tốc đến',
      body: 'UBND tỉnh Đắk Lắk · 241/VPUBND-HCTC\nV/v họp',
    });
    const timed = { ...params, until: '2026-12-01T20:30:00.000Z' };
    expect(noticeText(shellMessages('vi'), 'express-arrived', timed).body).toBe(
      'UBND tỉnh Đắk Lắk · 241/VPUBND-HCTC\nV/v họp\nMở trước 03:30 ngày 02/12/2026',
    );
    expect(noticeText(shellMessages('vi'), 'express-arrived', timed, true)).toEqual({
      title: 'Văn bản hỏa tốc đến',
      body: 'Mở khóa Văn Thư để xem.',
    });
    expect(noticeText(shellMessages('en'), 'arrived', { count: 3 }).body).toBe('3 new documents to register');
  });

  it('leave out a line that has nothing to say, and cut one that says too much', () => {
    expect(noticeText(shellMessages('vi'), 'refused', { agencyName: 'A', codeText: '1' }).body).toBe('A trả lại 1');
    const long = noticeText(shellMessages('vi'), 'refused', {
      agencyName: 'A',
      codeText: '1',
      reason: 'ữ'.repeat(500),
    });
    expect(long.body).toBe(`A trả lại 1\n${'ữ'.repeat(119)}…`);
  });

  it('of arrivals lead to the box where they wait', () => {
    expect(noticeTarget('express-arrived', { id: 'x' })).toEqual({ to: 'to-register', id: 'x' });
    expect(noticeTarget('arrived', { count: 2 })).toEqual({ to: 'to-register' });
    expect(noticeTarget('sending-blocked', { id: 'x' })).toBeNull();
  });
});

describe('texts', () => {
  it('have the same parameters in every language', () => {
    const texts = (node: object, at = ''): [string, string][] =>
      Object.entries(node).flatMap(([key, value]) =>
        typeof value === 'string'
          ? [[`${at}/${key}`, value] as [string, string]]
          : texts(value as object, `${at}/${key}`),
      );
    const parameters = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted();
    const english = new Map(texts(shellMessages('en')));
    for (const [at, text] of texts(shellMessages('vi'))) {
      expect(parameters(english.get(at) ?? ''), at).toEqual(parameters(text));
    }
  });

  it('take a parameter literally', () => {
    expect(fillMessage('{a} {b}', { a: '{b}', b: '$&' })).toBe('{b} $&');
  });
});

describe('the smoke test', () => {
  const versions = { electron: '33.2.1', node: '20.18.1', chrome: '130' };

  async function run(core: () => Promise<string>, window: boolean) {
    const folder = await mkdtemp(path.join(tmpdir(), 'shell-'));
    const file = path.join(folder, 'result.json');
    const status = await runSmokeTest({ file, versions, core: core(), window: Promise.resolve(window) });
    const result: unknown = JSON.parse(await readFile(file, 'utf8'));
    await rm(folder, { recursive: true });
    return { status, result };
  }

  it('passes when core and window are there', async () => {
    expect(await run(() => Promise.resolve('3.47.0'), true)).toEqual({
      status: 0,
      result: { ok: true, ...versions, sqlite: '3.47.0', window: true },
    });
  });

  it('fails with the reason', async () => {
    const failed = await run(() => Promise.reject(new Error('DATABASE_NEWER')), true);
    expect(failed).toEqual({ status: 1, result: { ok: false, ...versions, reason: 'DATABASE_NEWER' } });
    expect((await run(() => Promise.resolve('3'), false)).status).toBe(1);
  });
});
