import { useState } from 'react';
import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import type { OverseenPlace, OversightSelection, SentSelection } from '#shared/domain/oversight.ts';
import type { FigureSource } from '#shared/domain/reminder-letter.ts';
import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import type { Period } from './period.ts';
import styles from './oversight.module.css';

interface FigureDocumentsProps {
  readonly source: FigureSource;
  readonly period: Period;
}

/** The documents that a figure counts: number, other side and hours, and nothing of their content. */
export function FigureDocuments({ source, period }: FigureDocumentsProps) {
  return source.kind === 'received' ? (
    <Deliveries {...period} agency={source.agency} name={source.name} which={source.which} />
  ) : (
    <SentDocuments {...period} agency={source.agency} name={source.name} which={source.which} />
  );
}

type DeliveriesProps = Period & {
  readonly agency: string | null;
  readonly name: string;
  readonly which: OversightSelection;
};

function Deliveries({ from, to, agency, name, which }: DeliveriesProps) {
  const { t } = useTranslation();
  const pages = usePages<OverseenPlace>();
  const found = useCall('oversight.deliveries', { from, to, agency, which, after: pages.after });
  const rows = found.data?.deliveries ?? [];
  return (
    <Found found={found} isEmpty={rows.length === 0} pages={pages} last={rows.at(-1)} placeOf={placeOf}>
      <Table
        caption={name}
        rows={rows}
        rowKey={({ messageId, recipient }) => `${messageId} ${recipient}`}
        columns={[
          { id: 'code', header: t('oversight.code'), cell: ({ code }) => code, wrap: true },
          agency === null
            ? {
                id: 'recipient',
                header: t('oversight.recipient'),
                cell: ({ recipientName }) => recipientName,
                wrap: true,
              }
            : { id: 'sender', header: t('oversight.sender'), cell: ({ senderName }) => senderName, wrap: true },
          ...(which === 'overdue' ? workColumns(t) : openingColumns(t)),
        ]}
      />
    </Found>
  );
}

type Overseen = CallOutput<'oversight.deliveries'>['deliveries'][number];

function openingColumns(t: TFunction): readonly Column<Overseen>[] {
  return [
    {
      id: 'urgency',
      header: t('oversight.urgency'),
      cell: ({ urgency }) => t(`common.urgency.${urgency}`),
      wrap: true,
    },
    {
      id: 'available',
      header: t('oversight.available'),
      kind: 'time',
      cell: ({ availableAt }) => formatDateTime(availableAt),
      wrap: true,
    },
    {
      id: 'opened',
      header: t('oversight.openedAt'),
      kind: 'time',
      cell: ({ openedAt, fetchedAt }) =>
        openedAt === null
          ? t(fetchedAt === null ? 'oversight.notFetched' : 'oversight.notOpened')
          : formatDateTime(openedAt),
      wrap: true,
    },
  ];
}

/** The deadline in force, and when the work was done. */
function workColumns(t: TFunction): readonly Column<Overseen>[] {
  return [
    {
      id: 'due',
      header: t('oversight.dueAt'),
      kind: 'time',
      cell: ({ dueAt }) => (dueAt === null ? '' : formatDateTime(dueAt)),
      wrap: true,
    },
    {
      id: 'finished',
      header: t('oversight.finishedAt'),
      kind: 'time',
      cell: ({ finishedAt }) => (finishedAt === null ? t('oversight.notFinished') : formatDateTime(finishedAt)),
      wrap: true,
    },
  ];
}

type SentDocumentsProps = Period & {
  readonly agency: string;
  readonly name: string;
  readonly which: SentSelection;
};

/** Recipients named in a row; more are counted. */
const MOST_NAMED = 3;

function SentDocuments({ from, to, agency, name, which }: SentDocumentsProps) {
  const { t } = useTranslation();
  const pages = usePages<{ readonly at: string; readonly key: string }>();
  const found = useCall('oversight.sentDocuments', { from, to, agency, which, after: pages.after });
  const rows = found.data?.documents ?? [];
  return (
    <Found
      found={found}
      isEmpty={rows.length === 0}
      pages={pages}
      last={rows.at(-1)}
      placeOf={({ at, key }) => ({ at, key })}
    >
      <Table
        caption={name}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          {
            id: 'code',
            header: t('oversight.code'),
            cell: ({ code }) => code,
            wrap: true,
            width: '34%',
          },
          {
            id: 'at',
            header: t(which === 'paper-only' ? 'oversight.arrivedOn' : 'oversight.sentAt'),
            kind: 'time',
            cell: ({ at }) => (which === 'paper-only' ? formatInstantDay(at) : formatDateTime(at)),
            width: '24%',
            wrap: true,
          },
          {
            id: 'recipients',
            header: t('oversight.recipient'),
            cell: ({ recipientNames }) =>
              [
                ...recipientNames.slice(0, MOST_NAMED),
                ...(recipientNames.length > MOST_NAMED
                  ? [t('oversight.moreRecipients', { count: recipientNames.length - MOST_NAMED })]
                  : []),
              ].join('; '),
            wrap: true,
          },
        ]}
      />
    </Found>
  );
}

interface Pages<Place> {
  /** Where the page before ended; null on the first. */
  readonly after: Place | null;
  readonly older: (last: Place) => void;
  readonly newer: () => void;
}

function usePages<Place>(): Pages<Place> {
  const [trail, setTrail] = useState<readonly Place[]>([]);
  return {
    after: trail.at(-1) ?? null,
    older: (last) => setTrail((old) => [...old, last]),
    newer: () => setTrail((old) => old.slice(0, -1)),
  };
}

interface FoundProps<Row, Place> {
  readonly found: {
    readonly error: Parameters<typeof ErrorNote>[0]['failure'] | null;
    readonly data: { readonly more: boolean } | undefined;
    readonly refetch: () => Promise<unknown>;
  };
  readonly isEmpty: boolean;
  readonly pages: Pages<Place>;
  readonly last: Row | undefined;
  readonly placeOf: (row: Row) => Place;
  readonly children: ReactNode;
}

/** What is shown of a page of documents while it is asked for, when there are none, and when it cannot be had. */
function Found<Row, Place>({ found, isEmpty, pages, last, placeOf: place, children }: FoundProps<Row, Place>) {
  const { t } = useTranslation();
  if (found.error !== null) return <ErrorNote failure={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <ProgressLine label={t('common.loading')} />;
  return (
    <>
      {isEmpty ? <p className={styles.none}>{t('oversight.none')}</p> : children}
      {pages.after !== null || found.data.more ? (
        <div className={styles.pages}>
          {pages.after === null ? null : <Button onClick={pages.newer}>{t('oversight.newer')}</Button>}
          {found.data.more && last !== undefined ? (
            <Button onClick={() => pages.older(place(last))}>{t('oversight.older')}</Button>
          ) : null}
        </div>
      ) : null}
    </>
  );
}

function placeOf({ availableAt, messageId, recipient }: OverseenPlace): OverseenPlace {
  return { availableAt, messageId, recipient };
}
