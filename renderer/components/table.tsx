import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** CSS width, e.g. `120px` or `30%`. */
  readonly width?: string;
  /** Figures and times: right-aligned resp. soft. */
  readonly kind?: 'text' | 'number' | 'time';
  /** Long text goes on to further lines instead of ending in "…". */
  readonly wrap?: boolean;
}

interface TableProps<Row> {
  /** Read out before the table; not shown. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Marks a row that needs her. */
  readonly isBad?: (row: Row) => boolean;
}

/** A small read-only table, all of it in the page. Long lists use the virtual list instead. */
export function Table<Row>({ caption, columns, rows, rowKey, isBad }: TableProps<Row>) {
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{caption}</caption>
      <colgroup>
        {columns.map((column) => (
          <col key={column.id} style={column.width === undefined ? undefined : { width: column.width }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={styles[column.kind ?? 'text']}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className={isBad?.(row) ? styles.bad : undefined}>
            {columns.map((column) => (
              <td key={column.id} className={classNames(styles[column.kind ?? 'text'], column.wrap && styles.wrap)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
