import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { hasLetter, type Delivery } from '#shared/domain/delivery.ts';
import { isRecalled } from '#shared/domain/recall.ts';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import styles from './deliveries.module.css';

/** What a recipient said to the recall of a letter; nothing for a letter that was not recalled. */
export function RecallAnswerTag({ detail, row }: { readonly detail: OutgoingDetail; readonly row: Delivery }) {
  const { t } = useTranslation();
  const now = useNow();
  const { recallAnswer, recallAnsweredAt, recallReason } = row;
  if (recallAnswer === null || recallAnsweredAt === null) {
    return isRecalled(detail.history) && hasLetter(row) ? <Tag>{t('outgoing.recall.answers.none')}</Tag> : null;
  }
  return (
    <>
      <Tag tone={recallAnswer === 'agreed' ? 'good' : 'warn'}>
        {t(`outgoing.recall.answers.${recallAnswer}`, { time: formatStamp(recallAnsweredAt, now) })}
      </Tag>
      {recallReason === '' ? null : <small className={styles.reason}>{recallReason}</small>}
    </>
  );
}
