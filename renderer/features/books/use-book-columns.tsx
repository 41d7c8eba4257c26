import { formatInstantDay, formatVnDate } from '#shared/domain/vn-date.ts';
import { nameRelation } from '../relations/relation-words.ts';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { BookEntry } from '#shared/contract/books.ts';
import {
  bookColumnsOf,
  type BookColumn,
  type BookColumnId,
  type BookColumnSource,
  endOfNumber,
  whyEnded,
} from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { fieldDescription, type FieldName } from '#shared/domain/document-fields.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { showField } from '../document/show-field.ts';
import styles from './books.module.css';

export interface TableColumn {
  readonly id: string;
  readonly header: string;
  /** CSS width of the grid's column. */
  readonly width: string;
  readonly cell: (row: BookEntry) => ReactNode;
}

interface ColumnWidth {
  readonly width: string;
  /** Goes on to a second line. */
  readonly long?: true;
}

const wide = (least: string, share: string): ColumnWidth => ({ width: `minmax(${least}, ${share})`, long: true });
const fixed = (width: string): ColumnWidth => ({ width });

const widths: { readonly [D in Direction]: Readonly<Record<BookColumnId<D>, ColumnWidth>> } = {
  incoming: {
    registeredAt: fixed('104px'),
    number: fixed('64px'),
    agencyName: wide('120px', '1.2fr'),
    codeText: fixed('150px'),
    date: fixed('104px'),
    abstract: wide('168px', '2.4fr'),
    goesTo: wide('110px', '1fr'),
    received: fixed('64px'),
    signed: fixed('60px'),
    note: fixed('68px'),
  },
  outgoing: {
    codeText: fixed('150px'),
    date: fixed('96px'),
    abstract: wide('168px', '2.4fr'),
    signerName: fixed('112px'),
    goesTo: wide('116px', '1.4fr'),
    keeper: wide('88px', '0.4fr'),
    copies: fixed('56px'),
    sentOn: fixed('96px'),
    signed: fixed('60px'),
    note: fixed('68px'),
  },
};

/** The columns of NĐ 30/2020, Phụ lục IV, in its order. Those filled in by hand stay blank, as on paper. */
export function useBookColumns(direction: Direction): readonly TableColumn[] {
  const { t } = useTranslation();
  return useMemo(() => {
    if (direction === 'incoming') {
      return bookColumnsOf('incoming').map((column) =>
        tableColumn(t, column, t(`books.incoming.${column.id}`), widths.incoming[column.id]),
      );
    }
    return bookColumnsOf('outgoing').map((column) =>
      tableColumn(t, column, t(`books.outgoing.${column.id}`), widths.outgoing[column.id]),
    );
  }, [direction, t]);
}

function tableColumn(t: TFunction, column: BookColumn, header: string, { width, long }: ColumnWidth): TableColumn {
  return { id: column.id, header, width, cell: (row) => showCell(t, column, row, long === true) };
}

function showCell(t: TFunction, { shows, fields }: BookColumn, row: BookEntry, long: boolean): ReactNode {
  const text = shownFields(t, fields, row).join(' · ');
  const shown = long ? <LongText text={text} whole={longestOf(fields, row)} /> : text;
  if (shows === null) return shown;
  if (text === '') return showSource(t, shows, row);
  return (
    <>
      {showSource(t, shows, row)} {shown}
    </>
  );
}

function showSource(t: TFunction, shows: BookColumnSource, row: BookEntry): ReactNode {
  switch (shows) {
    case 'registeredAt':
      return formatInstantDay(row.registeredAt);
    case 'number':
      return row.number;
    case 'codeText':
      // A number that no document has is still known by itself.
      return row.codeText || formatNumber(row.number, row.suffix);
    case 'goesTo':
      return <LongText text={row.goesTo} whole={row.goesTo} />;
    case 'keeper':
      return <LongText text={row.keeper} whole={row.keeper} />;
    case 'copies':
      return row.copies;
    case 'sentAt':
      return row.sentAt === null ? '' : formatInstantDay(row.sentAt);
    case 'remark':
      return <LongText text={remarkOf(t, row) ?? ''} whole={remarkOf(t, row)} />;
  }
}

/** Texts of the fields that stand in a column one after the other. */
export function shownFields(t: TFunction, names: readonly FieldName[], { fields }: BookEntry): readonly string[] {
  return names.map((name) => showField(t, name, fields[name] ?? null)).filter((text) => text !== '');
}

// What a long text says in full is seen by pointing at it.
function longestOf(names: readonly FieldName[], { fields }: BookEntry): string | null {
  const long = names.find((name) => fieldDescription(name).kind === 'long-text');
  return long === undefined ? null : (fields[long] ?? null);
}

function LongText({ text, whole }: { readonly text: string; readonly whole: string | null }) {
  return (
    <span className={styles.long} {...(whole === null ? {} : { title: whole })}>
      {text}
    </span>
  );
}

/** That a number is kept, was dropped or its document cancelled, when and by whom; null for one in force. */
export function describeEnd(t: TFunction, row: BookEntry): string | null {
  const end = endOfNumber(row);
  if (end === null) return null;
  const what = t(end === 'cancelled' ? 'books.cancelled' : `books.notGiven.${end}`);
  const { ended } = row;
  if (ended === null) return what;
  const by = [formatInstantDay(ended.at), ended.by].filter((part) => part !== '').join(' · ');
  return t('books.notGivenBy', { what, by });
}

function describeChange(t: TFunction, { kind, codeText, date }: BookEntry['changedBy'][number]): string {
  const day = date === null ? '' : formatVnDate(date);
  if (codeText === '') return t('relations.recalledAt', { time: day });
  const by = day === '' ? codeText : t('relations.named', { code: codeText, date: day });
  return `${nameRelation(t, { kind, passive: true })} ${by}`;
}

export function remarkOf(t: TFunction, row: BookEntry): string | null {
  const what = describeEnd(t, row);
  if (what === null && row.changedBy.length > 0)
    return row.changedBy.map((change) => describeChange(t, change)).join('; ');
  const reason = whyEnded(row);
  return what === null || reason === '' ? what : t('books.notGivenReason', { what, reason });
}
