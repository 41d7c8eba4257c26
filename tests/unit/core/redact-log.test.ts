import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOG_EVENTS } from '#core/feedback/log-events.ts';
import { redactLog } from '#core/feedback/redact-log.ts';
import { repositoryRoot } from '#tests/support/test-office.ts';

const at = '2026-11-02T01:00:00.000Z';
const line = (fields: object): string => JSON.stringify({ at, level: 'warn', event: 'call-refused', ...fields });

describe('a line of the log', () => {
  it('keeps what is known to be harmless', () => {
    const id = '0e83e458-6eaa-4a24-9ac5-339fa7dd0365';
    const lines = [
      line({ name: 'outgoing.send', code: 'RECIPIENT_UNKNOWN', correlationId: id }),
      line({ event: 'sync-failed', kind: 'offline', delayMs: 1500 }),
      line({ event: 'inbox-read-again', position: 7, last: 9, sameEpoch: false }),
    ];
    expect(redactLog('core', lines)).toEqual([
      {
        at,
        process: 'core',
        level: 'warn',
        event: 'call-refused',
        name: 'outgoing.send',
        code: 'RECIPIENT_UNKNOWN',
        correlationId: id,
      },
      { at, process: 'core', level: 'warn', event: 'sync-failed', kind: 'offline', delayMs: 1500 },
      { at, process: 'core', level: 'warn', event: 'inbox-read-again', position: 7, last: 9, sameEpoch: false },
    ]);
  });

  it('says of an error its kind and where in this program it was, of core and of main', () => {
    const stack =
      'TypeError: Công văn 241 của Sở\n    at f (file:///C:/Users/Hoa/dist/core/core.js:120:7)\n    at core.js:9:1';
    const error = { name: 'TypeError', message: 'Công văn 241', stack };
    const told = { error: 'TypeError', frames: ['core.js:120:7', 'core.js:9:1'] };
    expect(redactLog('core', [line({ event: 'call-failed', error })])).toMatchObject([told]);
    expect(redactLog('main', [line({ event: 'call-failed', error: 'TypeError: Công văn 241', stack })])).toMatchObject([
      told,
    ]);
  });

  it('is left out when it is none of ours', () => {
    const lines = [
      '',
      'log not read (EACCES)',
      '[]',
      'null',
      line({ event: 'Nguyễn Văn An' }),
      line({ at: 'hôm qua' }),
      line({ level: 'Hoa' }),
    ];
    expect(redactLog('core', lines)).toEqual([]);
  });
});

describe('what must not be told', () => {
  const names = fc.constantFrom('Nguyễn Thị Hòa', 'TRẦN VĂN AN', 'le-thi-thu', 'Sở Nội vụ', 'H15.01.77');
  const phones = fc.constantFrom('0912345678', '+84912345678', '0912.345.678', '091 234 5678');
  const subjects = fc.constantFrom('V/v điều động cán bộ', 'Về việc kỷ luật ông A', '241/UBND-VX', '14/CĐ-UBND');
  const paths = fc.constantFrom(
    'C:\\Users\\hoa\\Desktop\\mat.pdf',
    '/home/hoa/.config/van-thu/vanthu.db',
    '\\\\may-chu\\chung',
    'file:///D:/luu/mat.pdf',
  );
  const pins = fc.constantFrom('968574', 'MatKhau#2026', 'ABCD-EFGH-JKLM', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln');
  const secret = fc.oneof(names, phones, subjects, paths, pins);
  const known = [
    'code',
    'reason',
    'undeclared',
    'id',
    'messageId',
    'newId',
    'correlationId',
    'ms',
    'delayMs',
    'bytes',
    'attempt',
    'schemaVersion',
    'exitCode',
    'restartIn',
    'from',
    'to',
    'coming',
    'position',
    'last',
    'messages',
    'sameEpoch',
    'kind',
    'name',
  ];
  const places = fc.constantFrom(
    ...known,
    'error',
    'stack',
    'title',
    'file',
    'url',
    'agencyName',
    'at',
    'level',
    'event',
    '__proto__',
    'constructor',
  );
  /** The secret alone, inside a text, as a key, deep inside, or in what looks like a stack. */
  const planted = (text: string): fc.Arbitrary<unknown> =>
    fc.constantFrom<unknown>(
      text,
      `TypeError: ${text}`,
      [text],
      { [text]: 1 },
      { name: text, message: text, stack: `Error: ${text}\n    at ${text} (${text}/core.js:1:2)` },
      { code: text, deep: { name: text } },
      `CORE_UNAVAILABLE ${text}`,
      `0e83e458-6eaa-4a24-9ac5-339fa7dd0365 ${text}`,
    );
  const plantedLine = fc
    .tuple(secret, fc.constantFrom(...LOG_EVENTS))
    .chain(([text, event]) =>
      fc.tuple(
        fc.constant(text),
        fc.constant(event),
        fc.array(fc.tuple(places, planted(text)), { minLength: 1, maxLength: 5 }),
      ),
    )
    .map(([text, event, fields]) => ({
      text,
      raw: JSON.stringify({ at, level: 'error', event, ...Object.fromEntries(fields) }),
    }));

  it('never survives, wherever in a line it stands', () => {
    fc.assert(
      fc.property(
        fc.array(plantedLine, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('core' as const, 'main' as const),
        (lines, process) => {
          const told = JSON.stringify(
            redactLog(process, [...lines.map(({ raw }) => raw), ...lines.map(({ text }) => text)]),
          );
          for (const { text } of lines) {
            expect(told).not.toContain(text);
            expect(told).not.toContain(JSON.stringify(text).slice(1, -1));
          }
          // Whatever is told is ASCII: no word of Vietnamese is among it.
          expect(told).toMatch(/^[\x20-\x7e]*$/);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('nor does any text of its own', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), places, (text, place) => {
        fc.pre(!LOG_EVENTS.has(text));
        const told = redactLog('core', [JSON.stringify({ at, level: 'info', event: 'call-failed', [place]: text })]);
        expect(told.flatMap((entry) => Object.values(entry)).filter((value) => value === text)).toEqual([]);
      }),
    );
  });
});

it('every event that the program logs is known', () => {
  const folder = join(repositoryRoot, 'electron');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const logged = new Set(
    sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\blog\??\s*\.(?:info|warn|error)\(\s*'([^']+)'/g)].map(
        ([, event]) => event ?? '',
      ),
    ),
  );
  expect(logged.size).toBeGreaterThan(60);
  expect([...logged].filter((event) => !LOG_EVENTS.has(event))).toEqual([]);
  expect([...LOG_EVENTS].filter((event) => !logged.has(event))).toEqual([]);
});
