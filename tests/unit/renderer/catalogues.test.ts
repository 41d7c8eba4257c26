import { describe, expect, it } from 'vitest';
import { contract } from '#shared/contract/contract.ts';
import { commonErrorCodes } from '#shared/contract/define.ts';
import { bookColumnsOf } from '#shared/domain/book.ts';
import { deliveryStates } from '#shared/domain/delivery.ts';
import { directions } from '#shared/domain/direction.ts';
import { fieldsOf } from '#shared/domain/document-fields.ts';
import { historyActions } from '#shared/domain/history.ts';
import { incomingBoxes, incomingStates } from '#shared/domain/incoming-state.ts';
import { outgoingBoxes, outgoingStates } from '#shared/domain/outgoing-state.ts';
import { receptionWarnings } from '#shared/domain/reception-warnings.ts';
import { roles } from '#shared/domain/roles.ts';
import { EXCHANGE_ERROR_CODES } from '#shared/wire/errors.ts';
import { STATEMENT_REFUSALS } from '#shared/wire/statements.ts';
import { errors } from '#shared/messages/errors.vi.ts';
import { KEY_FILE_ERROR_CODES, PDF_ERROR_CODES } from '#shared/domain/verification.ts';
import { columnFieldsOf } from '#renderer/features/list/column-fields.ts';
import { describeError, hasErrorWords } from '#renderer/i18n/describe-error.ts';
import { en } from '#renderer/i18n/en/catalogue.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { vi } from '#renderer/i18n/vi/catalogue.ts';

/** What the status bar may have to explain besides. */
const syncReasons = [
  'EXCHANGE_UNREACHABLE',
  'EXCHANGE_BUSY',
  'EXCHANGE_GARBAGE',
  'CLOCK_SKEW',
  'FILE_MISSING',
  'FILE_DAMAGED',
];

function errorCodes(): string[] {
  const codes = new Set<string>([
    ...commonErrorCodes,
    ...PDF_ERROR_CODES,
    ...KEY_FILE_ERROR_CODES,
    ...EXCHANGE_ERROR_CODES,
    ...STATEMENT_REFUSALS,
    ...syncReasons,
  ]);
  for (const calls of Object.values(contract)) {
    for (const spec of Object.values<{ readonly errors: readonly string[] }>(calls)) {
      for (const code of spec.errors) codes.add(code);
    }
  }
  return [...codes];
}

/** Every text of a catalogue by its dotted key. */
function texts(node: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(node)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') found.set(at, value);
    else for (const [inner, text] of texts(value as object, at)) found.set(inner, text);
  }
  return found;
}

const placeholders = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[1]));

describe('error sentences', () => {
  it.each(errorCodes())('%s says what happened, what was kept and what to do next', (code) => {
    expect(hasErrorWords(code)).toBe(true);
    for (const locale of ['vi', 'en'] as const) {
      const words = describeError(createI18n(locale).t, { code });
      for (const sentence of [words.what, words.kept, words.next]) {
        expect(sentence).toMatch(/^\p{Lu}.{8,}[.;]$/u);
        expect(sentence).not.toMatch(/[{}]/u);
        expect(sentence).not.toContain(code);
      }
    }
  });

  it('name what they are about when the answer says so', () => {
    const { t } = createI18n('vi');
    const what = (code: string, params?: Record<string, string | number>) =>
      describeError(t, { code, ...(params ? { params } : {}) }).what;
    expect(what('PRINTED_NUMBER_DIFFERS', { printed: '07', next: '241' })).toMatch(/in số 07, .* là 241\.$/u);
    expect(what('DATE_IN_FUTURE', { date: '2026-05-23', today: '2026-05-22' })).toMatch(
      /ngày 23\/05\/2026, .* 22\/05\/2026\.$/u,
    );
    expect(what('PDF_TOO_LARGE', { size: 209_715_200, limit: 104_857_600 })).toMatch(/105 MB\.$/u);
    expect(what('SIGN_CERT_EXPIRED', { name: 'Bùi Hồng Quý', date: '2026-01-01T17:30:00.000Z' })).toMatch(
      /02\/01\/2026\.$/u,
    );
    expect(what('NOT_ALLOWED', { may: 'records-clerk, leader' })).toMatch(/văn thư, lãnh đạo\.$/u);
    expect(what('PRINTED_NUMBER_DIFFERS', { printed: '07' })).toBe(what('PRINTED_NUMBER_DIFFERS'));
  });

  it('uses the words of UNEXPECTED for a code it does not know, also for names every object has', () => {
    const { t } = createI18n('vi');
    const unexpected = describeError(t, { code: 'UNEXPECTED' });
    for (const code of ['NO_SUCH_CODE', 'constructor', '__proto__', '']) {
      expect(describeError(t, { code })).toEqual(unexpected);
    }
  });
});

