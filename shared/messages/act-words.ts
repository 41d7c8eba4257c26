import type { ActApart, Detail } from '../contract/audit-acts.ts';
import type { TrailRow } from '../contract/audit.ts';
import type { ActKind } from '../domain/act-kind.ts';
import type { Direction } from '../domain/direction.ts';
import type { HistoryAction } from '../domain/history.ts';
import type { Role } from '../domain/roles.ts';
import { vietnamTimestamp } from '../domain/vn-date.ts';

/** Words of the audit trail in one language, for the screen and for files. An act without any does not compile. */
export interface ActWords {
  readonly kinds: Readonly<Record<ActKind, string>>;
  readonly incoming: Readonly<Record<HistoryAction<'incoming'>, string>>;
  readonly outgoing: Readonly<Record<HistoryAction<'outgoing'>, string>>;
  readonly apart: Readonly<Record<ActApart, string>>;
  /** Null for what says nothing to a reader, such as an id. */
  readonly details: Readonly<Record<Detail, string | null>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly yes: string;
  readonly no: string;
  /** An act of another version of the program. */
  readonly unknown: string;
  readonly office: string;
  readonly exchange: string;
  readonly program: string;
  /** `{name}` and `{for}`. */
  readonly actsFor: string;
  readonly pin: string;
  /** `{account}`; `accountAlone` where it is not known. */
  readonly account: string;
  readonly accountAlone: string;
  /** Headings of the workbook. */
  readonly sheet: Readonly<
    Record<'name' | 'seq' | 'at' | 'who' | 'signedIn' | 'act' | 'document' | 'details' | 'hash', string>
  >;
  readonly hidden: string;
}

/** What an act is called. A row of a history whose document is not known is named as of either direction. */
export function nameAct(words: ActWords, action: string, direction: Direction | null): string {
  const lists = direction === 'outgoing' ? [words.outgoing, words.incoming] : [words.incoming, words.outgoing];
  for (const names of [...lists, words.apart]) {
    if (Object.hasOwn(names, action)) return (names as Readonly<Record<string, string>>)[action] ?? action;
  }
  return words.unknown.replace('{action}', action);
}

/** Who did it, as she was known then; and for whom. */
export function nameDoer(words: ActWords, { kind, name, onBehalfOf }: TrailRow['actor']): string {
  if (kind === 'program' || kind === 'exchange') return words[kind];
  const who = name === '' ? words.office : name;
  return onBehalfOf === null ? who : words.actsFor.replace('{name}', () => who).replace('{for}', () => onBehalfOf);
}

export function nameSignedIn(words: ActWords, { signedIn }: TrailRow['actor']): string {
  if (signedIn === null) return '';
  if (signedIn.by === 'pin') return words.pin;
  return signedIn.account === '' ? words.accountAlone : words.account.replace('{account}', () => signedIn.account);
}

/** `lý do: nhầm số; năm: 2026`: what a row tells besides its act. */
export function describeDetails(words: ActWords, params: TrailRow['params']): string {
  return Object.entries(params)
    .flatMap(([name, value]) => {
      const word = Object.hasOwn(words.details, name) ? words.details[name as Detail] : name;
      const text = showValue(words, value);
      return word === null || text === '' ? [] : [`${word}: ${text}`];
    })
    .join('; ');
}

function showValue(words: ActWords, value: string | number): string {
  const text = String(value);
  if (text === 'true' || text === 'false') return text === 'true' ? words.yes : words.no;
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u.test(text)) return showInstant(text);
  if (/^\d{4}-\d\d-\d\d$/u.test(text)) return text.split('-').toReversed().join('/');
  if (!text.startsWith('["')) return text === '[]' ? '' : text;
  // A list of names; one that was too long was cut, and is no JSON.
  const names = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map(([, name]) => name ?? '');
  return names
    .map((name) => (Object.hasOwn(words.roles, name) ? words.roles[name as Role] : name.replaceAll('\\"', '"')))
    .join(', ');
}

/** `28/11/2026 09:02:13`, in Việt Nam. */
export function showInstant(instant: string): string {
  const stamp = vietnamTimestamp(Date.parse(instant));
  return `${stamp.slice(0, 10).split('-').toReversed().join('/')} ${stamp.slice(11, 19)}`;
}
