import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingBox, OutgoingRow } from '#shared/contract/outgoing.ts';
import { call } from '../../api/api.ts';
import { callKey, useCall } from '../../api/use-call.ts';
import { Tag } from '../../components/tag.tsx';
import { formatDateTime, formatWhen } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { outgoingBoxes } from '../navigation/boxes.ts';
import { BoxTitle } from './box-title.tsx';
import { DocumentList } from './document-list.tsx';
import type { ListColumn } from './document-list.tsx';
import { DueTag, UrgencyTag } from './urgency-tags.tsx';
import type { RowSource } from './use-paged-rows.ts';
import styles from './list.module.css';

interface OutgoingListProps {
  readonly box: OutgoingBox;
  readonly selectedId: string | null;
  readonly layout: 'lines' | 'table';
  readonly onOpen: (id: string) => void;
  readonly onBox: (box: OutgoingBox) => void;
}

const none: ReadonlySet<string> = new Set();
const nothing = () => undefined;

export function OutgoingList({ box, selectedId, layout, onOpen, onBox }: OutgoingListProps) {
  const { t } = useTranslation();
  const counts = useCall('office.overview', {}).data?.outgoingCounts;
  const source = useCallback(
    (text: string): RowSource<OutgoingRow> => {
      const input = (offset: number, limit: number) => ({ box, offset, limit, ...(text === '' ? {} : { text }) });
      return {
        page: (offset, limit) => ({
          key: callKey('outgoing.list', input(offset, limit)),
          fetch: () => call('outgoing.list', input(offset, limit)),
        }),
      };
    },
    [box],
  );
  const columns = useOutgoingColumns();
  const title = t(`list.outgoing.${box}`);
  return (
    <DocumentList
      name="outgoing"
      title={title}
      titleMenu={
        <BoxTitle
          title={title}
          label={t('list.boxesOutgoing')}
          boxes={outgoingBoxes.map((each) => ({
            box: each,
            name: t(`list.outgoing.${each}`),
            count: counts?.[each] ?? 0,
          }))}
          onChoose={onBox}
        />
      }
      source={source}
      listKey={box}
      layout={layout}
      columns={columns}
      renderLines={(row) => <OutgoingLines row={row} />}
      hasTags={() => true}
      rowName={(row) => `${row.codeText}, ${row.abstract}`}
      selectedId={selectedId}
      onOpen={(row) => onOpen(row.id)}
      heldBackIds={none}
      onReveal={nothing}
      empty={{ title: t(`list.emptyOutgoing.${box}.title`), text: t(`list.emptyOutgoing.${box}.text`) }}
    />
  );
}

function OutgoingTags({ row, brief = false }: { readonly row: OutgoingRow; readonly brief?: boolean }): ReactNode {
  return (
    <>
      <UrgencyTag urgency={row.urgency} brief={brief} />
      <StateTag row={row} />
      {row.dueAt === null ? null : (
        <DueTag dueAt={row.dueAt} settled={row.state === 'sent' || row.state === 'cancelled'} brief={brief} />
      )}
    </>
  );
}

function StateTag({ row }: { readonly row: OutgoingRow }): ReactNode {
  const { t } = useTranslation();
  if (row.state !== 'sent' && row.state !== 'queued') return <Tag>{t(`list.state.${row.state}`)}</Tag>;
  const { total, accepted, refused, blocked } = row.recipients;
  if (refused + blocked > 0) {
    return (
      <>
        {refused > 0 ? <Tag tone="warn">{t('list.refused', { count: refused })}</Tag> : null}
        {blocked > 0 ? <Tag tone="urgent">{t('list.blocked', { count: blocked })}</Tag> : null}
      </>
    );
  }
  if (row.state === 'queued') return <Tag>{t('list.state.queued')}</Tag>;
  if (accepted === total) return <Tag tone="good">{t('list.allAccepted')}</Tag>;
  return <Tag>{t('list.accepted', { accepted, total })}</Tag>;
}

function OutgoingLines({ row }: { readonly row: OutgoingRow }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <div className={styles.lines}>
      <div className={styles.first}>
        <span className={styles.code}>{row.codeText}</span>
        <span className={styles.who}>{t('list.recipients', { count: row.recipients.total })}</span>
        <time className={styles.when} dateTime={row.changedAt} title={formatDateTime(row.changedAt)}>
          {formatWhen(t, row.changedAt, now)}
        </time>
      </div>
      <div className={styles.abstract} title={row.abstract}>
        {row.abstract || t('list.noAbstract')}
      </div>
      <div className={styles.tags}>
        <OutgoingTags row={row} />
      </div>
    </div>
  );
}

function useOutgoingColumns(): readonly ListColumn<OutgoingRow>[] {
  const { t } = useTranslation();
  const now = useNow();
  return useMemo(
    () => [
      { id: 'code', header: t('list.column.code'), width: 160, cell: (row) => row.codeText },
      { id: 'type', header: t('list.column.type'), width: 110, soft: true, cell: (row) => row.documentType },
      {
        id: 'abstract',
        header: t('list.column.abstract'),
        width: null,
        cell: (row) => <span title={row.abstract}>{row.abstract || t('list.noAbstract')}</span>,
      },
      {
        id: 'recipients',
        header: t('list.column.recipients'),
        width: 90,
        soft: true,
        end: true,
        cell: (row) => row.recipients.total,
      },
      {
        id: 'tags',
        header: t('list.column.state'),
        width: 290,
        cell: (row) => (
          <span className={styles.inlineTags}>
            <OutgoingTags row={row} brief />
          </span>
        ),
      },
      {
        id: 'when',
        header: t('list.column.changed'),
        width: 90,
        soft: true,
        end: true,
        cell: (row) => <span title={formatDateTime(row.changedAt)}>{formatWhen(t, row.changedAt, now)}</span>,
      },
    ],
    [t, now],
  );
}