describe('catalogues', () => {
  const vietnamese = texts(vi);
  const english = texts(en);

  it('hold no empty text', () => {
    expect([...vietnamese, ...english].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('fill the same blanks in both languages', () => {
    for (const [key, text] of english) {
      const source = vietnamese.get(key) ?? vietnamese.get(key.replace(/_one$/u, '_other'));
      expect(source, key).toBeDefined();
      expect(placeholders(text), key).toEqual(placeholders(source ?? ''));
    }
  });

  it('are written in composed letters, so that search and comparison meet no two spellings', () => {
    expect([...vietnamese, ...english].filter(([, text]) => text !== text.normalize('NFC'))).toEqual([]);
  });

  it('have one word for taking a number, and none of a programmer’s', () => {
    const spoken = [
      ...vietnamese.entries(),
      ...Object.entries(errors).map(([code, text]) => [code, JSON.stringify(text)]),
    ];
    expect(spoken.filter(([, text]) => /lấy số|gói tin/iu.test(String(text)))).toEqual([]);
  });

  it('count: one form in Vietnamese, two in English', () => {
    expect(createI18n('vi').t('list.fresh', { count: 1 })).toBe('1 văn bản mới đến · Hiện ra');
    expect(createI18n('en').t('list.fresh', { count: 1 })).toBe('1 new document · Show');
    expect(createI18n('en').t('list.fresh', { count: 2 })).toBe('2 new documents · Show');
  });
});

describe.each([
  ['vi', vi],
  ['en', en],
] as const)('the words of %s', (_, catalogue) => {
  const keysOf = (words: object) => Object.keys(words).toSorted();
  const sorted = (names: readonly string[]) => [...names].toSorted();

  it('name every field of both directions, and no other', () => {
    for (const direction of directions) {
      expect(keysOf(catalogue.fields[direction])).toEqual(sorted(fieldsOf(direction)));
      for (const { name } of columnFieldsOf(direction)) expect(catalogue.list.column[name]).toBeTruthy();
    }
  });

  it('head every column of the books', () => {
    for (const direction of directions) {
      expect(keysOf(catalogue.books[direction])).toEqual(sorted(bookColumnsOf(direction).map(({ id }) => id)));
    }
  });

  it('name every box, in every place that shows one', () => {
    expect(keysOf(catalogue.list.incoming)).toEqual(sorted(incomingBoxes));
    expect(keysOf(catalogue.list.outgoing)).toEqual(sorted(outgoingBoxes));
    expect(keysOf(catalogue.list.emptyIncoming)).toEqual(sorted(incomingBoxes));
    expect(keysOf(catalogue.list.emptyOutgoing)).toEqual(sorted(outgoingBoxes));
  });

  it('name every state, warning and role', () => {
    expect(keysOf(catalogue.list.state)).toEqual(sorted(outgoingStates));
    expect(keysOf(catalogue.incoming.pane.states)).toEqual(sorted(incomingStates));
    expect(keysOf(catalogue.outgoing.deliveries.states)).toEqual(expect.arrayContaining([...deliveryStates]));
    expect(keysOf(catalogue.incoming.warnings.codes)).toEqual(sorted(receptionWarnings));
    expect(keysOf(catalogue.common.roles)).toEqual(sorted(roles));
  });

  it('tell every action of the history, and fill no blank that its entry does not bring', () => {
    // Put into words before they fill a blank: an error by its code, a status with its reason.
    const derived = new Map([
      ['code', 'error'],
      ['status', 'name'],
      ['person', 'by'],
      ['spokeTo', 'with'],
      ['answer', 'reply'],
      ['serial', 'certificate'],
    ]);
    for (const direction of directions) {
      const sentences: Readonly<Record<string, string>> = catalogue.document.actions[direction];
      const actions: Readonly<Record<string, readonly string[]>> = historyActions[direction];
      expect(keysOf(sentences)).toEqual(sorted(Object.keys(actions)));
      for (const [action, params] of Object.entries(actions)) {
        // A reason that may be missing comes with the words before it.
        const brought = new Set(
          params.flatMap((name) => [derived.get(name) ?? name, ...(name === 'reason' ? ['because'] : [])]),
        );
        const blanks = [...placeholders(sentences[action] ?? '')];
        expect(blanks.filter((blank) => !brought.has(blank ?? ''))).toEqual([]);
      }
    }
  });
});
