import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Table } from '../../components/table.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { Panel } from './panel.tsx';

const reasons = ['SENDER_MISMATCH', 'STATUS_OF_UNKNOWN_DOCUMENT', 'STATUS_FROM_STRANGER', 'UNEXPECTED'] as const;

function reasonOf(t: TFunction, code: string): string {
  const known = reasons.find((reason) => reason === code);
  return known === undefined ? describeError(t, { code }).what : t(`settings.setAside.reasons.${known}`);
}

/** Messages that arrived and could not be taken in, with the reason; nothing when there are none. */
export function SetAsidePanel() {
  const { t } = useTranslation();
  const aside = useCall('exchange.setAside', {}).data;
  const takeAgain = useCommand('exchange.takeAgain');
  if (aside === undefined || aside.total === 0) return null;
  const { messages, total } = aside;
  const more = total - messages.length;
  return (
    <Panel title={t('settings.setAside.title')} text={t('settings.setAside.text')}>
      <Table
        caption={t('settings.setAside.title')}
        rows={messages}
        rowKey={(message) => message.messageId}
        columns={[
          { id: 'agency', header: t('settings.setAside.agency'), cell: (message) => message.agencyName, wrap: true },
          {
            id: 'at',
            header: t('settings.setAside.at'),
            cell: (message) => formatDateTime(message.at),
            kind: 'time',
            width: '168px',
          },
          {
            id: 'reason',
            header: t('settings.setAside.reason'),
            cell: (message) => reasonOf(t, message.code),
            wrap: true,
          },
          {
            id: 'again',
            header: t('settings.setAside.again'),
            width: '104px',
            cell: (message) => (
              <Button
                label={t('settings.setAside.againFor', { agency: message.agencyName, at: formatDateTime(message.at) })}
                onClick={() => void takeAgain.run({ messageId: message.messageId })}
              >
                {t('settings.setAside.again')}
              </Button>
            ),
          },
        ]}
      />
      {more > 0 ? <p>{t('settings.setAside.more', { count: more })}</p> : null}
      {takeAgain.failure ? <ErrorNote failure={takeAgain.failure} /> : null}
    </Panel>
  );
}
