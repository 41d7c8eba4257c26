import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListSortBy } from '#shared/domain/list-request.ts';
import { fieldDescription } from '#shared/domain/document-fields.ts';
import { formatDateTime, formatWhen } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { HiddenText } from '../access/hidden-text.tsx';
import { columnFieldsOf, type ColumnField, type FieldColumn } from './column-fields.ts';
import type { ListColumn } from './document-list.tsx';
import type { ListedRow, ListLook } from './list-look.ts';
import styles from './list.module.css';

/** The widths that the user gave are remembered under these. */
const columnIds: Readonly<Record<ColumnField, string>> = {
  codeText: 'code',
  agencyName: 'agency',
  documentType: 'type',
  abstract: 'abstract',
};

const sortedBy: Readonly<Partial<Record<ColumnField, ListSortBy>>> = { agencyName: 'agency' };

/** The columns of a list as a table: number, the described fields, what to note, when. */
export function useListColumns<Row extends ListedRow>(look: ListLook<Row>): readonly ListColumn<Row>[] {
  const { t } = useTranslation();
  const now = useNow();
  return useMemo(() => {
    const strong = (row: Row, text: string) => (look.isUnread(row) ? <b className={styles.strong}>{text}</b> : text);
    const cellOf = (name: ColumnField) => (row: Row) => {
      const text = row[name] ?? '';
      if (fieldDescription(name).kind !== 'long-text') return text;
      if (row.hidden) return <HiddenText />;
      return <span title={text}>{strong(row, text || t('list.noAbstract'))}</span>;
    };
    const field = ({ name, width, soft }: FieldColumn): ListColumn<Row> => ({
      id: columnIds[name],
      header: t(`list.column.${name}`),
      width,
      soft,
      cell: cellOf(name),
      ...(sortedBy[name] === undefined ? {} : { sortBy: sortedBy[name] }),
      ...(name === 'abstract' ? { fixed: true } : {}),
    });
    const code: ListColumn<Row> = {
      id: columnIds.codeText,
      header: t('list.column.codeText'),
      width: look.codeWidth,
      cell: (row) => strong(row, row.codeText || t('list.noCode')),
      sortBy: 'code',
      fixed: true,
    };
    const tags: ListColumn<Row> = {
      id: 'tags',
      header: look.tagsHeader,
      width: look.tagsWidth,
      cell: (row) => <span className={styles.inlineTags}>{look.tags(row, true)}</span>,
      // What stands there is above all the deadline.
      sortBy: 'deadline',
    };
    const when: ListColumn<Row> = {
      id: 'when',
      header: look.atHeader,
      width: 90,
      soft: true,
      end: true,
      sortBy: 'at',
      cell: (row) => <span title={formatDateTime(look.at(row))}>{formatWhen(t, look.at(row), now)}</span>,
    };
    // The number comes first in every list, whether it is a field of the direction or made by its book.
    const fields = columnFieldsOf(look.direction).filter(({ name }) => name !== 'codeText');
    return [...look.before, code, ...fields.map(field), ...look.after, tags, when];
  }, [look, t, now]);
}
