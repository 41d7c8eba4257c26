import type { ReactNode } from 'react';
import type { Direction } from '#shared/domain/direction.ts';
import type { ListColumn } from './document-list.tsx';
import type { ColumnField } from './column-fields.ts';

/** What any row of a list shows. */
export interface ListedRow extends Readonly<Partial<Record<ColumnField, string>>> {
  readonly id: string;
  readonly codeText: string;
  readonly abstract: string;
  /** Not for whoever looks: its words are empty. */
  readonly hidden?: true | undefined;
}

/** What the list of one direction shows in its own way. */
export interface ListLook<Row extends ListedRow> {
  readonly direction: Direction;
  /** CSS pixels of the column of numbers and notations at first. */
  readonly codeWidth: number;
  /** Agency or recipients, beside the number. */
  readonly who: (row: Row) => string;
  /** Nobody has opened it yet. */
  readonly isUnread: (row: Row) => boolean;
  readonly hasTags: (row: Row) => boolean;
  /** `brief` in a column of the table. */
  readonly tags: (row: Row, brief: boolean) => ReactNode;
  /** Under the tags of a narrow row. */
  readonly foot?: (row: Row) => ReactNode;
  readonly tagsHeader: string;
  readonly tagsWidth: number;
  /** The instant that it is listed with. */
  readonly at: (row: Row) => string;
  readonly atHeader: string;
  readonly rowName: (row: Row) => string;
  /** Columns before the number, and after the fields. */
  readonly before: readonly ListColumn<Row>[];
  readonly after: readonly ListColumn<Row>[];
}
