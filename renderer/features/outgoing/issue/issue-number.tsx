import { useTranslation } from 'react-i18next';
import type { NumberChoice, OutgoingDetail } from '#shared/contract/outgoing.ts';
import { formatDocumentCode, formatNumber, isPrintedNumber } from '#shared/domain/notation.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { urgencyStampText, type UrgencyStampOutlook } from '#shared/domain/urgency-stamp.ts';
import { useCall } from '../../../api/use-call.ts';
import { CheckBox } from '../../../components/check-box.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Note } from '../../document/note.tsx';
import { NumberChoices } from '../number-choices.tsx';
import { useChosenNumber } from './use-chosen-number.ts';
import styles from './issue.module.css';

interface IssueNumberProps {
  readonly detail: OutgoingDetail;
  readonly take: NumberChoice | null;
  readonly onTake: (take: NumberChoice | null) => void;
  readonly stamped: boolean;
  readonly onStamped: (stamped: boolean) => void;
}

/** The number that the letter will have, beside the two before it with their days; or the one that it has. */
export function IssueNumber({ detail, take, onTake, stamped, onStamped }: IssueNumberProps) {
  const { t } = useTranslation();
  const isOpen = outgoingMachine.allows(detail.state, 'number');
  const next = useCall('outgoing.nextNumber', { id: detail.id }, { enabled: isOpen });
  const chosen = useChosenNumber(detail, take);
  if (!isOpen) {
    return (
      <div className={styles.number}>
        <p className={styles.lead}>
          <span>{t('outgoing.issue.hasNumber')}</span>
          <strong>{detail.codeText}</strong>
          <span>
            {detail.fields.date === null ? '' : t('document.onDay', { date: formatVnDate(detail.fields.date) })}
          </span>
        </p>
      </div>
    );
  }
  const { data } = next;
  const printed = detail.fields.printedNumber;
  const codeText =
    chosen === null
      ? t('outgoing.number.none')
      : formatDocumentCode(chosen.number, detail.fields.notation, chosen.suffix);
  const number = chosen === null ? '' : formatNumber(chosen.number, chosen.suffix);
  const differs = chosen !== null && printed !== '' && !isPrintedNumber(printed, chosen.number, chosen.suffix);
  const before = data?.before.toReversed() ?? [];
  return (
    <>
      {next.error !== null && <ErrorNote failure={next.error} onRetry={() => void next.refetch()} />}
      <div className={styles.number}>
        <p className={styles.lead}>
          <span>{t('outgoing.number.lead')}</span>
          <strong>{data === undefined ? '…' : codeText}</strong>
          <span>
            {data === undefined ? '' : t('document.onDay', { date: formatVnDate(data.date) })}
            {data === undefined ? '' : ` · ${data.bookName}`}
          </span>
        </p>
        {data !== undefined && (
          <table className={styles.before}>
            <tbody>
              {before.map((one, index) => (
                <tr key={one.codeText}>
                  <td>{one.codeText}</td>
                  <td>{one.date === null ? '' : formatVnDate(one.date)}</td>
                  <td>{index === before.length - 1 ? t('outgoing.issue.justBefore') : ''}</td>
                </tr>
              ))}
              <tr data-this>
                <td>{codeText}</td>
                <td>{formatVnDate(data.date)}</td>
                <td>{t('outgoing.issue.thisLetter')}</td>
              </tr>
            </tbody>
          </table>
        )}
      </div>
      {data !== undefined && (
        <div className={styles.choices}>
          <NumberChoices next={data.number} reserved={data.reserved} onChange={onTake} />
          <UrgencyStampChoice detail={detail} outlook={data.urgencyStamp} stamped={stamped} onChange={onStamped} />
        </div>
      )}
      {differs && <Note title={t('outgoing.number.printed', { printed, next: number })} />}
      {take?.kind === 'beside' && chosen === null && (
        <Note title={t('outgoing.number.besideNone', { number: formatNumber(take.number) })} />
      )}
    </>
  );
}

interface UrgencyStampChoiceProps {
  readonly detail: OutgoingDetail;
  readonly outlook: UrgencyStampOutlook;
  readonly stamped: boolean;
  readonly onChange: (stamped: boolean) => void;
}

/** Whether the stamp of urgency goes on the page with the number, or why it cannot. */
function UrgencyStampChoice({ detail, outlook, stamped, onChange }: UrgencyStampChoiceProps) {
  const { t } = useTranslation();
  const stamp = urgencyStampText(detail.urgency, detail.fields.expressAt);
  if (stamp === null || outlook === 'none' || outlook === 'printed') return null;
  if (outlook !== 'will-be-put') return <Note title={t(`outgoing.number.stamp.${outlook}`)} />;
  return (
    <CheckBox
      label={t('outgoing.number.stamp.put', { ...stamp, text: stamp.lines.join(', ') })}
      checked={stamped}
      onChange={onChange}
    />
  );
}
