import { useTranslation } from 'react-i18next';
import { classNames } from '../../components/class-names.ts';
import { formatDateTime, formatWhen } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { HiddenText } from '../access/hidden-text.tsx';
import type { ListedRow, ListLook } from './list-look.ts';
import styles from './list.module.css';

interface DocumentLinesProps<Row extends ListedRow> {
  readonly row: Row;
  readonly look: ListLook<Row>;
}

/** A row of a narrow list: number, who and when; the abstract; tags. */
export function DocumentLines<Row extends ListedRow>({ row, look }: DocumentLinesProps<Row>) {
  const { t } = useTranslation();
  const now = useNow();
  const at = look.at(row);
  const unread = look.isUnread(row);
  return (
    <div className={classNames(styles.lines, unread && styles.unread)}>
      <div className={styles.first}>
        <span className={styles.code}>{row.codeText || t('list.noCode')}</span>
        <span className={styles.who}>{look.who(row)}</span>
        <time className={styles.when} dateTime={at} title={formatDateTime(at)}>
          {formatWhen(t, at, now)}
        </time>
      </div>
      <div className={styles.abstract} title={row.abstract}>
        {row.hidden ? <HiddenText /> : row.abstract || t('list.noAbstract')}
      </div>
      {look.hasTags(row) ? <div className={styles.tags}>{look.tags(row, false)}</div> : null}
      {look.foot?.(row)}
      {unread ? <span className="visually-hidden">{t('list.unread')}</span> : null}
    </div>
  );
}
