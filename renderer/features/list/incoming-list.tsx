import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncomingBox, IncomingRow } from '#shared/contract/incoming.ts';
import { call } from '../../api/api.ts';
import { callKey, useCall } from '../../api/use-call.ts';
import { Tag } from '../../components/tag.tsx';
import { formatDateTime, formatNumber, formatWhen } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { incomingBoxes } from '../navigation/boxes.ts';
import { BoxTitle } from './box-title.tsx';
import { DocumentList } from './document-list.tsx';
import type { ListColumn } from './document-list.tsx';
import { DueTag, UrgencyTag } from './urgency-tags.tsx';
import { useArrivals } from './use-arrivals.ts';
import type { RowSource } from './use-paged-rows.ts';
import styles from './list.module.css';

interface IncomingListProps {
  readonly box: IncomingBox;
  readonly selectedId: string | null;
  readonly layout: 'lines' | 'table';
  readonly onOpen: (id: string) => void;
  readonly onBox: (box: IncomingBox) => void;
}

export function IncomingList({ box, selectedId, layout, onOpen, onBox }: IncomingListProps) {
  const { t } = useTranslation();
  const counts = useCall('office.overview', {}).data?.incomingCounts;
  const arrivals = useArrivals(box);
  const source = useCallback(
    (text: string): RowSource<IncomingRow> => {
      const input = (offset: number, limit: number) => ({ box, offset, limit, ...(text === '' ? {} : { text }) });
      return {
        page: (offset, limit) => ({
          key: callKey('incoming.list', input(offset, limit)),
          fetch: () => call('incoming.list', input(offset, limit)),
        }),
      };
    },
    [box],
  );
  const columns = useIncomingColumns(box);
  const title = t(`list.incoming.${box}`);
  return (
    <DocumentList
      name="incoming"
      title={title}
      titleMenu={
        <BoxTitle
          title={title}
          label={t('list.boxesIncoming')}
          boxes={incomingBoxes.map((each) => ({
            box: each,
            name: t(`list.incoming.${each}`),
            count: counts?.[each] ?? 0,
          }))}
          onChoose={onBox}
        />
      }
      source={source}
      listKey={box}
      layout={layout}
      columns={columns}
      renderLines={(row) => <IncomingLines row={row} />}
      hasTags={hasTags}
      rowName={(row) => `${row.codeText}, ${row.agencyName}, ${row.abstract}`}
      selectedId={selectedId}
      onOpen={(row) => onOpen(row.id)}
      heldBackIds={arrivals.ids}
      onReveal={arrivals.reveal}
      empty={{ title: t(`list.emptyIncoming.${box}.title`), text: t(`list.emptyIncoming.${box}.text`) }}
    />
  );
}

const quietVerdicts: readonly (string | null)[] = ['VALID', null];

function hasTags(row: IncomingRow): boolean {
  return (
    row.urgency !== 'normal' ||
    row.dueAt !== null ||
    row.paper === 'expected' ||
    row.state === 'returned' ||
    row.arrivalNumber !== null ||
    !quietVerdicts.includes(row.verdict)
  );
}

function IncomingTags({ row, brief = false }: { readonly row: IncomingRow; readonly brief?: boolean }) {
  const { t } = useTranslation();
  const settled = row.state === 'done' || row.state === 'returned';
  return (
    <>
      <UrgencyTag urgency={row.urgency} expressAt={settled ? null : row.expressAt} brief={brief} />
      {row.dueAt === null ? null : <DueTag dueAt={row.dueAt} settled={settled} brief={brief} />}
      {row.state === 'returned' ? <Tag>{t('list.returned')}</Tag> : null}
      <VerdictTag verdict={row.verdict} />
      {row.paper === 'expected' ? <Tag>{t('common.paper.expected')}</Tag> : null}
    </>
  );
}

/** Says nothing of a good signature: only what needs a look is worth the room. */
function VerdictTag({ verdict }: { readonly verdict: string | null }) {
  const { t } = useTranslation();
  if (verdict === 'INVALID') {
    return (
      <Tag tone="urgent" icon="shield-cross">
        {t('list.verdict.invalid')}
      </Tag>
    );
  }
  if (verdict === 'WARN') {
    return (
      <Tag tone="warn" icon="shield-warn">
        {t('list.verdict.warn')}
      </Tag>
    );
  }
  if (verdict === 'INDET') {
    return (
      <Tag tone="warn" icon="shield-question">
        {t('list.verdict.indet')}
      </Tag>
    );
  }
  return verdict === 'UNSIGNED' ? <Tag>{t('list.verdict.unsigned')}</Tag> : null;
}

function IncomingLines({ row }: { readonly row: IncomingRow }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  return (
    <div className={`${styles.lines} ${row.opened ? '' : styles.unread}`}>
      <div className={styles.first}>
        <span className={styles.code}>{row.codeText || t('list.noCode')}</span>
        <span className={styles.who}>{row.agencyName}</span>
        <time className={styles.when} dateTime={row.arrivedAt} title={formatDateTime(row.arrivedAt)}>
          {formatWhen(t, row.arrivedAt, now)}
        </time>
      </div>
      <div className={styles.abstract} title={row.abstract}>
        {row.abstract || t('list.noAbstract')}
      </div>
      {hasTags(row) ? (
        <div className={styles.tags}>
          {row.arrivalNumber === null ? null : (
            <Tag>{t('list.arrivalNumber', { number: formatNumber(row.arrivalNumber, i18n.language) })}</Tag>
          )}
          <IncomingTags row={row} />
        </div>
      ) : null}
      {row.opened ? null : <span className="visually-hidden">{t('list.unread')}</span>}
    </div>
  );
}

const numbered: readonly IncomingBox[] = ['in-progress', 'due', 'overdue', 'done'];

function useIncomingColumns(box: IncomingBox): readonly ListColumn<IncomingRow>[] {
  const { t, i18n } = useTranslation();
  const now = useNow();
  return useMemo(() => {
    const strong = (row: IncomingRow, text: string) => (row.opened ? text : <b className={styles.strong}>{text}</b>);
    const number: ListColumn<IncomingRow> = {
      id: 'number',
      header: t('list.column.arrivalNumber'),
      width: 80,
      end: true,
      cell: (row) => (row.arrivalNumber === null ? '' : formatNumber(row.arrivalNumber, i18n.language)),
    };
    return [
      ...(numbered.includes(box) ? [number] : []),
      {
        id: 'code',
        header: t('list.column.code'),
        width: 172,
        cell: (row) => strong(row, row.codeText || t('list.noCode')),
      },
      { id: 'agency', header: t('list.column.from'), width: 180, soft: true, cell: (row) => row.agencyName },
      {
        id: 'abstract',
        header: t('list.column.abstract'),
        width: null,
        cell: (row) => <span title={row.abstract}>{strong(row, row.abstract || t('list.noAbstract'))}</span>,
      },
      {
        id: 'tags',
        header: t('list.column.needs'),
        width: 240,
        cell: (row) => (
          <span className={styles.inlineTags}>
            <IncomingTags row={row} brief />
          </span>
        ),
      },
      {
        id: 'when',
        header: t('list.column.arrived'),
        width: 90,
        soft: true,
        end: true,
        cell: (row) => <span title={formatDateTime(row.arrivedAt)}>{formatWhen(t, row.arrivedAt, now)}</span>,
      },
    ];
  }, [box, t, i18n.language, now]);
}
