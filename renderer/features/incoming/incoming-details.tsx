import { formatInstantDay } from '#shared/domain/vn-date.ts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { fieldsOf } from '#shared/domain/document-fields.ts';
import { isExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import { mailFileName } from '#shared/domain/mail-format.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { nameField } from '../document/name-field.ts';
import { showField } from '../document/show-field.ts';
import { useWarningWords } from './warning-notes.tsx';
import styles from './incoming-details.module.css';

interface IncomingDetailsProps {
  readonly detail: IncomingDetail;
  readonly onCorrect: () => void;
}

/** Everything the register holds about the document, and what the sender was told. */
export function IncomingDetails({ detail, onCorrect }: IncomingDetailsProps) {
  const { t } = useTranslation();
  const saveCopy = useCommand('files.saveCopy');
  const warnings = useWarningWords(detail.warnings);
  const { received } = detail;
  return (
    <dl className={styles.facts} aria-label={t('incoming.details.label')}>
      <Fact label={t('incoming.details.number')}>
        {detail.arrivalNumber === null ? (
          t('incoming.details.notRegistered')
        ) : (
          <>
            <b>{detail.arrivalNumber}</b>{' '}
            <Button variant="quiet" onClick={onCorrect}>
              {t('incoming.correct.open')}
            </Button>
          </>
        )}
      </Fact>
      <Fact label={t('incoming.details.registeredAt')}>
        {detail.registeredAt === null ? '' : formatDateTime(detail.registeredAt)}
      </Fact>
      <Fact label={t('incoming.details.arrivedAt')}>
        {/* Of paper the day is known, not the hour. */}
        {detail.source === 'paper' ? formatInstantDay(detail.arrivedAt) : formatDateTime(detail.arrivedAt)}
      </Fact>
      <Fact label={t('incoming.details.source')}>{t(`incoming.lane.source.${detail.source}`)}</Fact>
      {detail.mails.map(({ fileId, format, senderName, senderAddress, sentAt, subject }) => (
        <Fact key={fileId} label={t('incoming.takeIn.mail')}>
          {t('incoming.takeIn.mailFrom', {
            name: senderName,
            address: senderAddress,
            time: sentAt === null ? '' : formatDateTime(sentAt),
            subject,
          })}{' '}
          <Button
            variant="quiet"
            busy={saveCopy.busy}
            onClick={() => void saveCopy.run({ fileId, suggestedName: mailFileName(format) })}
          >
            {t('incoming.takeIn.download')}
          </Button>
        </Fact>
      ))}
      {fieldsOf('incoming').map((name) => (
        <Fact key={name} label={nameField(t, 'incoming', name)}>
          {showField(t, name, detail.fields[name])}
        </Fact>
      ))}
      {received !== null && (
        <Fact label={t('incoming.details.sender')}>
          {received.senderName} <small>{received.senderCode}</small>
        </Fact>
      )}
      <Fact label={t('incoming.details.statuses')}>
        {detail.statusesSent.length === 0 ? (
          t('incoming.details.noStatuses')
        ) : (
          <ul>
            {detail.statusesSent.map((status) => (
              <li key={`${status.code}/${status.at}`}>
                {isExchangeStatusCode(status.code) ? t(`document.statuses.${status.code}`) : status.code}
                {' · '}
                {t(status.delivered ? 'incoming.details.statusSent' : 'incoming.details.statusWaiting', {
                  time: formatDateTime(status.at),
                })}
              </li>
            ))}
          </ul>
        )}
      </Fact>
      {warnings.length > 0 && (
        <Fact label={t('incoming.details.warnings')}>
          <ul>
            {warnings.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </Fact>
      )}
      {received !== null && (
        <>
          <Fact label={t('incoming.details.messageId')}>
            <span className={styles.code}>{received.documentId}</span>
          </Fact>
          <Fact label={t('incoming.details.message')}>
            <Button
              variant="quiet"
              busy={saveCopy.busy}
              onClick={() => void saveCopy.run({ fileId: received.edxmlFileId, suggestedName: messageName(detail) })}
            >
              {t('incoming.details.download')}
            </Button>
            {saveCopy.failure !== null && <ErrorNote failure={saveCopy.failure} />}
          </Fact>
        </>
      )}
    </dl>
  );
}

function messageName(detail: IncomingDetail): string {
  return `${detail.codeText.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.edxml`;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === '') return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
