import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { BookEntry } from '#shared/contract/books.ts';
import { bookColumnsOf, type BookColumn, type BookColumnId, type BookColumnSource } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { fieldDescription, type FieldName } from '#shared/domain/document-fields.ts';
import { formatNumber } from '#shared/domain/notation.ts';
import { Tag } from '../../components/tag.tsx';
import { formatInstantDay } from '../../i18n/format.ts';
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
    date: fixed('104px'),
    abstract: wide('168px', '2.4fr'),
    signerName: fixed('112px'),
    goesTo: wide('116px', '1.4fr'),
    keeper: fixed('96px'),
    copies: fixed('64px'),
    sentOn: fixed('64px'),
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
  if (text === '') return showSource(shows, row);
  return (
    <>
      {showSource(shows, row)} {shown}
    </>
  );
}

function showSource(shows: BookColumnSource, row: BookEntry): ReactNode {
  switch (shows) {
    case 'registeredAt':
      return formatInstantDay(row.registeredAt);
    case 'number':
      return row.number;
    case 'codeText':
      // A number that no document has is still known by itself.
      return row.codeText || formatNumber(row.number);
    case 'goesTo':
      return <LongText text={row.goesTo} whole={row.goesTo} />;
    case 'remark':
      return <Remark row={row} />;
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

/** Why a number has no document to be read, or that its document was cancelled. */
function Remark({ row }: { readonly row: BookEntry }) {
  const { t } = useTranslation();
  if (row.cancelled) return <Tag>{t('books.cancelled')}</Tag>;
  const remark = remarkOf(t, row);
  return remark === null ? null : <LongText text={remark} whole={remark} />;
}

export function remarkOf(t: TFunction, { state, reason }: BookEntry): string | null {
  if (state === 'given') return null;
  const what = t(`books.notGiven.${state}`);
  return reason === null || reason === '' ? what : t('books.notGivenReason', { what, reason });
}
