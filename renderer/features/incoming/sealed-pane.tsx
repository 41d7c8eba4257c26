import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { isExpress } from '#shared/domain/urgency.ts';
import { upperCase } from '#shared/domain/vietnamese-text.ts';
import { formatVnDate, vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { isEnterFree } from '../../components/shortcuts.ts';
import { Tag } from '../../components/tag.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { formatRemaining } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { DocumentHeader } from '../document/document-header.tsx';
import { HourNote } from '../document/hour-note.tsx';
import { formatStamp } from '../document/format-stamp.ts';
import { NextSteps } from './next-steps.tsx';
import { ReturnDialog } from './return-dialog.tsx';
import { WarningNotes } from './warning-notes.tsx';
import paneStyles from '../document/document-pane.module.css';
import styles from './sealed-pane.module.css';

/** Express by the exchange, and nobody here has opened it: being looked at in a list is not being opened. */
export function isSealed({ urgency, received, opened, state }: IncomingDetail): boolean {
  return isExpress(urgency) && received !== null && !opened && state === 'arrived';
}

/** The checked envelope of an express document. Opening it is an act of a person, which the sender is told of. */
export function SealedPane({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const [returning, setReturning] = useState(false);
  const opening = useCommand('incoming.markOpened');
  const open = (): void => void opening.run({ id: detail.id });
  useShortcut('Enter', open, () => isEnterFree(document.activeElement));
  const { received, expressAt } = detail;
  const name = t(`common.urgency.${detail.urgency}`);
  const until =
    expressAt === null
      ? name
      : `${name} · ${t('incoming.express.before', { time: formatStamp(expressAt, now) })} · ${formatRemaining(t, expressAt, now)}`;
  return (
    <section className={paneStyles.pane} aria-label={detail.codeText}>
      <DocumentHeader
        tags={
          <Tag tone="urgent" icon="clock">
            {until}
          </Tag>
        }
        title={detail.abstract}
        facts={[
          detail.codeText,
          detail.fields.date === null ? null : t('document.onDay', { date: formatVnDate(detail.fields.date) }),
          detail.agencyName,
          detail.fields.signerName === '' ? null : t('incoming.pane.signedBy', { name: detail.fields.signerName }),
        ]}
        actions={
          <>
            <Button variant="main" kbd="Enter" busy={opening.busy} onClick={open}>
              {t('incoming.express.open')}
            </Button>
            {received !== null && (
              <Button onClick={() => setReturning(true)}>{t('incoming.pane.actions.return')}</Button>
            )}
            {opening.failure !== null && (
              <div className={paneStyles.failure}>
                <ErrorNote failure={opening.failure} />
              </div>
            )}
          </>
        }
        aside={t('incoming.express.openingTells')}
      />
      <HourNote history={detail.history} />
      <NextSteps watch={detail.watch} expressAt={expressAt} now={now} />
      <WarningNotes warnings={detail.warnings} />
      <Envelope detail={detail} />
      {returning && received !== null && (
        <ReturnDialog detail={detail} sender={received.senderName} onClose={() => setReturning(false)} />
      )}
    </section>
  );
}

function Envelope({ detail }: { readonly detail: IncomingDetail }) {
  const { t } = useTranslation();
  const agency = useCall('office.identity', {}).data?.agency;
  const files = (detail.file === null ? 0 : 1) + detail.attachments.length;
  return (
    <div className={styles.ground}>
      <div className={styles.envelope} role="img" aria-label={t('incoming.express.envelope')}>
        <div className={styles.from}>
          <b>{detail.received?.senderName ?? detail.agencyName}</b>
          <span className={styles.rule} />
          <span>{t('incoming.express.number', { code: detail.codeText })}</span>
          {files === 0 ? null : <span>{t('incoming.express.contents', { count: files })}</span>}
        </div>
        <div className={styles.stamp} data-testid="stamp">
          <b>{upperCase(t(`common.urgency.${detail.urgency}`))}</b>
          {detail.expressAt === null ? null : <b className={styles.hour}>{hourOf(t, detail.expressAt)}</b>}
        </div>
        <p className={styles.to}>
          <i>{t('incoming.express.to')}</i> <b>{agency?.name}</b>
        </p>
      </div>
      <p className={styles.verdict}>
        <Icon name={verdictIcon(detail)} />
        {verdictOf(t, detail)}
      </p>
    </div>
  );
}

/** As the stamp of the decree names it: "14 giờ 00, ngày 27/11/2026". */
function hourOf(t: TFunction, instant: string): string {
  const stamp = vietnamTimestamp(Date.parse(instant));
  return t('incoming.express.stampHour', {
    hour: stamp.slice(11, 13),
    minute: stamp.slice(14, 16),
    day: formatVnDate(stamp),
  });
}

function verdictOf(t: TFunction, { verification, warnings }: IncomingDetail): string {
  const verdict = verification?.verdict ?? null;
  if (verdict === 'INVALID') return t('incoming.express.verdict.invalid');
  if (warnings.length > 0) return t('incoming.express.verdict.look');
  if (verdict === 'VALID') return t('incoming.express.verdict.good');
  return verdict === null || verdict === 'UNSIGNED'
    ? t('incoming.express.verdict.unsigned')
    : t('incoming.express.verdict.undecided');
}

function verdictIcon({ verification, warnings }: IncomingDetail) {
  const verdict = verification?.verdict ?? null;
  if (verdict === 'INVALID') return 'shield-cross';
  if (warnings.length > 0 || verdict === 'WARN') return 'shield-warn';
  return verdict === 'VALID' ? 'shield-check' : 'shield-question';
}
