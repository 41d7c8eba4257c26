import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OverseenPlace, OversightSelection } from '#shared/domain/oversight.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Table } from '../../components/table.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import type { Period } from './period.ts';
import styles from './oversight.module.css';

interface AgencyDeliveriesProps {
  readonly agency: { readonly code: string; readonly name: string };
  readonly period: Period;
  readonly onClose: () => void;
}

type After = OverseenPlace | null;

/** The documents behind the figures of one agency: number, sender and hours, and nothing of their content. */
export function AgencyDeliveries({ agency, period, onClose }: AgencyDeliveriesProps) {
  const { t } = useTranslation();
  const [which, setWhich] = useState<OversightSelection>('late');
  // Where each page before this one ended.
  const [trail, setTrail] = useState<readonly After[]>([null]);
  const after = trail.at(-1) ?? null;
  const found = useCall('oversight.deliveries', { ...period, agency: agency.code, which, after });
  const last = found.data?.deliveries.at(-1);
  return (
    <section className={styles.deliveries} aria-label={agency.name}>
      <div className={styles.bar}>
        <h2>{agency.name}</h2>
        <Button variant="quiet" icon="close" label={t('oversight.close')} onClick={onClose} />
      </div>
      <Tabs
        label={agency.name}
        tabs={[
          { id: 'late', label: t('oversight.late') },
          { id: 'unopened', label: t('oversight.unopened') },
        ]}
        selected={which}
        onSelect={(chosen) => {
          setWhich(chosen);
          setTrail([null]);
        }}
      >
        {found.error ? <ErrorNote failure={found.error} onRetry={() => void found.refetch()} /> : null}
        {found.data?.deliveries.length === 0 ? <p className={styles.none}>{t('oversight.none')}</p> : null}
        {found.data && found.data.deliveries.length > 0 ? (
          <Table
            caption={agency.name}
            rows={found.data.deliveries}
            rowKey={({ messageId }) => messageId}
            columns={[
              { id: 'code', header: t('oversight.code'), cell: ({ code }) => code },
              { id: 'sender', header: t('oversight.sender'), cell: ({ senderName }) => senderName, wrap: true },
              { id: 'urgency', header: t('oversight.urgency'), cell: ({ urgency }) => t(`common.urgency.${urgency}`) },
              {
                id: 'available',
                header: t('oversight.available'),
                kind: 'time',
                cell: ({ availableAt }) => formatDateTime(availableAt),
              },
              {
                id: 'opened',
                header: t('oversight.openedAt'),
                kind: 'time',
                cell: ({ openedAt, fetchedAt }) =>
                  openedAt === null
                    ? t(fetchedAt === null ? 'oversight.notFetched' : 'oversight.notOpened')
                    : formatDateTime(openedAt),
              },
            ]}
          />
        ) : null}
        <div className={styles.pages}>
          {trail.length > 1 ? (
            <Button onClick={() => setTrail((old) => old.slice(0, -1))}>{t('oversight.newer')}</Button>
          ) : null}
          {found.data?.more && last ? (
            <Button onClick={() => setTrail((old) => [...old, placeOf(last)])}>{t('oversight.older')}</Button>
          ) : null}
        </div>
      </Tabs>
    </section>
  );
}

function placeOf({ availableAt, messageId, recipient }: OverseenPlace): OverseenPlace {
  return { availableAt, messageId, recipient };
}
